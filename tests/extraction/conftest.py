"""Language models are slow to load: one set for all tests of extraction."""

import pytest

from bot.extraction.models import Models


@pytest.fixture(scope="session")
def models() -> Models:
    return Models()
