"""Sums of money in news text, as whole currency units.

Choices: a range ("entre 200 y 300 millones", "$2-3 billion") gives no amount, since neither end is what was
said; prices per share, barrel and the like give none; "about", "up to" and "more than" keep the number.
The scan is one pass over tokens, linear in the text.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from bot.extraction import money_words as lexicon
from bot.extraction.mentions import Amount
from bot.extraction.money_lists import Sum, with_units
from bot.extraction.money_numbers import Numbers, split_tokens
from bot.values import Money

_ALONE = 60  # tokens before a bracket "(29,4 millones)" in which money may be spoken of
_FIRST_NAMED = Decimal(1000)  # a "pound" below this is a weight, a "livre" a book


def find_amounts(text: str, *, lang: str) -> tuple[Amount, ...]:
    """Find the sums of money in `text` (lang "es", "en" or "fr"), in its order."""
    if lang not in lexicon.SCALES:
        return ()
    scanner = _Scanner(text, lang)
    return tuple(scanner.amounts())


class _Scanner:
    """The tokens of one text, and what the whole text says about separators and currencies."""

    def __init__(self, text: str, lang: str) -> None:
        self._lang = lang
        self._tokens = split_tokens(text)
        self._numbers = Numbers(self._tokens, lang)
        self._lows = Counter(t.low for t in self._tokens if t.kind in ("word", "symbol"))
        self._hints: dict[tuple[str, ...], str | None] = {}
        # Where each currency is said, for sums that leave it out.
        self._said: list[tuple[int, str]] = []

    def amounts(self) -> list[Amount]:
        """All sums, ranges and unit prices left out, missing currencies taken from near by."""
        scales = {**lexicon.SHORT_SCALES, **lexicon.SCALES[self._lang]}
        sums = with_units(self._sums(), self._tokens, scales, self._lang)
        self._said = [(s.first, self._code(s)) for s in sums if s.currency is not None and self._code(s)]
        found: list[Amount] = []
        for number, item in enumerate(sums):
            before = sums[number - 1] if number else None
            after = sums[number + 1] if number + 1 < len(sums) else None
            if self._is_range(before, item) or self._is_range(item, after) or self._per_unit(item):
                continue
            if item.currency is None and not self._is_money(item):
                continue
            currency = self._code(item) if item.currency is not None else self._near(item)
            start, end = self._tokens[item.first].start, self._tokens[item.last - 1].end
            found.append(Amount(start, end, Money(_whole(item.value), currency or None)))
        return found

    def _sums(self) -> list[Sum]:
        """Numbers with a currency, and scaled numbers without one."""
        sums: list[Sum] = []
        at = 0
        while at < len(self._tokens):
            item = self._sum_at(at)
            if item is None:
                at += 1
                continue
            sums.append(item)
            at = item.last
        return sums

    def _sum_at(self, at: int) -> Sum | None:
        token = self._tokens[at]
        code, start = self._prefix(at)
        if code is None and not self._numbers.starts(token):
            return None
        number = self._numbers.read(start, beside_currency=code is not None)
        if number is None:
            return None
        last, value, scaled = number
        noun, suffix, end = self._suffix(last, value=value, scaled=scaled)
        if suffix is not None and (code is None or suffix):
            return Sum(at, end, value, scaled, suffix, noun)
        if code is not None:
            return Sum(at, last, value, scaled, code, "$" if code == "" else "")
        if value >= 10**6 and scaled:
            return Sum(at, last, value, scaled, None)
        # A bare number matters as the first end of a range, or where another says what it counts.
        return Sum(at, last, value, scaled, None) if token.kind == "number" and self._goes_on(last) else None

    def _low(self, at: int) -> str:
        return self._tokens[at].low if 0 <= at < len(self._tokens) else ""

    def _prefix(self, at: int) -> tuple[str | None, int]:
        """A currency before the number: "$", "US$", "EUR", "USD $", "Rs."."""
        token = self._tokens[at]
        code: str | None = None
        after = at + 1
        if token.kind == "symbol":
            code = lexicon.SYMBOLS.get(token.low, "")
        elif token.text in lexicon.CODES:
            code = token.text
            if self._low(after) == "$":
                after += 1
        elif token.text in lexicon.PREFIXES:
            code = lexicon.PREFIXES[token.text]
            after += self._low(after) == "."
        if code is None or after >= len(self._tokens):
            return None, at
        following = self._tokens[after]
        return (code, after) if self._numbers.starts(following) else (None, at)

    def _suffix(self, at: int, *, value: Decimal, scaled: bool) -> tuple[str, str | None, int]:
        """A currency after the number: (noun, code, end); code None when there is none."""
        joined = lexicon.SCALED_CURRENCIES.get(self._low(at - 1))
        if joined is not None:
            return "", joined, at
        at += self._low(at) == "-"
        probe = at
        if self._low(at) in ("de", "d", "of"):
            probe += 1
            probe += self._low(probe) in ("'", "’")
        if probe >= len(self._tokens):
            return "", None, at
        token = self._tokens[probe]
        if token.kind == "symbol" or token.text in lexicon.CODES or token.text in lexicon.PREFIXES:
            return self._sign(probe) or ("", None, at)
        return self._noun(probe, value=value, scaled=scaled)

    def _sign(self, at: int) -> tuple[str, str, int] | None:
        """A symbol or code after a number ("20 M€", "450 M$ CA"), None when it is the next number's."""
        token, end = self._tokens[at], at + 1
        following = self._tokens[end] if end < len(self._tokens) else None
        if following is not None and following.kind == "number" and following.start == token.end:
            return None
        if token.text in lexicon.CODES:
            return "", token.text, end
        named = lexicon.SYMBOLS.get(f"{self._low(end)}$") if token.low == "$" else None
        if named is not None:
            return "", named, end + 1
        code = lexicon.PREFIXES.get(token.text) or lexicon.SYMBOLS.get(token.low, "")
        return "" if code else "$", code, end

    def _noun(self, at: int, *, value: Decimal, scaled: bool) -> tuple[str, str | None, int]:
        """A noun of money with the adjective that names its country, on either side."""
        lead = at
        while (
            lead - at < 4 and self._low(lead) not in lexicon.CURRENCY_WORDS and self._adjective_before(lead)
        ):
            lead += 1
            lead += self._tokens[lead - 1].low in ("u", "s") and self._low(lead) == "."
        noun = self._low(lead)
        if noun not in lexicon.CURRENCY_WORDS:
            return "", None, at
        code = self._nation(noun, [self._low(k) for k in range(at, lead)])
        end = lead + 1
        probe = end + (self._low(end) == "de")
        if code is None:
            code = self._nation(noun, [self._low(probe)])
            end = probe + 1 if code is not None else end
            end += code == "HKD" and self._low(end) == "kong"
        elif noun in ("livres", "livre") and self._low(end) == "sterling":
            end += 1
        if code is None and value < _FIRST_NAMED and not scaled and noun in _WEIGHTS:
            return "", None, at
        return noun, code if code is not None else lexicon.CURRENCY_WORDS[noun], end

    def _adjective_before(self, at: int) -> bool:
        low = self._low(at)
        return any(low.startswith(adjective) for _, adjective in lexicon.NATIONS) or low in (
            "u",
            "s",
            "new",
            "hong",
        )

    @staticmethod
    def _nation(noun: str, adjectives: Sequence[str]) -> str | None:
        for adjective in adjectives:
            for (stem, beginning), code in lexicon.NATIONS.items():
                if noun.startswith(stem) and adjective.startswith(beginning):
                    return code
        return None

    def _code(self, item: Sum) -> str:
        """The currency of a sum, "$" and "pesos" judged by the document's hints; "" when they are silent."""
        if item.currency or item.currency is None:
            return item.currency or ""
        if item.noun.startswith("peso"):
            return self._hinted(lexicon.PESOS, "")
        if item.noun[:3] in ("cor", "kro", "cou"):
            return self._hinted(lexicon.CROWNS, "")
        if item.noun.startswith(("dirham", "dh")):
            return self._hinted(lexicon.DIRHAMS, "MAD" if self._lang == "fr" else "AED")
        if self._lang == "es" and (self._lows["pesos"] or self._lows["peso"]):
            return self._hinted(lexicon.PESOS, "USD")
        return self._hinted(lexicon.DOLLARS, "USD")

    def _hinted(self, codes: tuple[str, ...], default: str) -> str:
        """The one currency that the document's places and exchanges clearly point at."""
        if codes not in self._hints:
            votes = Counter({code: sum(self._lows[h] for h in lexicon.COUNTRY_HINTS[code]) for code in codes})
            (best, most), (_, second) = votes.most_common(2)
            strong = 3 if codes is lexicon.DOLLARS else 1
            self._hints[codes] = best if most >= strong and most > 2 * second else None
        return self._hints[codes] or default

    def _near(self, item: Sum) -> str | None:
        """The currency said in the same sentence (after, then before), else the only one of the text."""
        at = bisect_left(self._said, (item.first, ""))
        for first, code in [*self._said[at : at + 1], *self._said[max(0, at - 1) : at]]:
            low, high = sorted((first, item.first))
            if not any(self._tokens[k].text in (".", "\n") for k in range(low, min(high, low + 60))):
                return code
        codes = {code for _, code in self._said}
        return codes.pop() if len(codes) == 1 else None

    def _is_money(self, item: Sum) -> bool:
        """Whether "650 millones" without a currency is a sum: money is spoken of, nothing else counted."""
        if not item.scaled:
            return False
        following = self._tokens[item.last] if item.last < len(self._tokens) else None
        if (
            following is not None
            and following.kind not in ("mark", "line")
            and following.low not in lexicon.AFTER_BARE
        ):
            return False
        if following is not None and following.text == "%":
            return False
        cue = False
        alone = self._low(item.first - 1) == "(" and self._low(item.last) == ")"
        for k in range(item.first - 1, max(-1, item.first - (_ALONE if alone else 9)), -1):
            token = self._tokens[k]
            if token.text in (".", "\n"):
                break
            # Not of names: "Acciona" are no "acciones".
            if item.first - k <= 4 and token.text[0].islower() and token.low.startswith(lexicon.NOT_SUMS):
                return False
            cue = cue or token.low.startswith(lexicon.MONEY_CUES)
        return cue or (bool(self._said) and self._low(item.first - 1) in _BEFORE_PRICE)

    def _goes_on(self, at: int) -> bool:
        return self._low(at) in _AFTER_NUMBER

    def _is_range(self, left: Sum | None, right: Sum | None) -> bool:
        """Whether two sums are the ends of a range; a move ("from $2bn to $3bn") keeps both."""
        if left is None or right is None or right.first != left.last + 1:
            return False
        link, lead = self._low(left.last), self._low(left.first - 1)
        if link in ("-", "–", "—"):
            return True
        if link in ("y", "and", "et"):
            return lead in ("entre", "between")
        bare = left.currency is None and not left.scaled
        return link in ("to", "a") and (bare or lead not in ("from", "de", "desde"))

    def _per_unit(self, item: Sum) -> bool:
        """Whether the sum is the price of one share, barrel, hour."""
        at = item.last
        at += self._low(at) == "-"  # "a $30-a-share offer"
        link, unit = self._low(at), self._low(at + 1)
        if link in ("apiece", "each"):
            return not item.scaled  # of "$2 billion each" every one gets as much
        if link in ("la", "el", "cada", "l"):  # "30 euros l'action"
            return (self._low(at + 2) if unit in ("'", "’") else unit) in lexicon.PER_UNITS
        unit = self._low(at + 2) if unit in ("cada", "el", "la", "-") else unit
        return link in ("per", "por", "par", "a", "an", "el", "/") and unit in lexicon.PER_UNITS


_BEFORE_PRICE = frozenset("por for pour y et and".split())  # "5 million euros in X and 3 million in Y"
_AFTER_NUMBER = frozenset(("", "\n", *"- – — to a y and et o or ou , . ;".split()))
_WEIGHTS = frozenset(
    "libra libras pound pounds livre livres real mark marks marco marcos sol soles won".split()
)


def _whole(value: Decimal) -> Decimal:
    """Drop the trailing zeros of a scaled decimal, without an exponent: 1.20E9 -> 1200000000."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
