"""Numbers in news text: digits with any separators, words, scales ("2 mil 500 millones", "$1.2bn")."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.extraction import money_words as lexicon
from bot.extraction.company_words import fold

_BLANK = "\u00a0\u202f\u2009 "
_TOKEN = re.compile(
    r"(?P<symbol>(?<![A-Za-z])(?:[Uu]\$[SsDd]|\$US?|S/\.?(?=\s?\d))(?![A-Za-z])"
    r"|(?<![A-Za-z])(?:US|U\.S\.|AU|AR|A|CA|Cdn|COL|C|NZ|HK|S|RD|R|MX|Mex|NT)?\$|CN¥|[€£¥₹₩₪₽₺₫฿]"
    r"|(?:(?<=[\d\s][MGKk])|(?<=[\d\s]MM)|(?<=[\d\s]Md)|(?<=[\d\s]Mds)|(?<=[\d\s]Mrd))\$)"
    rf"|(?P<number>\d{{1,3}}(?:[{_BLANK}]\d{{3}}(?![\d.,]*\d{{4}})){{1,4}}(?:[.,]\d{{1,3}})?(?!\d)"
    r"|\d{1,3}(?:(?:,\d{3}){2,5}(?:\.\d{1,3})?|(?:\.\d{3}){2,5}(?:,\d{1,3})?)(?!\d)"
    r"|\d{1,3},\d{3}\.\d{1,2}(?!\d)|\d{1,3}\.\d{3},\d{1,2}(?!\d)"
    r"|\d{1,3}['’]\d{3}(?:['’]\d{3}){0,3}(?!\d)|\d{1,15}(?:[.,]\d{1,6})?(?!\d))"
    r"|(?P<word>[^\W\d_]{1,40})|(?P<mark>[^\s\w])|(?P<line>\n)|\S"
)
_MAX_PARTS = 9  # words in one number: "two hundred and fifty million"
_ARTICLES = frozenset("a an un una une".split())
_HALF_LINKS = _ARTICLES | {"-"}


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number, symbol or mark; `kind` is "word", "number", "symbol", "mark", "line" or "other"."""

    text: str
    low: str
    start: int
    end: int
    kind: str


def split_tokens(text: str) -> list[Token]:
    """Cut a text into tokens in one pass."""
    return [
        Token(m.group(), fold(m.group()), m.start(), m.end(), m.lastgroup or "other")
        for m in _TOKEN.finditer(text)
    ]


class Numbers:
    """Reads the numbers of one text; how it writes thousands is voted on by all of them."""

    def __init__(self, tokens: Sequence[Token], lang: str) -> None:
        self._tokens = tokens
        self._lang = lang
        self._scales = lexicon.SCALES[lang]
        self._numbers = lexicon.NUMBERS[lang]
        self._point, self._comma = _separators([t.text for t in tokens if t.kind == "number"])
        mexican = lexicon.COUNTRY_HINTS["MXN"]
        self._mexican = any(t.low in mexican for t in tokens)

    def starts(self, token: Token) -> bool:
        """Whether a number can start with this token."""
        if token.kind == "number" or token.low in self._numbers or token.low in lexicon.HALVES:
            return True
        return token.low in ("mil", "mille", "millon", "million") and token.low in self._scales

    def _low(self, at: int) -> str:
        return self._tokens[at].low if 0 <= at < len(self._tokens) else ""

    def read(self, at: int, *, beside_currency: bool) -> tuple[int, Decimal, bool] | None:
        """Read "2 mil 500 millones", "two hundred million", "medio millón": (end, value, scaled)."""
        total, group = Decimal(0), Decimal(0)
        begun = scaled = False
        end = at + (self._low(at) in _ARTICLES and self._low(at + 1) in lexicon.HALVES)
        for _ in range(_MAX_PARTS):
            half = self._and_a_half(end) if begun and not scaled else None
            if half is not None and self._low(half) in self._scales:  # "two and a half billion"
                group, end = group + Decimal("0.5"), half
            scale = self._scale(end, after_number=begun, beside_currency=beside_currency)
            if scale is not None and (begun or scale == 1000 or self._and_a_half(end + 1)):
                total, group = _scaled(total, group, scale)
                scaled = True
            else:
                digits = self._part(end, begun=begun, after_thousands=scaled and group % 1000 == 0)
                if digits is None:
                    break
                group = _joined(group, digits)
                end += self._low(end) in lexicon.HALVES and self._low(end + 1) in _HALF_LINKS
            begun = True
            end += 1
            if self._goes_on(end):
                end += 1
        if not begun:
            return None
        half = self._and_a_half(end)
        if half and scaled and total:
            scale = self._scale(end - 1, after_number=True, beside_currency=True) or Decimal(0)
            total, end = total + scale / 2, half
        return end, total + group, scaled

    def _part(self, at: int, *, begun: bool, after_thousands: bool) -> Decimal | None:
        """The value of one digit or number word, None when it is neither."""
        if at >= len(self._tokens):
            return None
        token = self._tokens[at]
        if token.kind == "number":
            if begun and not after_thousands:
                return None
            scale = self._scale(at + 1, after_number=True, beside_currency=True)
            return self._value(token.text, scaled=scale is not None and scale >= 1000)
        if token.low in self._numbers and not (begun and token.low in _ARTICLES):
            return Decimal(self._numbers[token.low])
        if token.low in lexicon.HALVES and not begun and self._half_ahead(at):
            return Decimal("0.5")
        return None

    def _scale(self, at: int, *, after_number: bool, beside_currency: bool) -> Decimal | None:
        if at >= len(self._tokens):
            return None
        token = self._tokens[at]
        if token.low in self._scales:
            return self._scales[token.low]
        if not after_number or token.low not in lexicon.SHORT_SCALES:
            return None
        glued = self._tokens[at - 1].end == token.start
        if (beside_currency and (glued or len(token.low) > 1)) or self._currency_at(at + 1, glued=glued):
            return lexicon.SHORT_SCALES[token.low]
        return None

    def _currency_at(self, at: int, *, glued: bool) -> bool:
        """Whether money is named here: "20M€", "5m EUR", "5m Australian dollars"."""
        if at >= len(self._tokens):
            return False
        token = self._tokens[at]
        if token.kind == "symbol" or token.text in lexicon.CODES:
            return True
        named = any(self._low(k) in lexicon.CURRENCY_WORDS for k in (at, at + 1, at + 2))
        return named and (glued or self._tokens[at - 1].text in ("M", "MM", "G"))

    def _half_ahead(self, at: int) -> bool:
        ahead = at + 1 + (self._low(at + 1) in _HALF_LINKS)
        return self._low(ahead) in self._scales

    def _goes_on(self, at: int) -> bool:
        """Whether a link stands inside one number: "hundred and fifty", "treinta y cinco", "2-billion"."""
        link, ahead, behind = self._low(at), self._low(at + 1), self._low(at - 1)
        if link == "-":
            return ahead in self._scales or (ahead in self._numbers and behind in self._numbers)
        if ahead not in self._numbers or ahead in _ARTICLES:
            return False
        if link == "and":
            return behind == "hundred"
        return link in ("y", "et") and behind in self._numbers and self._numbers[ahead] < 10

    def _and_a_half(self, at: int) -> int | None:
        words = (self._low(at), self._low(at + 1), self._low(at + 2))
        if words[0] in ("y", "et") and words[1] in lexicon.HALVES:
            return at + 2
        return at + 3 if words == ("and", "a", "half") else None

    def _value(self, number: str, *, scaled: bool) -> Decimal:
        """Read digits; a lone separator with three digits after it is judged by the text's other numbers."""
        bare = re.sub(rf"[{_BLANK}'’]", "", number)
        points, commas = bare.count("."), bare.count(",")
        if points + commas == 1 and len(bare) - max(bare.find("."), bare.find(",")) - 1 == 3:
            mark = "." if points else ","
            thousands = not scaled or bare.endswith("000") or self._is_thousands(mark)
            if bare.startswith("0"):
                thousands = False
            return Decimal(bare.replace(mark, "" if thousands else "."))
        if points and commas:
            decimal = max(".", ",", key=bare.rfind)
            return Decimal(bare.replace("," if decimal == "." else ".", "").replace(",", "."))
        if points > 1 or commas > 1:
            return Decimal(bare.replace(".", "").replace(",", ""))
        return Decimal(bare.replace(",", "."))

    def _is_thousands(self, mark: str) -> bool:
        """The vote of the text's clear numbers, else the language's habit (Mexico writes like English)."""
        votes = self._point if mark == "." else self._comma
        if votes:
            return votes > 0
        other = self._comma if mark == "." else self._point
        if other:
            return other < 0
        if self._lang == "en":
            return mark == ","
        return mark == "." or (self._lang == "es" and self._mexican)


def _separators(numbers: Sequence[str]) -> tuple[int, int]:
    """Votes for point and comma: above zero a mark of thousands, below a decimal mark."""
    votes = {".": 0, ",": 0}
    for number in numbers:
        for mark in votes:
            parts = number.split(mark)
            if len(parts) > 2 or (
                len(parts) == 2 and any(c in parts[1] for c in ".,") and len(parts[0]) <= 3
            ):
                votes[mark] += 1
            elif len(parts) == 2 and len(parts[1]) != 3 and parts[1].isdigit():
                votes[mark] -= 1
    return votes["."], votes[","]


def _joined(group: Decimal, part: Decimal) -> Decimal:
    """Add a part to the number before it, which French multiplies: "quatre-vingt", "trois cent"."""
    if part == 20 and group % 100 == 4:
        return group + 76
    if part == 100 and 2 <= group % 1000 <= 9:
        return group + 99 * (group % 1000)
    return group + part


def _scaled(total: Decimal, group: Decimal, scale: Decimal) -> tuple[Decimal, Decimal]:
    """Apply a scale word: small ones to the group that is being read, great ones close it."""
    if scale in (100, 1000):
        return total, max(group, Decimal(1)) * scale
    if scale == 10**5:  # lakh: "2 lakh crore"
        return total, group * scale
    return total + (group or 1) * scale, Decimal(0)
