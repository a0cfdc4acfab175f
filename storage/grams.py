"""Which letters name keys have in a row: by them those are found that are like a mistyped one."""

MOST = 40
"""Of one key: no name of a company is that long, and what people paste may be."""


def grams_of(key: str) -> frozenset[str]:
    """All threes of letters in a row of a name key, its words with a blank on either side: " op", "ope"."""
    padded = (f" {word} " for word in key.split())
    found = (word[place : place + 3] for word in padded for place in range(len(word) - 2))
    return frozenset(gram for _number, gram in zip(range(MOST), found, strict=False))
