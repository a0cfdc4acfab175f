"""What the menus and buttons of corrections carry: which fact or company, what to do, and what to redraw."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.errors import UserError
from bot.locale import N_, _
from bot.views.actions import State, read_state, write_state

MAX_BLOCK_ID = 255
_STALE = N_("That button is out of date. Run the command again.")


class FactVerb(StrEnum):
    """What one can do about a fact."""

    RIGHT = "right"
    WRONG = "wrong"
    EDIT = "edit"
    HISTORY = "history"


class CompanyVerb(StrEnum):
    """What one can do about a company."""

    RENAME = "rename"
    MERGE = "merge"
    SPLIT = "split"
    HIDE = "hide"
    HISTORY = "history"


@dataclass(frozen=True, slots=True)
class Redraw:
    """What stands where a menu was used, and can be made again: an answer, or the reply to a posting."""

    state: State | None = None
    posting_id: str | None = None


NOTHING = Redraw()


@dataclass(frozen=True, slots=True)
class Undoing:
    """A batch to take back; `about` is whose history it stands in, None outside of one."""

    batch_id: str
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """What a form remembers: what it is about, where it was opened, and what it was filled with.

    `answer_to` is the address to which the confirmation goes; `alone` tells that only the person who opened
    the form sees the message on which they did.
    """

    about: str
    channel_id: str
    answer_to: str
    redraw: Redraw = NOTHING
    alone: bool = True
    filled: tuple[str, ...] = ()


def write_fact_choice(verb: FactVerb, ref: object) -> str:
    """An option of a fact's menu."""
    return f"{verb} {ref}"


def read_fact_choice(value: str) -> tuple[FactVerb, str]:
    """What was chosen, of which fact; raises UserError when it can't be read."""
    verb, _space, ref = value.partition(" ")
    known = next((each for each in FactVerb if each == verb), None)
    if known is None or not ref:
        raise UserError(_(_STALE), code="stale_button")
    return known, ref


def write_company_choice(verb: CompanyVerb, company_id: str) -> str:
    """An option of a company's menu."""
    return f"{verb} {company_id}"


def read_company_choice(value: str) -> tuple[CompanyVerb, str]:
    """What was chosen, of which company; raises UserError when it can't be read."""
    verb, _space, company_id = value.partition(" ")
    known = next((each for each in CompanyVerb if each == verb), None)
    if known is None or not company_id:
        raise UserError(_(_STALE), code="stale_button")
    return known, company_id


def write_redraw(redraw: Redraw, index: int) -> str | None:
    """A block's id that tells what to redraw; None where it tells nothing, or is too long."""
    if redraw == NOTHING:
        return None
    written = f"{index}~{_redraw(redraw)}"
    return written if len(written) <= MAX_BLOCK_ID else None


def read_redraw(block_id: str) -> Redraw:
    """What to redraw after a menu of the block was used; nothing where it does not tell."""
    return _read_redraw(block_id.partition("~")[2])


def write_undoing(undoing: Undoing) -> str:
    """The value of an Undo button."""
    return json.dumps([undoing.batch_id, undoing.about], separators=(",", ":"))


def read_undoing(value: str) -> Undoing:
    """What an Undo button takes back; raises UserError when it can't be read."""
    match _load(value):
        case [str(batch_id), (str() | None) as about]:
            return Undoing(batch_id, about)
    raise UserError(_(_STALE), code="stale_button")


def write_opened(opened: Opened) -> str:
    """A form's private_metadata."""
    where = [opened.channel_id, opened.answer_to, _redraw(opened.redraw), opened.alone]
    parts = [opened.about, *where, opened.filled]
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def read_opened(value: str) -> Opened:
    """What a form remembers; raises UserError when it can't be read."""
    match _load(value):
        case [str(about), str(channel_id), str(answer_to), str(redraw), bool(alone), [*filled]]:
            return Opened(about, channel_id, answer_to, _read_redraw(redraw), alone, _texts(filled))
    raise UserError(_(_STALE), code="stale_button")


def _texts(values: Sequence[object]) -> tuple[str, ...]:
    return tuple(map(str, values))


def _redraw(redraw: Redraw) -> str:
    if redraw.state is not None:
        return f"s{write_state(redraw.state)}"
    return f"p{redraw.posting_id}" if redraw.posting_id else ""


def _read_redraw(text: str) -> Redraw:
    if text.startswith("p"):
        return Redraw(posting_id=text[1:])
    try:
        return Redraw(state=read_state(text[1:])) if text.startswith("s") else NOTHING
    except UserError:
        return NOTHING


def _load(value: str) -> object:
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return None
