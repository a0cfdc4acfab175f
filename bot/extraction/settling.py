"""What kind of tie a match is: the size of a stake and the topic of an agreement decide."""

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.extraction.arguments import Filler
from bot.extraction.frames import Frame
from bot.extraction.masking import Slot
from bot.extraction.modality import Stand
from bot.extraction.shares import HALF, PERCENT, percent_of
from bot.extraction.syntax import Parse
from bot.extraction.triggers import Trigger
from bot.values import Status, TieKind

if TYPE_CHECKING:
    from spacy.tokens import Token

UNIT = 0.8  # for an unnamed unit, for which its owner stands
TOPIC = 1.05  # for an agreement whose topic is told
NO_TOPIC = 0.9
# What an agreement may be about that another frame tells better.
_NAMED_DEALS = frozenset(
    "buy take bid sell merge invest stake license license_deal loan lend partner venture".split()
)
_PAID = re.compile(r"millones|million|billion|milliard|bn\b|\bM€")
_NEAR = 8  # tokens
_SHARE_AFTER = 32  # characters
_OF_SHARE = re.compile(r"\w+ (?:de|of|d['’]) ?(?:un |una |une |an? |el |l['’])?\d")


@dataclass(frozen=True, slots=True)
class Match:
    """One trigger with one company on each side; `weight` is for how they were reached."""

    trigger: Trigger
    source: Filler
    target: Filler
    weight: float
    stand: Stand


@dataclass(frozen=True, slots=True)
class Settled:
    """The tie that a match comes to, and what its confidence is multiplied with."""

    kind: TieKind
    source: str
    target: str
    factor: float = 1.0


def settle(parse: Parse, match: Match) -> Settled | None:
    """The tie of a match, None when it tells none."""
    frame = match.trigger.frame
    source, target = match.source.company, match.target.company
    if frame.id == "agreement":
        return _settle_agreement(parse, match)
    if frame.id == "own" and _holds_too(parse, match.target.slot):
        return None
    if frame.id == "belong" and _is_small(parse, match):
        return Settled(TieKind.INVESTMENT, source, target)
    if not frame.stake:
        return Settled(frame.kind, source, target)
    token = match.trigger.token
    kind = stake_kind(frame, _with_share(parse, match))
    if frame.id == "stake" and _is_traded(parse, token):
        return None  # the buyer's frame speaks of it
    had = match.stand.status not in (Status.ANNOUNCED, Status.RUMORED) and _is_held(parse, token)
    if frame.id == "stake" and kind is TieKind.ACQUISITION and had:
        kind = TieKind.OWNERSHIP
    return Settled(kind, source, target, UNIT if "unit" in match.target.passed else 1.0)


def stake_kind(frame: Frame, target: Filler) -> TieKind:
    """Half or more is a purchase or ownership, less an investment, and so is a stake of unknown size."""
    whole = TieKind.OWNERSHIP if frame.id == "own" else TieKind.ACQUISITION
    if target.percent is not None:
        return whole if target.percent >= HALF else TieKind.INVESTMENT
    if "minor" in target.passed:
        return TieKind.INVESTMENT
    if "major" in target.passed:
        return whole
    return TieKind.INVESTMENT if "stake" in target.passed or frame.id == "stake" else whole


def _with_share(parse: Parse, match: Match) -> Filler:
    """ "Y, de la que X posee un 30%": the share stands apart from the company."""
    after = _behind(parse, match)
    share = PERCENT.search(after) or _bare_share(parse, match, after)
    if match.trigger.frame.id == "buy" and match.trigger.noun and share is not None:
        apart = _OF_SHARE.match(after) is not None  # "entra en Y con la compra de un 9,9%"
    else:
        apart = match.trigger.frame.id == "own"
    if not apart or match.target.percent is not None or share is None:
        return match.target
    return replace(match.target, percent=percent_of(share.group(1)))


def _holds_too(parse: Parse, slot: Slot) -> bool:
    """ "Y, of which X holds 40% and Z the 25": Z holds, and is not held."""
    cue = parse.lexicon.cues.get("further_share")
    return cue is not None and cue.match(parse.masked.text, slot.end) is not None


def _bare_share(parse: Parse, match: Match, after: str) -> re.Match[str] | None:
    """ "Y, de la que X posee un 17": a number alone, where shares of others were told before."""
    bare = parse.lexicon.cues.get("bare_share")
    return bare.search(after) if bare is not None and match.trigger.frame.id == "own" else None


def _is_small(parse: Parse, match: Match) -> bool:
    """ "Y belongs to X as to 24%": less than half."""
    share = PERCENT.search(_behind(parse, match))
    return share is not None and percent_of(share.group(1)) < HALF


def _behind(parse: Parse, match: Match) -> str:
    """The words right behind a trigger."""
    return parse.masked.text[match.trigger.token.idx :][:_SHARE_AFTER]


def _is_traded(parse: Parse, token: "Token") -> bool:
    """Whether a stake is what is sold, or the object of a purchase told by a noun."""
    for governor in parse.governors(token)[:3]:
        verb = parse.is_verb(governor.token)
        names = parse.lexicon.frames_of(governor.token.lower_, "verb" if verb else "noun")
        if "sell" in names or ("buy" in names and not verb):
            return True
    return False


def _is_held(parse: Parse, token: "Token") -> bool:
    """Whether a stake is had rather than taken."""
    verbs = [g.token.lower_ for g in parse.governors(token) if g.link == "object"][:1]
    return not verbs or "own" in parse.lexicon.frames_of(verbs[0], "verb")


def _settle_agreement(parse: Parse, match: Match) -> Settled | None:
    """Paid goods and services make a bare agreement supply; whoever pays is the customer."""
    lexicon = parse.lexicon
    token = match.trigger.token
    near = [t.lower_ for t in token.subtree if 0 < abs(t.i - token.i) < _NEAR]
    if any(_NAMED_DEALS.intersection(lexicon.frames_of(w, pos)) for w in near for pos in ("noun", "verb")):
        return None
    text = parse.masked.text
    first, second = match.source.company, match.target.company
    if max(match.source.slot.end, match.target.slot.end) <= token.idx and any(
        g.link == "object" and "win" in lexicon.frames_of(g.token.lower_, "verb")
        for g in parse.governors(token)[:1]
    ):
        return None  # "X and Y won a contract": from somebody else
    if lexicon.cues["provide"].search(text, token.idx):
        return Settled(TieKind.SUPPLY, first, second, TOPIC)
    if lexicon.cues["supply_topic"].search(text) and _PAID.search(text):
        return Settled(TieKind.SUPPLY, second, first, TOPIC)
    return Settled(TieKind.PARTNERSHIP, first, second, NO_TOPIC)
