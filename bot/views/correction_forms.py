"""The forms in which facts are edited, and companies renamed, merged and split."""

from collections.abc import Mapping
from typing import Any

from bot.correction_answers import CompanyForm, Form
from bot.errors import UserError
from bot.fact_forms import AMOUNT, CURRENCY, DATE, SOURCE, TARGET
from bot.locale import N_, _
from bot.values import Status, TieKind
from bot.views.actions import Callback
from bot.views.blocks import context, modal, section, text_input
from bot.views.correction_actions import Opened, write_opened
from bot.views.message import Block, View
from bot.views.selects import Option, select
from bot.views.text import bold, name, plain
from bot.views.words import kind_word, status_word

MAX_FIELD = 300  # characters of what a field is filled with
KIND, DIRECTION, STATUS = "kind", "direction", "status"
NAME, OTHER, FORM = "name", "other", "form"
KEPT, SWAPPED = "kept", "swapped"
_ROLES = N_("Who acts comes first: the buyer, investor, supplier, licensor, lender, owner or plaintiff.")
_EVERYBODY = N_("Everybody in the workspace may know this, so your correction counts for everybody.")
_MEMBERS = N_("Only members of this channel know this, so your correction counts here alone.")


def fact_modal(form: Form, opened: Opened, *, everybody: bool) -> View:
    """The form of a fact, filled in as it stands."""
    kinds = [Option(kind_word(kind).capitalize(), kind) for kind in TieKind]
    statuses = [Option(status_word(status).capitalize(), status) for status in Status]
    directions = [
        Option(_("The first acts on the second"), KEPT),
        Option(_("The second acts on the first"), SWAPPED),
    ]
    blocks = [
        _choice(KIND, _("What it is"), kinds, form.kind),
        _text(SOURCE, _("First company"), form.source, hint=_(_ROLES)),
        _text(TARGET, _("Second company"), form.target),
        _choice(DIRECTION, _("Direction"), directions, SWAPPED if form.swapped else KEPT),
        _choice(STATUS, _("Status"), statuses, form.status),
        _text(AMOUNT, _("Amount"), form.amount, hint=_("Such as 650m, 1.5bn or 13000000"), optional=True),
        _text(CURRENCY, _("Currency"), form.currency, hint=_("Its code, such as USD or EUR"), optional=True),
        _text(DATE, _("Date"), form.date, hint=_("Such as 2024, 2024-06 or 2024-06-15"), optional=True),
        context(_(_EVERYBODY) if everybody else _(_MEMBERS)),
    ]
    return modal(Callback.EDIT_FACT, _("Correct a fact"), _("Save"), blocks, write_opened(opened))


def form_texts(form: Form) -> tuple[str, ...]:
    """The form as a modal remembers it: its texts as they are shown."""
    texts = (form.source, form.target, form.amount, form.currency, form.date)
    source, target, amount, currency, date = (plain(text, MAX_FIELD) for text in texts)
    return (form.kind, source, target, form.status, amount, currency, date)


def form_of_texts(texts: tuple[str, ...]) -> Form:
    """The form that a modal remembers; raises UserError for none."""
    try:
        kind, source, target, status, amount, currency, date = texts
        return Form(TieKind(kind), source, target, False, Status(status), amount, currency, date)
    except ValueError:
        raise UserError(_("That form is out of date. Open it again."), code="stale_form") from None


def read_form(view: Mapping[str, Any]) -> Form:
    """What was filled into the submitted form; raises UserError when something is missing."""
    try:
        kind, status = TieKind(_chosen(view, KIND)), Status(_chosen(view, STATUS))
    except ValueError:
        raise UserError(_("That form is out of date. Open it again."), code="stale_form") from None
    texts = (_typed(view, field) for field in (SOURCE, TARGET, AMOUNT, CURRENCY, DATE))
    source, target, amount, currency, date = texts
    swapped = _chosen(view, DIRECTION) == SWAPPED
    return Form(kind, source, target, swapped, status, amount, currency, date)


def rename_modal(form: CompanyForm, opened: Opened) -> View:
    """The form that gives a company another name."""
    asked = _("What is {company} to be called?").format(company=bold(name(form.company.name)))
    old = _("It is found under its old name as well.")
    blocks = [section(asked), _text(NAME, _("Name"), form.company.name, hint=old)]
    return modal(Callback.RENAME_COMPANY, _("Rename a company"), _("Rename"), blocks, write_opened(opened))


def merge_modal(form: CompanyForm, opened: Opened) -> View:
    """The form that makes two companies one."""
    asked = _("Which company is {company} too?").format(company=bold(name(form.company.name)))
    hint = _("Both names find it afterwards; it keeps the name above.")
    blocks = [section(asked), _text(OTHER, _("The other company"), "", hint=hint)]
    return modal(Callback.MERGE_COMPANY, _("Merge companies"), _("Merge"), blocks, write_opened(opened))


def split_modal(form: CompanyForm, opened: Opened) -> View:
    """The form that makes another name of a company a company of its own."""
    asked = _("Which of its names is another company than {company}?")
    options = [Option(each, str(index)) for index, each in enumerate(form.forms[:100])]
    blocks = [
        section(asked.format(company=bold(name(form.company.name)))),
        _choice(FORM, _("Name"), options, None),
    ]
    return modal(Callback.SPLIT_COMPANY, _("Split a company"), _("Split"), blocks, write_opened(opened))


def read_name(view: Mapping[str, Any]) -> str:
    """The new name, as it was typed."""
    return " ".join(_typed(view, NAME).split())


def read_other(view: Mapping[str, Any]) -> str:
    """The other company, as it was typed."""
    return " ".join(_typed(view, OTHER).split())


def read_split(view: Mapping[str, Any], opened: Opened) -> str:
    """The name that was chosen among those offered; raises UserError for none."""
    chosen = _chosen(view, FORM)
    if not chosen.isdecimal() or int(chosen) >= len(opened.filled):
        raise UserError(_("Choose one of the names."), code="no_choice")
    return opened.filled[int(chosen)]


def _text(block_id: str, label: str, text: str, *, hint: str | None = None, optional: bool = False) -> Block:
    block = text_input(block_id, label, hint=hint, optional=optional)
    filled = {"initial_value": plain(text, MAX_FIELD)} if text else {}
    return {**block, "element": {**block["element"], **filled}}


def _choice(block_id: str, label: str, options: list[Option], chosen: str | None) -> Block:
    field = text_input(block_id, label)
    return {**field, "element": select("value", label, options, chosen)}


def _typed(view: Mapping[str, Any], block_id: str) -> str:
    values = (view.get("state") or {}).get("values") or {}
    return str(((values.get(block_id) or {}).get("value") or {}).get("value") or "").strip()


def _chosen(view: Mapping[str, Any], block_id: str) -> str:
    values = (view.get("state") or {}).get("values") or {}
    option = ((values.get(block_id) or {}).get("value") or {}).get("selected_option") or {}
    return str(option.get("value") or "")
