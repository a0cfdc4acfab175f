"""Which reader reads: a setting."""

from enum import StrEnum


class ReaderMode(StrEnum):
    """Who reads."""

    BUILTIN = "builtin"
    LLM = "llm"  # the endpoint; the built-in reader where it fails
    COMPARE = "compare"  # both, the built-in result is kept and the difference logged
