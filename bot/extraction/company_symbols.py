"""The symbols that shares are traded under: they stand beside a company's name and are no names."""

import re

from bot.extraction.encoder.tokens import CharSpan

EXCHANGES = "NASDAQ|NYSE|ASX|LSE|LON|AMEX|BMV|BME|TSX|TSE|HKEX|SEHK|XETRA|EPA|BIT|FTSE|MTA"
# The ending says where a share is traded, as the agencies write it: "TEF.MC", "PETR4.SA".
_ENDINGS = (
    "MX|MC|AE|AS|PA|L|N|O|OQ|DE|F|MI|BR|LS|SW|VX|HK|T|TO|V|AX|NZ|SS|SZ|KS|TW|SA|BA|SN|BO|NS|BK|SI|ST|HE|CO|OL|VI|"
    "WA|LN|GR|FP|SM"
)
_SYMBOL = re.compile(rf"\b[A-Z][A-Z0-9]{{1,8}}\.(?:{_ENDINGS})\b(?![.'’])")
_BRACKET = re.compile(
    rf"\([^()\n]{{0,40}}\b(?:{EXCHANGES})\b[^()\n:]{{0,12}}:\s*([A-Z0-9][\w.:/,;\s]{{0,60}})\)", re.IGNORECASE
)


def symbols_of(text: str, offset: int) -> list[CharSpan]:
    """Where symbols stand in a text that starts at `offset`: "TEF.MC", what follows "(NASDAQ:"."""
    found = [m.span() for m in _SYMBOL.finditer(text)]
    found += [m.span(1) for m in _BRACKET.finditer(text)]
    return [(start + offset, end + offset) for start, end in found]
