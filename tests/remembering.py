"""What the reader says of a text, read once in a run of the tests, for those that are not about reading.

Pages are fetched, cleaned in a child process and stored as at work. The first test that brings a text has it
read there, by the reader itself; whoever brings the same text later, in whichever process and on whichever
database, has what it said. Loading the reader takes each process seconds, and reading a text tenths of one.
"""

import os
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest

from bot.services import reader
from bot.services.reader import Patience
from bot.values import Extraction, Page
from storage.json_values import read_one, write_one


def remember_readings(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Let the child processes that read for this one keep their readings there."""
    patch.setattr(reader, "_read", partial(_read, folder))
    patch.setattr(reader, "_extract", partial(extract, folder))


# These run in a child, where the reader's own functions are in their places.
def _read(
    folder: Path, patience: Patience, body: bytes, content_type: str, url: str
) -> tuple[Page, Extraction]:
    page = reader._parse(patience, body, content_type, url, None)
    return page, extract(folder, patience, page)


def extract(folder: Path, patience: Patience, page: Page) -> Extraction:
    """What a text says, from the folder if it was read before."""
    kept = folder / _key(page)
    try:
        return read_one(Extraction, kept.read_text())
    except FileNotFoundError:
        found = reader._extract(patience, page)
    making = kept.with_suffix(f".{os.getpid()}")
    making.write_text(write_one(found))
    making.replace(kept)  # at once, as other processes look
    return found


def _key(page: Page) -> str:
    """Of all that the reader is given."""
    given = (page.text, page.title, page.published, page.lang)
    return sha256(repr(given).encode()).hexdigest()
