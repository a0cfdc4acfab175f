"""Values to show: plain examples by name, and strategies for anything that could ever be stored."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

from hypothesis import strategies as st

from bot.answers import (
    ArticleLine,
    ArticlesAnswer,
    BondLine,
    DealLine,
    DealsAnswer,
    DigestAnswer,
    ReadingAnswer,
    RelationshipAnswer,
    Source,
    StateLine,
    Suggestion,
)
from bot.digest.digest import Digest, DigestLine
from bot.digest.schedule import Period
from bot.query_filters import Filters
from bot.values import (
    DEAL_KINDS,
    Bond,
    Change,
    ChangeType,
    Company,
    Deal,
    Evidence,
    Level,
    Money,
    ReportedMoney,
    Status,
    StatusStep,
    Tie,
    TieKind,
)
from bot.views.actions import Action, State, read_state
from bot.views.message import Message

MICROSOFT = Company("1a", "Microsoft", ("MSFT",))
OPENAI = Company("2b", "OpenAI", ("Open AI",))
INFLECTION = Company("3c", "Inflection")
ORACLE = Company("4d", "Oracle")
NVIDIA = Company("5e", "NVIDIA")
MGX = Company("6f", "MGX")
JUNE = datetime(2024, 6, 15, tzinfo=UTC)
JULY = datetime(2024, 7, 1, tzinfo=UTC)
BOUGHT = "La adquisición de Inflection por parte de Microsoft por 650 millones de dólares."


def source(tie_id: str = "t1", **changes: object) -> Source:
    values: dict[str, object] = {
        "tie_id": tie_id,
        "text": BOUGHT,
        "lang": "es",
        "article_id": f"article of {tie_id}",
        "title": "Costuras",
        "url": "https://elpais.com/costuras",
        "site": "El País",
        "published": date(2024, 6, 14),
        "message_url": "https://acme.slack.com/archives/C012AB3CD/p1718441234567890",
        "user_id": "U012AB3CD",
        "posted_at": JUNE,
    }
    return Source(**(values | changes))  # type: ignore[arg-type]


def deal(**changes: object) -> Deal:
    values: dict[str, object] = {
        "id": "d1",
        "kind": TieKind.ACQUISITION,
        "source_id": MICROSOFT.id,
        "target_id": INFLECTION.id,
        "status": Status.COMPLETED,
        "amounts": (ReportedMoney(Money(Decimal(650_000_000), "USD"), ("t1",)),),
        "date": "2024-03",
        "history": (StatusStep(Status.COMPLETED, JUNE, JUNE, ("t1",)),),
        "first_seen": JUNE,
        "last_seen": JUNE,
        "confidence": 0.9,
        "tie_ids": ("t1",),
    }
    return Deal(**(values | changes))  # type: ignore[arg-type]


def deal_line(*sources: Source, **changes: object) -> DealLine:
    return DealLine(deal(**changes), MICROSOFT, INFLECTION, sources or (source(),))


def deals_answer(*lines: DealLine, **changes: object) -> DealsAnswer:
    values: dict[str, object] = {
        "companies": (MICROSOFT,),
        "filters": Filters(),
        "text": '"#1a"',
        "unfiltered_text": '"#1a"',
        "page": 0,
        "pages": 1,
        "total": len(lines),
        "unfiltered": len(lines),
        "lines": lines,
    }
    return DealsAnswer(**(values | changes))  # type: ignore[arg-type]


def change(**changes: object) -> Change:
    values: dict[str, object] = {
        "id": "c1",
        "type": ChangeType.NEW_DEAL,
        "a_id": OPENAI.id,
        "b_id": ORACLE.id,
        "kind": TieKind.SUPPLY,
        "source_id": ORACLE.id,
        "target_id": OPENAI.id,
        "deal_id": "d2",
        "status_before": None,
        "status_after": Status.ANNOUNCED,
        "level_before": None,
        "level_after": None,
        "money": Money(Decimal(10_000_000_000), "USD"),
        "money_before": None,
        "confidence": 0.9,
        "happened_at": JUNE,
        "known_at": JUNE,
        "tie_ids": ("t1",),
    }
    return Change(**(values | changes))  # type: ignore[arg-type]


PERIOD = Period("2026-W47", datetime(2026, 11, 9, 9, tzinfo=UTC), datetime(2026, 11, 16, 9, tzinfo=UTC))


def shown(message: Message) -> str:
    """All mrkdwn of a message's blocks, a line for each text."""
    parts = [part for block in message.blocks for part in (block.get("text"), *block.get("elements", ()))]
    return "\n".join(part["text"] for part in parts if part and part.get("type") == "mrkdwn")


def injected(value: object) -> list[str]:
    """Every mrkdwn text in blocks or a view in which something of HOSTILE is markup."""
    if isinstance(value, Message):
        return injected([{"type": "mrkdwn", "text": value.text}, *value.blocks])
    if isinstance(value, Mapping):
        text = str(value.get("text")) if value.get("type") == "mrkdwn" else ""
        own = [text] if any(mark in text for mark in INJECTED) else []
        return own + [found for each in value.values() for found in injected(each)]
    if isinstance(value, list | tuple):
        return [found for each in value for found in injected(each)]
    return []


def buttons(message: Message) -> dict[str, State]:
    """The labels of the buttons in rows and what they stand for."""
    rows = [block["elements"] for block in message.blocks if block["type"] == "actions"]
    stated = [each for row in rows for each in row if each["action_id"] != Action.CORRECT]
    return {each["text"]["text"]: read_state(each["value"]) for each in stated}


# --- anything ---

MARKUP = ["<!channel>", "<!here>", "<@U0EVIL>", "<#C0EVIL>", "<!subteam^S0EVIL>", "|>", "> quote"]
INJECTED = ("<@U0EVIL", "<#C0EVIL", "<!", "<http://evil.com", "<http://microsoft.com@", "<javascript:")
ENTITIES = ["<http://evil.com|Microsoft>", "&amp;", "&lt;!channel&gt;", "a & b < c > d", "{a} {b} {0}", "%s"]
FORMATS = ["*bold* _it_ ~no~ `code` ```pre```", "line\nline\r\nline", ":tada: @here #x https://evil.com", "…"]
UNSEEN = ["\u202eevil\u202c", "\u200b\u2060\ufeff", "\u3164", "\ud800", "\x00\x07", "e" + "\u0301" * 50, ""]
LONG = ["👩‍👩‍👧‍👦🏳️‍🌈🇪🇸" * 90, "&" * 4000, "<" * 4000, "x" * 4000, "á" * 3000]
HOSTILE = st.sampled_from([*MARKUP, *ENTITIES, *FORMATS, *UNSEEN, *LONG])
TEXTS = st.one_of(HOSTILE, st.text(max_size=400), st.lists(HOSTILE | st.text(max_size=20)).map(" ".join))
URLS = st.none() | st.one_of(
    st.sampled_from(
        [
            "https://elpais.com/a?b=1&c=2",
            "https://a.com|hack><!channel>",
            "javascript:alert(1)",
            "http://microsoft.com@evil.com/",
            "https://a.com/" + "é" * 900,
            "https://a.com/\u202e/x y`z`",
            "http://[::1",
            "",
        ]
    ),
    st.text(max_size=200).map("https://example.org/{}".format),
)
IDS = st.sampled_from(["t1", "t2", "t3", "t4"])
MOMENTS = st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
DATES = st.dates(date(1800, 1, 1), date(2200, 1, 1))
PARTIAL = st.none() | st.sampled_from(["2024", "2024-06", "2024-06-15"]) | st.text(max_size=30)
MONEY = st.builds(
    Money,
    st.decimals(0, 10**30, allow_nan=False, allow_infinity=False) | st.integers(0, 10**40).map(Decimal),
    st.none() | st.sampled_from(["USD", "EUR", "MXN"]) | st.text(max_size=8),
)
COMPANIES = st.builds(Company, IDS, TEXTS, st.lists(TEXTS, max_size=3).map(tuple))
SOURCES = st.builds(
    Source,
    tie_id=IDS,
    text=TEXTS,
    lang=st.none() | st.just("es"),
    article_id=IDS,
    title=st.none() | TEXTS,
    url=URLS,
    site=st.none() | TEXTS,
    published=st.none() | DATES,
    message_url=URLS,
    user_id=st.none() | st.sampled_from(["U012AB3CD", "U1><!channel>", ""]),
    posted_at=MOMENTS,
)
MANY_SOURCES = st.lists(SOURCES, max_size=5).map(tuple)
TIE_IDS = st.lists(IDS, max_size=4).map(tuple)
STEPS = st.builds(StatusStep, st.sampled_from(Status), MOMENTS, MOMENTS, TIE_IDS)
CONFIDENCES = st.floats(0, 1)
DEALS = st.builds(
    Deal,
    id=IDS,
    kind=st.sampled_from(sorted(DEAL_KINDS)),
    source_id=IDS,
    target_id=IDS,
    status=st.sampled_from(Status),
    amounts=st.lists(st.builds(ReportedMoney, MONEY, TIE_IDS), max_size=5).map(tuple),
    date=PARTIAL,
    history=st.lists(STEPS, max_size=6).map(tuple),
    first_seen=MOMENTS,
    last_seen=MOMENTS,
    confidence=CONFIDENCES,
    tie_ids=TIE_IDS,
)
DEAL_LINES = st.builds(DealLine, DEALS, COMPANIES, COMPANIES, MANY_SOURCES)
BONDS = st.builds(
    Bond,
    kind=st.sampled_from(sorted(set(TieKind) - DEAL_KINDS)),
    source_id=IDS,
    target_id=IDS,
    status=st.sampled_from(Status),
    first_seen=MOMENTS,
    last_seen=MOMENTS,
    tie_ids=TIE_IDS,
)
SUGGESTIONS = st.builds(Suggestion, TEXTS, TEXTS, TEXTS)
MANY_SUGGESTIONS = st.lists(SUGGESTIONS, max_size=8).map(tuple)
FILTERS = st.builds(
    Filters,
    st.none() | st.sampled_from(sorted(DEAL_KINDS)),
    st.none() | st.sampled_from(Status),
    st.none() | DATES,
    st.none() | DATES,
    st.none() | MONEY,
)
COUNTS = st.integers(0, 10**6)
DEALS_ANSWERS = st.builds(
    DealsAnswer,
    companies=st.lists(COMPANIES, max_size=2).map(tuple),
    filters=FILTERS,
    text=TEXTS,
    unfiltered_text=TEXTS,
    page=COUNTS,
    pages=COUNTS,
    total=COUNTS,
    unfiltered=COUNTS,
    lines=st.lists(DEAL_LINES, max_size=5).map(tuple),
    partners=MANY_SUGGESTIONS,
)
STATES = st.builds(StateLine, st.sampled_from(Level), MOMENTS, MANY_SOURCES)
RELATIONSHIP_ANSWERS = st.builds(
    RelationshipAnswer,
    a=COMPANIES,
    b=COMPANIES,
    text=TEXTS,
    level=st.none() | st.sampled_from(Level),
    states=st.lists(st.builds(StateLine, st.sampled_from(Level), MOMENTS, MANY_SOURCES), max_size=9).map(
        tuple
    ),
    deals=st.lists(DEAL_LINES, max_size=8).map(tuple),
    bonds=st.lists(st.builds(BondLine, BONDS, COMPANIES, COMPANIES, MANY_SOURCES), max_size=8).map(tuple),
    partners=MANY_SUGGESTIONS,
)
ARTICLES_ANSWERS = st.builds(
    ArticlesAnswer,
    words=TEXTS,
    page=COUNTS,
    pages=COUNTS,
    total=COUNTS,
    lines=st.lists(
        st.builds(
            ArticleLine,
            article_id=IDS,
            title=st.none() | TEXTS,
            url=URLS,
            site=st.none() | TEXTS,
            lang=st.none(),
            published=st.none() | DATES,
            message_url=URLS,
            user_id=st.none() | st.just("U012AB3CD"),
            posted_at=MOMENTS,
        ),
        max_size=10,
    ).map(tuple),
)
CHANGES = st.builds(
    Change,
    id=IDS,
    type=st.sampled_from(ChangeType),
    a_id=IDS,
    b_id=IDS,
    kind=st.none() | st.sampled_from(TieKind),
    source_id=st.none() | IDS,
    target_id=st.none() | IDS,
    deal_id=st.none(),
    status_before=st.none() | st.sampled_from(Status),
    status_after=st.none() | st.sampled_from(Status),
    level_before=st.none() | st.sampled_from(Level),
    level_after=st.none() | st.sampled_from(Level),
    money=st.none() | MONEY,
    money_before=st.none() | MONEY,
    confidence=CONFIDENCES,
    happened_at=MOMENTS,
    known_at=MOMENTS,
    tie_ids=TIE_IDS,
)
DIGEST_LINES = st.builds(
    DigestLine, st.lists(CHANGES, min_size=1, max_size=3).map(tuple), st.just(()), st.none() | IDS
)
DIGEST_ANSWERS = st.builds(
    DigestAnswer,
    st.builds(Digest, st.just(PERIOD), st.lists(DIGEST_LINES, max_size=15).map(tuple), COUNTS),
    st.dictionaries(IDS, COMPANIES),
    st.dictionaries(IDS, SOURCES),
)
TIES = st.builds(
    Tie,
    kind=st.sampled_from(TieKind),
    source=TEXTS,
    target=TEXTS,
    status=st.sampled_from(Status),
    money=st.none() | MONEY,
    date=PARTIAL,
    confidence=CONFIDENCES,
    evidence=st.builds(Evidence, TEXTS, st.integers(0, 3), st.integers(4, 5)),
    rule=st.just("rule"),
)
READING_ANSWERS = st.builds(
    ReadingAnswer,
    article_id=IDS,
    channel_id=st.just("C012AB3CD"),
    message_ts=st.just("1718441234.567890"),
    thread_ts=st.none(),
    url=URLS,
    title=st.none() | TEXTS,
    site=st.none() | TEXTS,
    published=st.none() | DATES,
    error_code=st.none() | st.sampled_from(["page_blocked", "dead_link", "no such code", "port_refused"]),
    ties=st.lists(TIES, max_size=9).map(tuple),
    known_by=st.none() | st.just("U012AB3CD"),
    known_at=st.none() | MOMENTS,
    known_url=URLS,
)
