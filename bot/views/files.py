"""Files as they are posted: their names, what is said with them, and what is said where they can't be."""

import unicodedata
from collections.abc import Sequence

from bot.answers import DealsAnswer
from bot.counting import many
from bot.file_message import FileMessage
from bot.locale import _, ngettext
from bot.pictures import CompanyPicture, MapPicture, Picture, RelationshipPicture
from bot.query_files import FileKind
from bot.values import Company
from bot.views.blocks import section
from bot.views.deals import filter_words
from bot.views.message import Message
from bot.views.text import mrkdwn, name, plain, user
from bot.views.words import joined

MOST_ALT = 1000
MOST_COMMENT = 2500
_PICTURE, _TABLE = ".png", ".csv"
_MISSING_SCOPE = "missing_scope"


def picture_message(picture: Picture, *, asked_by: str) -> FileMessage:
    """A drawn picture. Drawing takes a second, and much memory the first time."""
    # Only where it is drawn: whoever imports this module for its words needs no drawing library.
    from bot.views.charts import company, network, relationship
    from bot.views.charts.typeface import Typeface

    typeface = Typeface()
    match picture:
        case CompanyPicture():
            canvas, words = company.draw(picture, typeface), company.describe(picture, typeface)
            title, kind = _("Chart of {company}"), FileKind.CHART
        case MapPicture():
            canvas, words = network.draw(picture, typeface), network.describe(picture, typeface)
            title, kind = _("Map around {company}"), FileKind.MAP
        case RelationshipPicture():
            canvas, words = relationship.draw(picture, typeface), relationship.describe(picture, typeface)
            title, kind = _("Chart of {company} and {other}"), FileKind.CHART
    companies = picture.companies
    names = {"company": companies[0].name, "other": companies[1].name if len(companies) > 1 else ""}
    said = title.format(**{key: mrkdwn(value) for key, value in names.items()})
    numbered = [f"{shown}: {name(each.name)}" for shown, each in typeface.numbered(companies)]
    about = companies if isinstance(picture, RelationshipPicture) else companies[:1]
    return FileMessage(
        filename=_slug(about, kind) + _PICTURE,
        title=plain(title.format(**names), 150),
        content=canvas.png(),
        comment="\n".join([_asked(said, asked_by), *numbered])[:MOST_COMMENT],
        alt_text=plain(words, MOST_ALT),
    )


def table_message(answer: DealsAnswer, content: bytes, *, asked_by: str) -> FileMessage:
    """Deals as a table, each a row."""
    names = [company.name for company in answer.companies]
    count = ngettext("{count} deal", "{count} deals", answer.total).format(count=many(answer.total))
    if names:
        said = _("{count} of {names} as a table").format(count=count, names=joined([name(n) for n in names]))
    else:
        said = _("{count} of all companies as a table").format(count=count)
    narrowed = filter_words(answer.filters)
    if narrowed:
        said = _("{said}, only {filters}").format(said=said, filters=narrowed)
    return FileMessage(
        filename=_slug(answer.companies, "deals") + _TABLE,
        title=plain(_("Deals of {names}").format(names=joined(names)) if names else _("All deals"), 150),
        content=content,
        comment=_asked(said, asked_by),
    )


def _asked(said: str, asked_by: str) -> str:
    who = user(asked_by)
    return _("{said}, for {person}").format(said=said, person=who) if who else said


def _slug(companies: Sequence[Company], what: str) -> str:
    """A file's name: letters and digits of the companies' names, and what it holds."""
    folded = unicodedata.normalize("NFKD", " ".join(company.name[:60] for company in companies).casefold())
    kept = "".join(char if char.isascii() and char.isalnum() else " " for char in folded)
    return "-".join([*kept[:60].split(), what] if kept.strip() else ["seams", what])


def render_underway(kind: FileKind) -> Message:
    """A file was asked for, and comes in a message of its own."""
    if kind is FileKind.CSV:
        said = _("I am writing the table. It appears in this channel in a moment, for everybody in it.")
    else:
        said = _("I am drawing it. It appears in this channel in a moment, for everybody in it.")
    return Message(said, (section(said),))


def refusal(code: str, file: FileMessage) -> str:
    """Why a file could not be posted, for the person who asked; of a picture, what it would have shown."""
    if code == _MISSING_SCOPE:
        said = _(
            "I may not post files in this workspace yet. Whoever manages me adds `files:write` to the app "
            "(api.slack.com/apps → OAuth &amp; Permissions → Bot Token Scopes) and installs it again."
        )
    else:
        said = _("Slack did not take the file ({code}), so I can't post it here.").format(
            code=mrkdwn(code.replace("_", " "))
        )
    if not file.alt_text:
        return said
    return "\n".join([said, _("What it would show: {words}").format(words=mrkdwn(file.alt_text, 2000))])
