"""Facts with their menus, confirmations, histories and forms keep Slack's limits and say what they mean."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.correction_answers import CompanyForm, Fact, Form, History, HistoryLine, Taken
from bot.errors import UserError
from bot.fact_forms import prefilled
from bot.fact_refs import FactRef, read_ref, ref_of_change
from bot.relationships.company_corrections import CompanySaid, CompanyVerdict
from bot.relationships.corrections import Edit, FactSaid, Verdict
from bot.values import ChangeType, Status, TieKind
from bot.views import correction_forms as forms
from bot.views import corrections as view
from bot.views.actions import State
from bot.views.blocks import MAX_TEXT
from bot.views.correction_actions import (
    NOTHING,
    FactVerb,
    Opened,
    Redraw,
    Undoing,
    read_company_choice,
    read_fact_choice,
    read_opened,
    read_redraw,
    read_undoing,
    write_fact_choice,
    write_opened,
    write_redraw,
    write_undoing,
)
from bot.views.fact_menus import company_menu, fact_section
from bot.views.limits import problems, view_problems
from tests.views.making import (
    COMPANIES,
    JUNE,
    MANY_SOURCES,
    MICROSOFT,
    MONEY,
    PARTIAL,
    TEXTS,
    TIES,
    change,
    injected,
    shown,
    source,
)
from tests.views.test_any_content import patient

FACTS = st.builds(
    Fact,
    ref=st.just(FactRef(bond=(TieKind.COMPETITION, "1" * 16, "2" * 16))),
    kind=st.sampled_from(TieKind),
    source=TEXTS,
    target=TEXTS,
    status=st.sampled_from(Status),
    money=st.none() | MONEY,
    date=PARTIAL,
    tie_ids=st.just(("t1",)),
    present_ids=st.just(frozenset({"t1"})),
    sources=MANY_SOURCES,
)
EDITS = st.builds(Edit, kind=st.none() | st.sampled_from(TieKind), source=st.none() | TEXTS)
SAID = st.one_of(
    st.builds(FactSaid, st.sampled_from(Verdict), TIES, st.just(()), EDITS),
    st.builds(CompanySaid, st.sampled_from(CompanyVerdict), st.just(("k",)), TEXTS, st.just(()), TEXTS),
)
LINES = st.builds(
    HistoryLine,
    batch_id=st.just("b" * 24),
    said=SAID,
    count=st.integers(1, 9),
    made_at=st.just(JUNE),
    user_id=st.sampled_from(["U012AB3CD", ""]),
    undone_at=st.none() | st.just(JUNE),
    undone_by=st.none() | st.just("U012AB3CD"),
)
OPENED = Opened("d:1", "C1", "https://hooks.slack.com/actions/T/1/" + "x" * 40)
FACT = Fact(
    ref=FactRef(deal_id="1f"),
    kind=TieKind.ACQUISITION,
    source="Microsoft",
    target="Inflection",
    status=Status.COMPLETED,
    money=None,
    date=None,
    tie_ids=("t1",),
    present_ids=frozenset({"t1"}),
    sources=(source(),),
)


@patient
@given(st.lists(FACTS, min_size=1, max_size=17))
def test_cards_are_sound(facts: list[Fact]) -> None:
    message = view.render_card(facts)
    assert problems(message) + injected(message) == []


@patient
@given(SAID, st.booleans())
def test_confirmations_are_sound(said: FactSaid | CompanySaid, everybody: bool) -> None:
    taken = Taken(batch_id="b" * 24, said=said, everybody=everybody, about="k:" + "b" * 24)
    message = view.render_taken(taken)
    assert problems(message) + injected(message) == []


@patient
@given(st.lists(LINES, max_size=12))
def test_histories_are_sound(lines: list[HistoryLine]) -> None:
    message = view.render_history(History(about="", lines=tuple(lines), more=len(lines)))
    assert problems(message) + injected(message) == []
    assert len(message.text) <= MAX_TEXT


@patient
@given(FACTS, st.booleans())
def test_the_form_of_any_fact_is_sound(fact: Fact, everybody: bool) -> None:
    form = prefilled(fact)
    opened = replace(OPENED, filled=forms.form_texts(form))
    modal = forms.fact_modal(form, opened, everybody=everybody)
    assert view_problems(modal) + injected(modal) == []


@patient
@given(COMPANIES, st.lists(TEXTS.filter(bool), min_size=1, max_size=3).map(tuple))
def test_forms_of_companies_are_sound(company: CompanyForm, names: tuple[str, ...]) -> None:
    form = CompanyForm(company, names)  # type: ignore[arg-type]
    for make in (forms.rename_modal, forms.merge_modal, forms.split_modal):
        assert view_problems(make(form, OPENED)) + injected(make(form, OPENED)) == []


def test_a_menu_offers_right_wrong_edit_and_history() -> None:
    block = fact_section("A fact", FACT.ref, 3, Redraw(State("/deals", "#1f", 1)))
    assert [option["text"]["text"] for option in block["accessory"]["options"]] == [
        "Right",
        "Wrong",
        "Edit…",
        "History",
    ]
    assert read_redraw(block["block_id"]).state == State("/deals", "#1f", 1)
    assert read_fact_choice(block["accessory"]["options"][1]["value"]) == (FactVerb.WRONG, "d:1f")


def test_a_menu_of_a_company_offers_all_that_can_be_done() -> None:
    menu = company_menu(MICROSOFT)
    assert [read_company_choice(option["value"])[0] for option in menu["options"]] == [
        "rename",
        "merge",
        "split",
        "hide",
        "history",
    ]


def test_what_is_said_aloud_says_what_is_shown() -> None:
    card = view.render_card([FACT])
    assert "Microsoft acquired Inflection" in card.text
    assert "*Microsoft* acquired *Inflection*" in shown(card)


@pytest.mark.parametrize("length", [237, 238])
def test_what_is_too_long_for_a_block_is_not_redrawn(length: int) -> None:
    written = write_redraw(Redraw(State("/deals", "x" * length)), 1)
    assert (written is None) is (length == 238)


def test_what_buttons_and_forms_carry_comes_back() -> None:
    opened = replace(OPENED, redraw=Redraw(posting_id="p1"), alone=False, filled=("a", "ß", ""))
    assert read_opened(write_opened(opened)) == opened
    assert read_undoing(write_undoing(Undoing("b1"))) == Undoing("b1")
    assert read_undoing(write_undoing(Undoing("b1", "k:b1"))) == Undoing("b1", "k:b1")
    assert read_fact_choice(write_fact_choice(FactVerb.EDIT, "t:1")) == (FactVerb.EDIT, "t:1")


@pytest.mark.parametrize("value", ["", "right", "nonsense d:1", "[", "[1]", "null"])
def test_what_no_button_carries_is_refused(value: str) -> None:
    for read in (read_fact_choice, read_company_choice, read_undoing, read_opened):
        with pytest.raises(UserError):
            read(value)
    assert read_redraw(value) == NOTHING


@pytest.mark.parametrize("text", ["", "d:", "x:1", "b:marriage:1:2", "b:dispute:1"])
def test_what_names_no_fact_is_none(text: str) -> None:
    assert read_ref(text) is None


@pytest.mark.parametrize("ref", [FACT.ref, FactRef(tie_id="t1"), FactRef(bond=(TieKind.DISPUTE, "1", "2"))])
def test_what_names_a_fact_comes_back(ref: FactRef) -> None:
    assert read_ref(str(ref)) == ref


def test_a_change_names_its_deal_and_one_that_was_taken_back_names_nothing() -> None:
    assert ref_of_change(change(deal_id="1f")) == FactRef(deal_id="1f")
    assert ref_of_change(change(type=ChangeType.CORRECTED, status_after=None)) is None


def test_a_form_gives_back_what_was_filled_in() -> None:
    typed = {"source": "A", "target": "B", "amount": "1m", "currency": "EUR", "date": ""}
    chosen = {"kind": "supply", "direction": "swapped", "status": "ended"}
    values = {field: {"value": {"value": text}} for field, text in typed.items()} | {
        field: {"value": {"selected_option": {"value": value}}} for field, value in chosen.items()
    }
    form = forms.read_form({"state": {"values": values}})
    assert form == Form(TieKind.SUPPLY, "A", "B", True, Status.ENDED, "1m", "EUR", "")
    assert forms.form_of_texts(forms.form_texts(replace(form, swapped=False))) == replace(form, swapped=False)
