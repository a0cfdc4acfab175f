"""Corrections as people make them: pressed, filled in, taken back, looked up; every one by a full member."""

from collections.abc import Sequence
from dataclasses import replace

from bot.correction_answers import Fact, Form, Taken
from bot.errors import UserError
from bot.fact_forms import prefilled, read_edits
from bot.locale import _
from bot.relationships.corrections import Edit, FactSaid, Verdict
from bot.services import Services, languages, members
from bot.services.answers import reading_answer
from bot.services.commands import Viewer, answer, answer_openly
from bot.services.correcting import Corrector, correct_facts, undo
from bot.services.correction_history import about_batch, find_history
from bot.services.facts import find_company_name, find_fact, statuses_of
from bot.services.resolving import Resolver
from bot.views import correction_forms
from bot.views import corrections as view
from bot.views import reading as reading_view
from bot.views.correction_actions import FactVerb, Opened, Redraw, Undoing
from bot.views.message import Message, View
from storage import corrections as stored
from storage.columns import storable
from storage.engine import Session, snapshot, transaction


def corrector(services: Services, viewer: Viewer) -> Corrector:
    """Who corrects; raises UserError for guests, people of other organisations, and while Slack is silent."""
    if not members.is_full_member(services, team_id=viewer.team_id, user_id=viewer.user_id):
        raise UserError(
            _(
                "Only full members of this workspace can correct the record. If you are one, Slack does not "
                "say so just now: try again."
            ),
            code="guest",
        )
    return known_corrector(services, viewer)


def known_corrector(services: Services, viewer: Viewer) -> Corrector:
    """The same for somebody who was asked after when the form was opened: nothing may wait before an ack."""
    return Corrector(
        team_id=viewer.team_id, channel_id=viewer.channel_id, user_id=viewer.user_id, at=services.now()
    )


def judge(services: Services, viewer: Viewer, ref: str, verb: FactVerb) -> Message:
    """Take down that a fact is right or wrong; gives the confirmation. Raises UserError."""
    who = corrector(services, viewer)
    verdict = Verdict.RIGHT if verb is FactVerb.RIGHT else Verdict.WRONG
    with transaction(services.engine) as session:
        fact = find_fact(session, ref, **_place(viewer))
        batch_id = correct_facts(session, who, dict.fromkeys(fact.tie_ids, (verdict, Edit())))
        return _confirm(session, viewer, fact, batch_id)


def open_fact(services: Services, viewer: Viewer, opened: Opened) -> View:
    """The form of a fact, filled in as it stands; raises UserError."""
    corrector(services, viewer)
    with snapshot(services.engine) as session:
        fact = find_fact(session, opened.about, **_place(viewer))
    form = prefilled(fact)
    remembered = replace(opened, filled=correction_forms.form_texts(form))
    return correction_forms.fact_modal(form, remembered, everybody=fact.everybody)


def take_form(services: Services, viewer: Viewer, opened: Opened, after: Form) -> Message:
    """Take down what was changed in a form; gives the confirmation. Raises FormRefused or UserError.

    An untouched form says that the fact is right. Of two people who had it open, each changes what they
    changed; of what both did the later counts.
    """
    who = known_corrector(services, viewer)
    before = correction_forms.form_of_texts(opened.filled)
    with transaction(services.engine) as session:
        fact = find_fact(session, opened.about, **_place(viewer))
        resolver = Resolver(session, viewer.team_id, viewer.channel_id)
        edits = read_edits(
            fact, before, after, lambda typed: find_company_name(resolver, storable(typed)), who.at.date()
        )
        if edits:
            each = edits.of(fact, statuses_of(session, fact, **_place(viewer)))
            says = {tie_id: (Verdict.EDIT, edit) for tie_id, edit in each.items() if edit}
        else:
            says = dict.fromkeys(fact.tie_ids, (Verdict.RIGHT, Edit()))
        batch_id = correct_facts(session, who, says)
        return _confirm(session, viewer, fact, batch_id)


def take_back(services: Services, viewer: Viewer, undoing: Undoing) -> Message:
    """Take a correction back; gives what to show in place of the button's message. Raises UserError."""
    who = corrector(services, viewer)
    with transaction(services.engine) as session:
        done = undo(session, who, undoing.batch_id)
        if undoing.about is not None:
            return view.render_history(find_history(session, undoing.about, **_place(viewer)))
    return view.render_undone(done=done)


def show_history(services: Services, viewer: Viewer, about: str) -> Message:
    """Who corrected something, see `find_history`; raises UserError for what is no more."""
    members.refuse_guests(services, team_id=viewer.team_id, user_id=viewer.user_id)
    with snapshot(services.engine) as session:
        return view.render_history(find_history(session, about, **_place(viewer)))


def show_facts(services: Services, viewer: Viewer, refs: Sequence[str]) -> Message:
    """Facts, each with its menu; those that are no more are left out. Raises UserError when none is left."""
    members.refuse_guests(services, team_id=viewer.team_id, user_id=viewer.user_id)
    found: list[Fact] = []
    gone: UserError | None = None
    with snapshot(services.engine) as session:
        for ref in refs:
            try:
                found.append(find_fact(session, ref, **_place(viewer)))
            except UserError as error:
                gone = error
    if gone is not None and not found:
        raise gone
    return view.render_card(found)


def redraw(services: Services, viewer: Viewer, what: Redraw, *, alone: bool) -> Message | None:
    """What stands in place of a message whose facts were corrected; None where nothing is known of it.

    `alone` tells that only the viewer sees the message.
    """
    if what.state is not None:
        return (answer if alone else answer_openly)(services, viewer, what.state)
    if what.posting_id is None:
        return None
    with snapshot(services.engine) as session:
        said = reading_answer(session, team_id=viewer.team_id, posting_id=what.posting_id)
    if said is None or said.channel_id != viewer.channel_id:
        return None
    with languages.posted_in(services, **_place(viewer)):
        return reading_view.render(said) or reading_view.render_nothing_left(said)


def _confirm(session: Session, viewer: Viewer, fact: Fact, batch_id: str) -> Message:
    rows = stored.batch(session, **_place(viewer), batch_id=batch_id)
    # Of a fact that several articles tell, the one of which most was said stands for all.
    said = max((row.said for row in rows if isinstance(row.said, FactSaid)), key=_weight)
    return view.render_taken(
        Taken(batch_id=batch_id, said=said, everybody=fact.everybody, about=about_batch(batch_id))
    )


def _weight(said: FactSaid) -> int:
    fields = (said.edit.kind, said.edit.source, said.edit.status, said.edit.money, said.edit.date)
    return sum(field is not None for field in fields)


def _place(viewer: Viewer) -> dict[str, str]:
    return {"team_id": viewer.team_id, "channel_id": viewer.channel_id}
