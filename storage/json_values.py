"""Frozen dataclasses as JSON text and back, exactly: decimals as digits, times with their zone."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter
from pydantic_core import SchemaValidator
from pydantic_core.core_schema import no_info_after_validator_function

Value = TypeVar("Value")
_AT_UTC = timedelta()


def write_one(value: object) -> str:
    """The JSON text of a dataclass."""
    return _adapter(type(value)).dump_json(value).decode()


def write_many(values: Iterable[object]) -> str:
    """The JSON list of some dataclasses, in their order."""
    return f"[{','.join(map(write_one, values))}]"


def read_one(kind: type[Value], text: str) -> Value:
    """The dataclass of a JSON text that `write_one` made."""
    return cast(Value, _validator(kind).validate_json(text))


def read_many(kind: type[Value], text: str) -> tuple[Value, ...]:
    """The dataclasses of a JSON list that `write_many` made."""
    return cast(tuple[Value, ...], _validator(tuple[kind, ...]).validate_json(text))  # type: ignore[valid-type]


def _adapter(kind: Any) -> TypeAdapter[Any]:  # a class, or a tuple of one
    return _made(kind)


@cache
def _made(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _validator(kind: Any) -> SchemaValidator:
    return _reading(kind)


@cache
def _reading(kind: Any) -> SchemaValidator:
    return SchemaValidator(_in_utc(_made(kind).core_schema))


def _in_utc(schema: Any) -> Any:
    """A schema that gives each time in UTC the one zone that Python has for it.

    pydantic makes a zone for each, and to compare two times of different zones takes ten times as long.
    """
    if isinstance(schema, list):
        return [_in_utc(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    inner: Any = {name: _in_utc(each) for name, each in schema.items()}
    return no_info_after_validator_function(_of_utc, inner) if inner.get("type") == "datetime" else inner


def _of_utc(at: datetime) -> datetime:
    return at.replace(tzinfo=UTC) if at.utcoffset() == _AT_UTC else at
