"""Whatever a view shows went through the catalogue, but for names, proof, amounts, dates and commands.

A catalogue that writes every letter of a translation in another alphabet stands in for the Spanish one.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from gettext import NullTranslations

import pytest

import bot.locale
from bot.answers import AmbiguousName, DigestAnswer, MissingName, Suggestion, UnknownName
from bot.correction_answers import CompanyForm, Form, History, HistoryLine, Taken
from bot.digest.digest import Digest, DigestLine
from bot.digest.schedule import Schedule
from bot.digest.settings import DigestSettings, Saved
from bot.digest.wishes import Wishes
from bot.home import Held
from bot.locale import LANGUAGES, speaking
from bot.queries import Command
from bot.query_files import FileKind
from bot.query_filters import Filters
from bot.relationships.company_corrections import CompanySaid, CompanyVerdict
from bot.relationships.corrections import Edit, FactSaid, Verdict
from bot.spoken_queries import Chat
from bot.values import DEAL_KINDS, Audience, ChangeType, Level, Money, Status, TieKind
from bot.views import (
    alert,
    articles,
    choices,
    company,
    conversation,
    correction_forms,
    corrections,
    deals,
    digest,
    digest_form,
    digest_settings,
    files,
    follow,
    greetings,
    held,
    help,
    home,
    notice,
    paste,
    pauses,
    reading,
    relationship,
    watch,
)
from bot.views.actions import Target
from bot.views.correction_actions import Opened
from bot.views.failures import FAILURES
from bot.views.zones import COMMON_ZONES, zone_name
from bot.watch_answers import Alert, Unfollowed
from tests.views import test_articles, test_company, test_digest, test_home, test_reading, test_relationship
from tests.views import test_watch as watched
from tests.views.charts.making import company_picture, map_picture, relationship_picture
from tests.views.charts.test_pictures import draw as drawn
from tests.views.making import INFLECTION, JUNE, MICROSOFT, PERIOD, change, deal_line, deals_answer, source

# Names and proof, what Babel writes, and what is typed or never translated.
FOREIGN = set(
    """Microsoft MSFT OpenAI Open AI Inflection Oracle NVIDIA MGX El País Costuras Nueva Co elpais
    acme slack com
    millones de dólares pesos mexicanos ene feb mar abr may jun jul ago sept oct nov dic
    Europe Madrid UTC Seams invite bots on off files write api Company""".split()
) | set(
    re.findall(r"\w+", " ".join([test_relationship.FRICTION, source().text, *map(zone_name, COMMON_ZONES)]))
)
WORD = re.compile(r"[A-Za-zÀ-ÿ]{2,}")
NOT_PROSE = re.compile(r"`[^`]*`|<[^<>|]*\|?|&\w+;|(?<!\w)/[a-z]+")


class Marked(NullTranslations):
    """Translates every letter into a wide one, and leaves placeholders and code as they are."""

    def gettext(self, message: str) -> str:
        parts = re.split(r"(\{\w+\}|`[^`]*`)", message)
        return "".join(part if n % 2 else self._wide(part) for n, part in enumerate(parts))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return self.gettext(message)

    def _wide(self, text: str) -> str:
        return "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalpha() else c for c in text)


@pytest.fixture(autouse=True)
def marked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    catalogue = Marked()
    monkeypatch.setattr(bot.locale, "_catalogue", lambda _language: catalogue)
    with speaking("es"):
        yield


def texts(shown: object) -> Iterator[str]:
    """Every text of a message, a view or a file."""
    match shown:
        case dict():
            for key, value in shown.items():
                if isinstance(value, str) and key in ("text", "alt_text", "title"):
                    yield value
                elif not isinstance(value, str):
                    yield from texts(value)
        case list() | tuple():
            for each in shown:
                yield from texts(each)
        case str():
            yield shown
        case _:
            for field in ("text", "blocks", "comment", "title", "alt_text"):
                yield from texts(getattr(shown, field, ()))


def line(**changes: object) -> DigestLine:
    return DigestLine((change(**changes),))


CHANGES = [
    *(line(kind=kind, status_after=status) for kind in TieKind for status in Status),
    *(line(type=kind) for kind in ChangeType),
    line(status_before=Status.RUMORED, money_before=Money(Decimal(5), "MXN"), confidence=0.1),
    line(
        **{
            field: getattr(test_digest.COOLING, field)
            for field in ("type", "kind", "source_id", "level_before")
        }
    ),
    DigestLine((test_digest.COOLING,)),
    DigestLine((test_digest.NVIDIA_MAY, test_digest.MGX_MAY), (), "2b"),
]
FILTERS = Filters(
    TieKind.MERGER, Status.DENIED, date(2024, 1, 1), date(2025, 1, 1), Money(Decimal(10**8), "USD")
)
MEANT = tuple(Suggestion("Microsoft", "OpenAI", "x") for _number in range(9))


def told(*lines: DigestLine) -> DigestAnswer:
    return DigestAnswer(Digest(PERIOD, lines, 3), test_digest.COMPANIES, {"t1": source()})


SETTINGS = [
    DigestSettings(
        on=on,
        schedule=Schedule(2, 9, 0, "UTC"),
        wishes=Wishes(True, Decimal(10**8), True, False),
        language=spoken,
    )
    for on in (True, False)
    for spoken in LANGUAGES
]
SAID: list[FactSaid | CompanySaid] = [
    *(FactSaid(verdict, test_reading.TIE, (), Edit(status=Status.DENIED)) for verdict in Verdict),
    *(CompanySaid(verdict, ("x",), "Microsoft", ("y",), "OpenAI") for verdict in CompanyVerdict),
]
FORM = Form(TieKind.MERGER, "Microsoft", "OpenAI", False, Status.DENIED, "", "", "")
OPENED = Opened("x", "C012AB3CD", "")


def said_line(said: FactSaid | CompanySaid) -> HistoryLine:
    undone = None if said is SAID[0] else JUNE
    return HistoryLine(
        batch_id="b", said=said, count=3, made_at=JUNE, user_id="", undone_at=undone, undone_by=None
    )


PICTURES = (
    company_picture(9, 40, name="MGX"),
    map_picture(9, 9, left_out=3, name="MGX"),
    relationship_picture(5, 5, name="MGX"),
)

RENDERED: dict[str, Callable[[], object]] = {
    "deals": lambda: [
        deals.render(deals_answer(deal_line(), total=12, pages=3, page=1, filters=FILTERS)),
        deals.render(deals_answer(deal_line(), companies=(MICROSOFT, INFLECTION)), shared_by="U012AB3CD"),
        deals.render(deals_answer(unfiltered=3, filters=FILTERS)),
        deals.render(deals_answer()),
        deals.render(deals_answer(companies=())),
        deals.render(deals_answer(companies=(MICROSOFT, INFLECTION), partners=MEANT)),
        *(
            deals.render(deals_answer(deal_line(kind=kind, status=status, date=None, confidence=0.1)))
            for kind in DEAL_KINDS
            for status in Status
        ),
    ],
    "relationship": lambda: [
        relationship.render(test_relationship.answer()),
        relationship.render(test_relationship.answer(level=Level.NEUTRAL)),
        relationship.render(
            test_relationship.answer(states=(test_relationship.ALLIED,) * 9, deals=(deal_line(),) * 9)
        ),
        relationship.render(
            test_relationship.answer(level=None, states=(), deals=(), bonds=(), partners=MEANT)
        ),
    ],
    "company": lambda: [
        company.render(test_company.answer()),
        company.render(test_company.answer(pages=3, page=1)),
        company.render(test_company.answer(active=0, partners=(), changes=(), deals=(), articles=())),
    ],
    "articles": lambda: [
        articles.render(test_articles.answer(test_articles.LINE, pages=3, total=30)),
        articles.render(
            test_articles.answer(replace(test_articles.LINE, title=None, url=None, user_id=None))
        ),
        articles.render(test_articles.answer()),
        articles.render(test_articles.answer(words="Microsoft")),
        *(articles.render_bots(on=on) for on in (True, False)),
    ],
    "choices": lambda: [
        choices.render_unknown(UnknownName(Command.DEALS, ("Microsoft",), MEANT)),
        choices.render_unknown(UnknownName(Command.DEALS, ("Microsoft",), ())),
        choices.render_ambiguous(AmbiguousName(Command.DEALS, "Microsoft", MEANT)),
        choices.render_missing(MissingName(Command.RELATIONSHIP, MICROSOFT, MEANT)),
    ],
    "digest": lambda: [digest.render(told(each), preview=True) for each in CHANGES] + [digest.render(told())],
    "alert": lambda: [
        alert.render(Alert(told(each), person, 100)) for each in CHANGES[-4:] for person in (True, False)
    ],
    "reading": lambda: [
        reading.render(test_reading.READ),
        *(reading.render(replace(test_reading.READ, error_code=code, ties=())) for code in FAILURES),
        reading.render_trying_again(),
        *(reading.render_saving(links) for links in range(3)),
        reading.render_left_out(5),
        paste.paste_modal(Target("a1", "C1", "1.1")),
    ],
    "digest settings": lambda: [
        *(digest_settings.render_settings(each, next_run=JUNE) for each in SETTINGS),
        *(digest_form.render_form(each, metadata="") for each in SETTINGS),
        digest_form.render_saved(Saved(SETTINGS[0], changed_meanwhile=True), next_run=None),
        *(
            pauses.render_pause("C012AB3CD", code)
            for code in ("is_archived", "not_in_channel", "missing_scope", "x")
        ),
        digest_settings.render_off(),
        digest_settings.render_posting(),
        *(digest_settings.render_language(language) for language in (None, "es")),
    ],
    "help": lambda: [
        *map(help.render_help, Command),
        help.render_unexpected("12345678"),
        help.render_error(""),
    ],
    "watch": lambda: [
        watch.render(watched.listed(watched.MICROSOFT, watched.PAIR, watched.NEW, total=30, pages=2)),
        watch.render(watched.listed()),
        watch.render(watched.listed(person=True)),
        *(
            watch.render(watched.following(each, person=True))
            for each in (watched.MICROSOFT, watched.PAIR, watched.NEW)
        ),
        watch.render(watched.following(watched.PAIR, digest_on=False)),
        watch.render(Unfollowed(("Microsoft",), person=True)),
    ],
    "home": lambda: [
        home.render(
            test_home.full(channels=tuple(map(test_home.channel, range(30))), latest=told(*CHANGES[-5:]))
        ),
        home.render(test_home.full(articles=0, second_reader=True)),
        home.render(
            test_home.full(corrections=History(about="", lines=(test_home.corrected("b"),)), awaiting=1)
        ),
        home.render(test_home.full(facts=False)),
    ],
    "corrections": lambda: [
        *(
            corrections.render_taken(Taken(batch_id="b", said=said, everybody=said is SAID[0], about="x"))
            for said in SAID
        ),
        corrections.render_history(History(about="", lines=tuple(map(said_line, SAID * 3)), more=2)),
        corrections.render_history(History(about="", lines=())),
        *(corrections.render_undone(done=done) for done in (True, False)),
        *(correction_forms.fact_modal(FORM, OPENED, everybody=everybody) for everybody in (True, False)),
        *(
            modal(CompanyForm(MICROSOFT, ("MSFT",)), OPENED)
            for modal in (
                correction_forms.rename_modal,
                correction_forms.merge_modal,
                correction_forms.split_modal,
            )
        ),
    ],
    "held": lambda: [
        held.render(Held(postings=2, watches=1, set_up=2, corrections=3, opinions=1, installed=True)),
        held.render_gone(),
    ],
    "follow": lambda: [follow.follow_modal()],
    "notice": lambda: [notice.notice_modal(help.render_error(""))],
    "conversation": lambda: [*map(conversation.render_chat, Chat)],
    "greetings": lambda: (
        [greetings.render_channel(each, bot_user_id=None) for each in Audience]
        + [greetings.render_installer()]
    ),
    "files": lambda: [
        *map(files.render_underway, FileKind),
        files.table_message(deals_answer(deal_line(), filters=FILTERS), b"", asked_by="U012AB3CD"),
        *(files.picture_message(picture, asked_by="U012AB3CD") for picture in PICTURES),
        *(text.get_text() for picture in PICTURES for text in drawn(picture).texts),
    ],
}


@pytest.mark.parametrize("surface", RENDERED)
def test_nothing_is_said_past_the_catalogue(surface: str) -> None:
    said = {word for text in texts(RENDERED[surface]()) for word in WORD.findall(NOT_PROSE.sub(" ", text))}
    assert said - FOREIGN == set()
