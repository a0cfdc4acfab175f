"""Companies as people correct them: renamed, merged, split, hidden."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.correction_answers import CompanyForm, Taken
from bot.errors import UserError
from bot.fact_forms import MAX_NAME
from bot.locale import N_, _
from bot.names import name_key
from bot.relationships.company_corrections import CompanySaid, CompanyVerdict
from bot.services import Services
from bot.services.commands import Viewer
from bot.services.correcting import correct_company
from bot.services.correction_history import about_batch
from bot.services.corrections import corrector, known_corrector
from bot.services.resolving import Resolver
from bot.values import Company
from bot.views import correction_forms as forms
from bot.views import corrections as view
from bot.views.correction_actions import CompanyVerb, Opened
from bot.views.message import Message, View
from storage import companies, corrections, reports
from storage.columns import storable
from storage.engine import Session, snapshot, transaction

_NO_OTHER_NAME = N_("{company} has no other name that could be split off.")
_MERGED = N_(
    "{company} has no other name that could be split off. Names that came to it by a merge are parted again "
    "where the merge is taken back: choose “History” in the same menu, then “Undo” beside the merge."
)
_MOST_OFFERED = 2000  # characters of names that a form remembers beside the rest


def open_company(services: Services, viewer: Viewer, verb: CompanyVerb, opened: Opened) -> View:
    """The form for renaming, merging or splitting a company; raises UserError."""
    corrector(services, viewer)
    with snapshot(services.engine) as session:
        form = _form(session, viewer, opened.about)
        merged = _was_merged(session, viewer, opened.about)
    if verb is CompanyVerb.RENAME:
        return forms.rename_modal(form, opened)
    if verb is CompanyVerb.MERGE:
        return forms.merge_modal(form, opened)
    if not form.forms:
        raise UserError(
            _(_MERGED if merged else _NO_OTHER_NAME).format(company=form.company.name),
            code="nothing_to_split",
        )
    # The form remembers what it offers, as far as it can hold.
    offered = tuple(_fitting(form.forms))
    return forms.split_modal(replace(form, forms=offered), replace(opened, filled=offered))


def rename(services: Services, viewer: Viewer, company_id: str, name: str) -> Message:
    """Call a company otherwise from now on; gives the confirmation. Raises UserError."""
    who = known_corrector(services, viewer)
    new = storable(name)
    if not name_key(new) or len(new) > MAX_NAME:
        raise UserError(_("That is no company's name."), code="bad_name")
    with transaction(services.engine) as session:
        company, keys = _company(session, viewer, company_id)
        others = [each for each in _find(session, viewer, new) if each.id != company.id]
        if others:
            raise UserError(
                _("Another company is called so: {name}. If the two are one, merge them.").format(
                    name=others[0].name
                ),
                code="name_taken",
            )
        said = CompanySaid(CompanyVerdict.RENAME, keys, new, (), company.name)
        return _taken(session, viewer, said, correct_company(session, who, said))


def merge(services: Services, viewer: Viewer, company_id: str, other: str) -> Message:
    """Make the company called `other` one with a company, which keeps its name; gives the confirmation.

    Raises UserError for a name of none or of several.
    """
    who = known_corrector(services, viewer)
    with transaction(services.engine) as session:
        company, keys = _company(session, viewer, company_id)
        resolver = Resolver(session, viewer.team_id, viewer.channel_id)
        found = [each for each in resolver.find(other) if each.id != company.id]
        if not found:
            raise UserError(_no_other(resolver, company, other), code="unknown_company")
        if len(found) > 1:
            names = "; ".join(_described(each) for each in found[:4])
            raise UserError(
                _("That may be several companies: {names}. Write more of it.").format(names=names),
                code="ambiguous",
            )
        gone, other_keys = _company(session, viewer, found[0].id)
        said = CompanySaid(CompanyVerdict.MERGE, keys, company.name, other_keys, gone.name)
        return _taken(session, viewer, said, correct_company(session, who, said))


def split(services: Services, viewer: Viewer, company_id: str, form: str) -> Message:
    """Make one of a company's other names a company of its own. Raises UserError for a name that is none."""
    who = known_corrector(services, viewer)
    with transaction(services.engine) as session:
        company, keys = _company(session, viewer, company_id)
        key = name_key(form)
        if key not in map(name_key, _form(session, viewer, company_id).forms):
            raise UserError(_("That form is out of date. Open it again."), code="stale_form")
        left = tuple(each for each in keys if each != key)
        said = CompanySaid(CompanyVerdict.SPLIT, left, company.name, (key,), form)
        return _taken(session, viewer, said, correct_company(session, who, said))


def hide(services: Services, viewer: Viewer, company_id: str) -> Message:
    """Show a company nowhere any more; gives the confirmation. Raises UserError."""
    who = corrector(services, viewer)
    with transaction(services.engine) as session:
        company, keys = _company(session, viewer, company_id)
        said = CompanySaid(CompanyVerdict.HIDE, keys, company.name)
        return _taken(session, viewer, said, correct_company(session, who, said))


def _company(session: Session, viewer: Viewer, company_id: str) -> tuple[Company, tuple[str, ...]]:
    """A company and its keys, the one of the name that its articles use first."""
    place = {"team_id": viewer.team_id, "channel_id": viewer.channel_id}
    company = companies.get_companies(session, **place, ids=[company_id]).get(company_id)
    if company is None:
        raise UserError(_("That company is not in the record any more."), code="no_company")
    keys = sorted(reports.keys_of_companies(session, **place, company_ids=[company_id]))
    given = {said.new_key for said in corrections.about_companies(session, **place)}
    called = [name_key(form) for form in (company.name, *company.aliases)]
    # A name that a person gave may go again; one that articles use stays.
    first = next((key for key in called if key in keys and key not in given), None)
    first = first or next((key for key in called if key in keys), keys[0])
    return company, (first, *(key for key in keys if key != first))


def _form(session: Session, viewer: Viewer, company_id: str) -> CompanyForm:
    company, keys = _company(session, viewer, company_id)
    own = name_key(company.name)
    forms: dict[str, str] = {}
    for form in company.aliases:
        key = name_key(form)
        if key in keys and key not in (own, keys[0]):
            forms.setdefault(key, form)
    return CompanyForm(company, tuple(forms.values()))


def _was_merged(session: Session, viewer: Viewer, company_id: str) -> bool:
    """Whether people made it one with another company, and nobody took that back."""
    place = {"team_id": viewer.team_id, "channel_id": viewer.channel_id}
    keys = reports.keys_of_companies(session, **place, company_ids=[company_id]).keys()
    rows = corrections.company_history(session, **place, keys=keys)
    return any(row.stands and row.said.verdict is CompanyVerdict.MERGE for row in rows)


def _fitting(names: Iterable[str]) -> Iterator[str]:
    left = _MOST_OFFERED
    for each in names:
        left -= 2 * len(each) + 3
        if left > 0:
            yield each


def _find(session: Session, viewer: Viewer, name: str) -> tuple[Company, ...]:
    return companies.find_companies(session, team_id=viewer.team_id, channel_id=viewer.channel_id, name=name)


def _no_other(resolver: Resolver, company: Company, other: str) -> str:
    if resolver.find(other):
        return _("That is {company} itself. Name the other company.").format(company=company.name)
    alike = [each for each in resolver.suggest(other) if each.id != company.id]
    if alike:
        return _("Nobody posted about that company. Did you mean {name}?").format(name=alike[0].name)
    return _("Nobody posted about that company.")


def _described(company: Company) -> str:
    return f"{company.name} ({', '.join(company.aliases[:3])})" if company.aliases else company.name


def _taken(session: Session, viewer: Viewer, said: CompanySaid, batch_id: str) -> Message:
    rows = corrections.batch(session, team_id=viewer.team_id, channel_id=viewer.channel_id, batch_id=batch_id)
    everybody = all(not row.scope for row in rows)
    return view.render_taken(
        Taken(batch_id=batch_id, said=said, everybody=everybody, about=about_batch(batch_id))
    )
