"""Shares of a company as they are written: "37%", "12,5 por ciento"."""

import re

SHARE_NUMBER = r"\d{1,3}(?:[.,]\d+)?"
SHARE_SIGN = r"\s?(?:%|per ?cent|por ciento|pour cent)"
SHARE = rf"(?P<share>{SHARE_NUMBER}){SHARE_SIGN}"
ANY_SHARE = rf"{SHARE_NUMBER}{SHARE_SIGN}"
PERCENT = re.compile(SHARE)
HALF = 50  # per cent


def percent_of(number: str) -> float:
    """A written number as per cent: "12,5" is 12.5."""
    return float(number.replace(",", "."))
