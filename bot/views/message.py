"""A rendered message: what a screen reader reads, and the blocks that everybody else sees."""

from dataclasses import dataclass
from typing import Any

Block = dict[str, Any]
View = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """`text` says in words what the blocks show: screen readers and notifications use it alone."""

    text: str
    blocks: tuple[Block, ...]
