"""The phrases of `phrases.toml`, compiled."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

# Paragraphs longer than this are the article's own, however they begin.
_SHORT = 240
_BARS = re.compile(r"\s*[|·•]\s*")


@dataclass(frozen=True, slots=True)
class Phrases:
    """Patterns for what stands around an article (see the file's own words) and for walls, by name."""

    around: dict[str, re.Pattern[str]]
    walls: dict[str, re.Pattern[str]]

    def is_boilerplate(self, paragraph: str) -> bool:
        """Whether a paragraph belongs to the page and not to the article."""
        line = fold(paragraph)
        if self.around["legal"].match(line):
            return True
        if len(line) > _SHORT * 2:
            return False
        if self.is_called("whole", line) or self.around["cookies"].search(line):
            return True
        if all(self.is_called("whole", part) for part in _BARS.split(line)):
            return True
        starts = self.around["start"].match(line) is not None
        return len(line) <= _SHORT and (starts or self.says("paywall", line))

    def is_called(self, kind: str, text: str) -> bool:
        """Whether a text is, as a whole, what this kind of line around articles says."""
        return self.around[kind].fullmatch(fold(text)) is not None

    def without_asides(self, line: str) -> str:
        """A line without what is put into it for screen readers (", opens new tab")."""
        folded = line.replace("’", "'")  # as long as the line itself
        kept, end = "", 0
        for aside in self.around["aside"].finditer(folded):
            kept, end = kept + line[end : aside.start()], aside.end()
        return kept + line[end:]

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
    around = {kind: _one_of(patterns) for kind, patterns in tables["boilerplate"].items()}
    cookies = re.compile(rf"(?:^|[.!?:]\s)(?:{around['cookies'].pattern})", re.IGNORECASE)
    return Phrases(
        around=around | {"cookies": cookies},
        walls={name: _one_of(patterns) for name, patterns in tables["walls"].items()},
    )


def _one_of(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
