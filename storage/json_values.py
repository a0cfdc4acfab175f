"""Frozen dataclasses as JSON text and back, exactly: decimals as digits, times with their zone."""

from collections.abc import Iterable
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter

Value = TypeVar("Value")


def write_one(value: object) -> str:
    """The JSON text of a dataclass."""
    return _adapter(type(value)).dump_json(value).decode()


def write_many(values: Iterable[object]) -> str:
    """The JSON list of some dataclasses, in their order."""
    return f"[{','.join(map(write_one, values))}]"


def read_one(kind: type[Value], text: str) -> Value:
    """The dataclass of a JSON text that `write_one` made."""
    return cast(Value, _adapter(kind).validate_json(text))


def read_many(kind: type[Value], text: str) -> tuple[Value, ...]:
    """The dataclasses of a JSON list that `write_many` made."""
    return cast(tuple[Value, ...], _adapter(tuple[kind, ...]).validate_json(text))  # type: ignore[valid-type]


def _adapter(kind: Any) -> TypeAdapter[Any]:  # a class, or a tuple of one
    return _made(kind)


@cache
def _made(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
