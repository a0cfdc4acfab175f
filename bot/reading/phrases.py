"""The phrases of `phrases.toml`, compiled."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

# Paragraphs longer than this are the article's own, however they begin.
_SHORT = 240


@dataclass(frozen=True, slots=True)
class Phrases:
    """Patterns for the lines around an article (`whole`, `start`, `cookies`) and for walls, by name."""

    whole: re.Pattern[str]
    start: re.Pattern[str]
    cookies: re.Pattern[str]
    walls: dict[str, re.Pattern[str]]

    def is_boilerplate(self, paragraph: str) -> bool:
        """Whether a paragraph belongs to the page and not to the article."""
        line = fold(paragraph)
        if len(line) > _SHORT * 2:
            return False
        if self.whole.fullmatch(line) or self.cookies.search(line):
            return True
        return len(line) <= _SHORT and (self.start.match(line) is not None or self.says("paywall", line))

    def says(self, wall: str, text: str) -> bool:
        """Whether a text speaks as this kind of wall does."""
        return self.walls[wall].search(fold(text)) is not None

    def count(self, wall: str, text: str) -> int:
        """How many different things a text says that this kind of wall says."""
        return len({found[0].lower() for found in self.walls[wall].finditer(fold(text))})

    def is_title(self, wall: str, title: str) -> bool:
        """Whether a title is, as a whole, one that this kind of wall bears."""
        return self.walls[wall].fullmatch(fold(title)) is not None


def fold(text: str) -> str:
    """Curly apostrophes straight, spaces single."""
    return " ".join(text.replace("’", "'").split())


@cache
def load_phrases() -> Phrases:
    """Read and compile the file that lies beside this module, once a process."""
    tables = tomllib.loads(files("bot.reading").joinpath("phrases.toml").read_text("utf-8"))
    lines, walls = tables["boilerplate"], tables["walls"]
    return Phrases(
        whole=_one_of(lines["whole"]),
        start=_one_of(lines["start"]),
        cookies=re.compile(rf"(?:^|[.!?:]\s)(?:{_one_of(lines['cookies']).pattern})", re.IGNORECASE),
        walls={name: _one_of(patterns) for name, patterns in walls.items()},
    )


def _one_of(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
