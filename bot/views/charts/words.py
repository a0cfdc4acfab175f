"""The words of pictures: kinds as nouns, and how two companies stand."""

from collections.abc import Mapping

from bot.answers import DealLine
from bot.company_answer import PartnerLine
from bot.locale import N_, _
from bot.values import Status, TieKind
from bot.views.words import joined, level_word

_NOUNS: Mapping[TieKind, str] = {
    TieKind.ACQUISITION: N_("acquisition"),
    TieKind.MERGER: N_("merger"),
    TieKind.INVESTMENT: N_("investment"),
    TieKind.PARTNERSHIP: N_("partnership"),
    TieKind.SUPPLY: N_("supply"),
    TieKind.LICENSING: N_("licence"),
    TieKind.FINANCING: N_("loan"),
    TieKind.OWNERSHIP: N_("ownership"),
    TieKind.DEPENDENCY: N_("dependency"),
    TieKind.COMPETITION: N_("competition"),
    TieKind.DISPUTE: N_("dispute"),
    TieKind.LITIGATION: N_("lawsuit"),
}


def kind_noun(kind: TieKind) -> str:
    """A kind as one word: "acquisition"."""
    return _(_NOUNS[kind])


def kinds_of(line: PartnerLine) -> list[str]:
    """What is in force with a partner, each kind once; what is only said to come is told as a rumour."""
    ties = [tie.deal if isinstance(tie, DealLine) else tie.bond for tie in line.ties]
    firm = {tie.kind for tie in ties if tie.status is not Status.RUMORED}
    return [tie_noun(kind, rumored=kind not in firm) for kind in dict.fromkeys(tie.kind for tie in ties)]


def tie_noun(kind: TieKind, *, rumored: bool) -> str:
    """A tie in a word or two: "investment (rumoured)"."""
    return _("{kind} (rumoured)").format(kind=kind_noun(kind)) if rumored else kind_noun(kind)


def stands(line: PartnerLine, *, most: int = 3) -> str:
    """How a company stands to a partner and by what: "strained: dispute and supply"."""
    kinds = kinds_of(line)
    if not kinds:
        return level_word(line.level)
    return _("{level}: {kinds}").format(level=level_word(line.level), kinds=joined(kinds, most=most))
