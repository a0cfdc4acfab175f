"""Language models are slow to load: one set for all tests of extraction, which is the reader's."""

import pytest

from bot.extraction.models import Models
from bot.extraction.pipeline import Reader


@pytest.fixture(scope="session")
def models(reader: Reader) -> Models:
    return reader._models
