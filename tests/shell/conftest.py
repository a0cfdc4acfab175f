"""Commands that read, in a process of their own for each text: what one has read, the next need not."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.remembering import remember_readings


@pytest.fixture(scope="package", autouse=True)
def remembered(readings_folder: Path) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        remember_readings(patch, readings_folder)
        yield
