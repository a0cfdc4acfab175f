"""The ids of everything that can be pressed or submitted, and the state that a button carries."""

import json
from dataclasses import dataclass
from enum import StrEnum

from bot.errors import UserError
from bot.locale import N_, _

_STALE = N_("That button is out of date. Run the command again.")


class Action(StrEnum):
    """Action ids. A message may hold several of one action: then `:1`, `:2` ... follow the id."""

    PAGE = "page"  # value: State; replaces the message in place
    RUN = "run"  # value: State; runs a corrected or suggested command in place
    ASK = "ask"  # value: State; answers below, and the message with the button stays
    SHARE = "share"  # value: State; posts the answer to the channel
    PASTE_TEXT = "paste_text"  # value: Target; opens the modal for an article's text
    RETRY = "retry_reading"  # value: Target; reads the page again
    HOME_TIER = "home_tier"  # the same on App Home, which is drawn again
    HOME_DIGEST = "home_digest"  # value: a channel; on App Home: opens the modal of its digest
    HOME_UNDO = "home_undo"  # value: a batch of corrections; on App Home: takes it back
    HOME_FOLLOW = "home_follow"  # on App Home: opens the modal that asks whom to follow
    HELD = "held"  # on App Home: opens the modal that says what is held of a person
    WATCH_TIER = "watch_tier"  # a select whose option's value is a WatchChoice; redraws the list in place
    DIGEST_SETTINGS = "digest_settings"  # value: a channel, "" for the one it is in; opens the modal
    DIGEST_PREVIEW = "digest_preview"  # in that modal: shows the digest over it
    FEEDBACK = "feedback"  # value: Opinion; counts it, and thanks the person alone
    FACT = "fact"  # a menu of what to do about a fact: `bot.views.correction_actions`
    CORRECT = "correct"  # value: facts; shows them with their menus
    COMPANY = "company_menu"  # a menu of what to do about a company
    UNDO = "undo"  # value: Undoing; takes a correction back
    HISTORY = "history"  # value: a fact, a company or nothing; shows who corrected it


class Callback(StrEnum):
    """Callback ids of modals."""

    PASTE_TEXT = "paste_text"
    FORGET_ME = "forget_me"
    DIGEST_SETTINGS = "digest_settings"
    FOLLOW = "follow"
    EDIT_FACT = "edit_fact"
    RENAME_COMPANY = "rename_company"
    MERGE_COMPANY = "merge_company"
    SPLIT_COMPANY = "split_company"


@dataclass(frozen=True, slots=True)
class State:
    """An answer that can be made again: the command, its text and the page, from 0."""

    command: str
    text: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class Target:
    """What a pasted text belongs to: the article that could not be read and where it was posted."""

    article_id: str
    channel_id: str
    message_ts: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """Whether a digest, by its period's key, was useful, or the line of a change ("" for all of it)."""

    period_key: str
    change_id: str
    useful: bool


def write_opinion(opinion: Opinion) -> str:
    """The opinion as a button's value."""
    useful = int(opinion.useful)
    return json.dumps([opinion.period_key, opinion.change_id, useful], separators=(",", ":"))


def read_opinion(value: str) -> Opinion:
    """The opinion that a button carries; raises UserError when it can't be read."""
    match _load(value):
        case [str(period_key), str(change_id), 0 | 1 as useful]:
            return Opinion(period_key, change_id, bool(useful))
    raise UserError(_(_STALE), code="stale_button")


@dataclass(frozen=True, slots=True)
class WatchChoice:
    """What to do about something followed: a tier, or STOP; and the page of the list it stands on."""

    watch_id: str
    tier: str
    page: int


STOP = "stop"


def write_watch_choice(choice: WatchChoice) -> str:
    """The choice as an option's value."""
    return json.dumps([choice.watch_id, choice.tier, choice.page], separators=(",", ":"))


def read_watch_choice(value: str) -> WatchChoice:
    """The choice that an option carries; raises UserError when it can't be read."""
    match _load(value):
        case [str(watch_id), str(tier), int(page)] if page >= 0:
            return WatchChoice(watch_id, tier, page)
    raise UserError(_(_STALE), code="stale_button")


def write_state(state: State) -> str:
    """The state as a button's value."""
    return json.dumps([state.command, state.text, state.page], ensure_ascii=False, separators=(",", ":"))


def read_state(value: str) -> State:
    """The state that a button carries; raises UserError when it can't be read."""
    match _load(value):
        case [str(command), str(text), int(page)] if page >= 0:
            return State(command, text, page)
    raise UserError(_(_STALE), code="stale_button")


def write_target(target: Target) -> str:
    """The target as a button's value or a modal's private_metadata."""
    return json.dumps([target.article_id, target.channel_id, target.message_ts], separators=(",", ":"))


def read_target(value: str) -> Target:
    """The target that a button or a modal carries; raises UserError when it can't be read."""
    match _load(value):
        case [str(article_id), str(channel_id), str(message_ts)]:
            return Target(article_id, channel_id, message_ts)
    raise UserError(_(_STALE), code="stale_button")


def _load(value: str) -> object:
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return None
