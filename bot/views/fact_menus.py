"""The menus at the right of facts and companies, by which people correct them."""

from collections.abc import Iterable, Iterator

from bot.digest.digest import DigestLine
from bot.fact_refs import FactRef, ref_of_change
from bot.locale import N_, _
from bot.values import Change, Company
from bot.views.actions import Action
from bot.views.blocks import button, section
from bot.views.correction_actions import (
    NOTHING,
    CompanyVerb,
    FactVerb,
    Redraw,
    write_company_choice,
    write_fact_choice,
    write_redraw,
)
from bot.views.message import Block
from bot.views.selects import Option, overflow

MOST_REFS = 15  # facts behind one button
_FACT_LABELS = {
    FactVerb.RIGHT: N_("Right"),
    FactVerb.WRONG: N_("Wrong"),
    FactVerb.EDIT: N_("Edit…"),
    FactVerb.HISTORY: N_("History"),
}
_COMPANY_LABELS = {
    CompanyVerb.RENAME: N_("Rename…"),
    CompanyVerb.MERGE: N_("Merge…"),
    CompanyVerb.SPLIT: N_("Split…"),
    CompanyVerb.HIDE: N_("Hide"),
    CompanyVerb.HISTORY: N_("History"),
}


def fact_menu(ref: object, index: int) -> Block:
    """The menu of a fact: Right, Wrong, Edit, History."""
    options = [Option(_(label), write_fact_choice(verb, ref)) for verb, label in _FACT_LABELS.items()]
    return overflow(Action.FACT, options, index=index)


def company_menu(company: Company) -> Block:
    """The menu of a company, an element to stand at the right of its name."""
    options = [
        Option(_(label), write_company_choice(verb, company.id)) for verb, label in _COMPANY_LABELS.items()
    ]
    return overflow(Action.COMPANY, options)


def fact_section(text: str, ref: object, index: int, redraw: Redraw = NOTHING) -> Block:
    """A fact with its menu; its block tells what to redraw once it is corrected."""
    block = section(text, fact_menu(ref, index))
    block_id = write_redraw(redraw, index)
    return {**block, "block_id": block_id} if block_id else block


def correct_button(refs: Iterable[FactRef]) -> list[Block]:
    """A button that shows some facts, each with its menu; none where there are none."""
    value = " ".join(list(dict.fromkeys(map(str, refs)))[:MOST_REFS])
    return [button(_("Correct a fact…"), Action.CORRECT, value)] if value else []


def facts_of_lines(lines: Iterable[DigestLine]) -> Iterator[FactRef]:
    """The facts behind some lines of a digest."""
    for line in lines:
        # A relationship that cooled is made of facts that the line tells of in passing.
        yield from facts_of_changes(line.changes) or facts_of_changes(line.folded)


def facts_of_changes(changes: Iterable[Change]) -> list[FactRef]:
    """The facts that changes are about."""
    return [ref for change in changes if (ref := ref_of_change(change)) is not None]
