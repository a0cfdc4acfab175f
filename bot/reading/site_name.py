"""A paper's name, where only the title of its page says it."""

import re
import unicodedata

from bot.reading.clean import clean_line

_SEPARATORS = re.compile(r"\s+[|–—·•»-]\s+|\s*\|\s*")


def site_in_title(page_title: str, site: str) -> str | None:
    """The name behind a page's title, where the site's domain bears it: "... - El Eco" at eleco.example."""
    _title, *behind = _SEPARATORS.split(clean_line(page_title))
    name = behind[-1] if behind else ""
    letters = "".join(filter(str.isalnum, unicodedata.normalize("NFKD", name).casefold()))
    return name if letters and letters in (site.partition(".")[0], site.replace(".", "")) else None
