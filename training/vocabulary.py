"""The encoder's vocabulary, cut down to Latin script: which pieces are kept, and the tokenizer's file."""

import re
from collections.abc import Iterable
from pathlib import Path

from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers

from training.base import Base

COMMON = 60_000  # of the base's 250,000 pieces, by frequency in a hundred languages
_LATIN = re.compile(r"[\x20-\u024F▁–—‘’“”…€£¥]+")
SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")


def kept_pieces(base: Base, texts: Iterable[str]) -> list[int]:
    """Ids of the base's pieces to keep: the common Latin ones, and every one that `texts` use."""
    whole = _tokenizer([(p, s) for p, s in base.pieces])
    used = {i for text in texts for i in whole.encode(text, add_special_tokens=False).ids}
    common = {i for i, (p, _) in enumerate(base.pieces[:COMMON]) if _LATIN.fullmatch(p)}
    return [0, 1, 2, 3, *sorted(i for i in common | used if i > 3)]


def write_vocabulary(base: Base, kept: list[int], path: Path) -> None:
    """Write the tokenizer of the kept pieces."""
    _tokenizer([base.pieces[i] for i in kept]).save(str(path), pretty=False)


def _tokenizer(pieces: list[tuple[str, float]]) -> Tokenizer:
    made = Tokenizer(models.Unigram(pieces, unk_id=3, byte_fallback=False))
    made.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace("\n", " ")])
    made.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    made.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    return made
