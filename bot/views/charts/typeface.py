"""The letters that pictures are written in, and which texts they can write.

DejaVu Sans comes with matplotlib. Chinese, Japanese and Korean need a font of the machine's, where it has
one; a name that can't be written shows as another name of the company, else as a number that the message
beside the picture explains.
"""

import unicodedata
from collections.abc import Sequence
from functools import cached_property

from matplotlib import font_manager
from matplotlib.font_manager import FontProperties

from bot.values import Company
from bot.views.text import clean, plain_name

_LETTERS = "DejaVu Sans"
# Common names of fonts with East Asian letters, the likeliest first.
_FURTHER = (
    "Noto Sans CJK JP",
    "Noto Sans CJK SC",
    "Noto Sans JP",
    "Noto Sans SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
    "Hiragino Sans",
    "Microsoft YaHei",
    "Arial Unicode MS",
)


_NUMBER = "№ "


class Typeface:
    """The fonts that are there."""

    def __init__(self) -> None:
        installed = {font.name for font in font_manager.fontManager.ttflist}
        self.families = [_LETTERS, *(name for name in _FURTHER if name in installed)]

    def font(self, size: float, *, bold: bool) -> FontProperties:
        """The font in a size in points."""
        return FontProperties(family=self.families, size=size, weight="bold" if bold else "normal")

    def writable(self, text: str) -> str:
        """The text as one clean line of what can be written; "" when less than most of it can be."""
        composed = unicodedata.normalize("NFC", clean(text))
        kept = " ".join("".join(char for char in composed if ord(char) in self._covered).split())
        return kept if 2 * _letters(kept) >= _letters(composed) else ""

    def name(self, company: Company, number: int) -> str:
        """The first of a company's names that can be written, else its number in the picture."""
        return next(filter(None, map(self.writable, (company.name, *company.aliases))), f"{_NUMBER}{number}")

    def spoken(self, company: Company, number: int, limit: int = 40) -> str:
        """A company's own name for the words beside a picture, with what stands in the picture for it."""
        own, shown = plain_name(company.name, limit), self.name(company, number)
        same = shown == self.writable(company.name)
        return own if same else f"{own} ({plain_name(shown, limit)})"

    def numbered(self, companies: Sequence[Company]) -> list[tuple[str, Company]]:
        """Those companies whose names can't be written, with the number that stands for each."""
        shown = ((self.name(company, number), company) for number, company in enumerate(companies, 1))
        return [(said, company) for said, company in shown if said.startswith(_NUMBER)]

    @cached_property
    def _covered(self) -> frozenset[int]:
        return frozenset().union(*(_letters_of(family) for family in self.families))


def _letters_of(family: str) -> frozenset[int]:
    """The code points that a family has both plain and bold."""
    faces = [FontProperties(family=family, weight=weight) for weight in ("normal", "bold")]
    plain, bold = (font_manager.get_font(font_manager.findfont(face)).get_charmap() for face in faces)
    return frozenset(plain.keys() & bold.keys())


def _letters(text: str) -> int:
    return sum(1 for char in text if char.isalnum())
