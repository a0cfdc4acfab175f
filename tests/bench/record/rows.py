"""The rows of a made-up record: of the articles, and of what follows from them as the product derives it."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from multiprocessing import get_context

from bot.names import name_key
from bot.relationships.reconcile import reconcile
from bot.values import Audience, TieKind
from storage.derived_pairs import _deal_columns
from storage.folding import fold
from storage.grams import grams_of
from storage.hashing import content_hash, hash_of, id_of
from storage.json_values import write_many, write_one
from storage.ties import tie_id_of
from tests.bench.record.world import CHANNELS, NOW, TEAM, World

Row = dict[str, object]
Rows = dict[str, list[Row]]
AT_ONCE = 5000
_VERBS = {kind: f"{kind.value} of" for kind in TieKind}


def settled(world: World) -> Rows:
    """The team, its channels and its companies."""
    channels: list[Row] = [
        {
            "team_id": TEAM,
            "channel_id": channel_id,
            "audience": Audience.PUBLIC.value,
            "capture_bots": 0,
            "digest_on": int(channel_id == CHANNELS[0]),
            "weekday": 0,
            "hour": 9,
            "minute": 0,
            "timezone": "UTC",
            "digest_since": stamp(world.posted_at(0)) if channel_id == CHANNELS[0] else None,
            "followed_only": 0,
            "sure_only": 0,
            "say_quiet": 1,
        }
        for channel_id in CHANNELS
    ]
    found: Rows = {
        "teams": [
            {"team_id": TEAM, "name": "A busy team", "url": "https://busy.example/", "bot_user_id": "UB"}
        ],
        "channels": channels,
        "companies": [],
        "company_keys": [],
        "company_grams": [],
    }
    for number in sorted({*map(int, world.a), *map(int, world.b)}):
        company = world.companies[number]
        own = {"team_id": TEAM, "audience": ""}
        aliases = json.dumps([company.alias] if company.alias else [])
        found["companies"].append(
            {**own, "id": company.id, "name": company.name, "aliases": aliases, "redefined": 0, "hidden": 0}
        )
        found["company_keys"] += [
            {**own, "key": key, "company_id": company.id, "joined": 1} for key in company.keys
        ]
        found["company_grams"] += [
            {**own, "gram": gram, "key": key, "company_id": company.id}
            for key in company.keys
            for gram in sorted(grams_of(key))
        ]
    return found


def of_articles(world: World) -> Iterator[Rows]:
    """The articles with their addresses, postings, ties and claims, some at a time."""
    for first in range(0, world.articles, AT_ONCE):
        many = min(AT_ONCE, world.articles - first)
        found: Rows = {
            name: []
            for name in ("articles", "article_urls", "postings", "ties", "claims", "company_articles")
        }
        for number, words in enumerate(world.words_of(first, many), first):
            _add_article(world, number, words, found)
        yield found


def of_pairs(world: World, processes: int) -> Iterator[Rows]:
    """The pairs with their deals and changes, as `reconcile` makes them, some at a time."""
    parts = [range(first, min(first + 500, world.pairs)) for first in range(0, world.pairs, 500)]
    if processes < 2:
        yield from (_pairs(world, part) for part in parts)
        return
    # Forked, the children have the world without its being copied.
    with get_context("fork").Pool(processes, initializer=_adopt, initargs=(world,)) as pool:
        yield from pool.imap(_pairs_of_adopted, parts)


def stamp(moment: datetime) -> str:
    """A time as SQLite keeps it."""
    return f"{moment:%Y-%m-%d %H:%M:%S.%f}"


_adopted: list[World] = []


def _adopt(world: World) -> None:
    _adopted.append(world)


def _pairs_of_adopted(part: Iterable[int]) -> Rows:
    return _pairs(_adopted[0], part)


def _add_article(world: World, number: int, words: str, found: Rows) -> None:
    article_id, posted_at = world.article_id(number), stamp(world.posted_at(number))
    said = world.said_in(number)
    title = f"{said[0][1].source} {said[0][1].kind.value}" if said else f"Number {number}"
    sentences = " ".join(tie.evidence.text for _number, tie in said)
    text = f"{sentences} {words}."
    own = {"team_id": TEAM, "article_id": article_id}
    url, channel_id, message_ts = world.url(number), CHANNELS[number % len(CHANNELS)], message(world, number)
    found["articles"].append(
        {
            "team_id": TEAM,
            "id": article_id,
            "state": "read",
            "url": url,
            "content_hash": content_hash(text),
            "title": title,
            "site": "news.example",
            "lang": "en",
            "published": posted_at[:10],
            "text": text,
            "folded": f"{fold(f'{title} {sentences}')} {words} ",
            "saved_at": posted_at,
        }
    )
    found["article_urls"].append({**own, "url_hash": hash_of(url), "url": url})
    found["postings"].append(
        {
            **own,
            "id": id_of("posting", channel_id, message_ts, article_id),
            "channel_id": channel_id,
            "message_ts": message_ts,
            "user_id": f"U{number % 300}",
            "posted_at": posted_at,
            "by_link": 1,
            "telling": "told",
        }
    )
    for _tie, tie in said:
        found["ties"].append(
            {
                **own,
                "id": tie_id_of(article_id, tie),
                "kind": tie.kind.value,
                "source": tie.source,
                "target": tie.target,
                "source_key": name_key(tie.source),
                "target_key": name_key(tie.target),
                "status": tie.status.value,
                "amount": str(tie.money.amount) if tie.money else None,
                "currency": tie.money.currency if tie.money else None,
                "date": tie.date,
                "confidence": tie.confidence,
                "evidence": tie.evidence.text,
                "evidence_start": tie.evidence.start,
                "evidence_end": tie.evidence.end,
                "rule": tie.rule,
            }
        )
    for end in sorted({end for tie, _made in said for end in world.ends_of(tie)}):
        company = world.companies[end]
        found["company_articles"].append({**own, "audience": "", "company_id": company.id})
        found["claims"] += [
            {**own, "name": company.name, "form": form, "key": name_key(form)}
            for form in (company.name, company.alias)
            if form
        ]


def message(world: World, number: int) -> str:
    """The ts of the message that shares an article."""
    return f"{world.posted_at(number).timestamp():.6f}"


def _pairs(world: World, part: Iterable[int]) -> Rows:
    found: Rows = {"pairs": [], "deals": [], "changes": []}
    for pair in part:
        a, b = (world.companies[int(end)].id for end in (world.a[pair], world.b[pair]))
        record = reconcile(a, b, world.reports(pair))
        own = {"team_id": TEAM, "audience": "", "a_id": record.a_id, "b_id": record.b_id}
        found["pairs"].append({**own, "bonds": write_many(record.bonds), "states": write_many(record.states)})
        for position, deal in enumerate(record.deals):
            columns = {name: _plain(value) for name, value in _deal_columns(deal).items()}
            found["deals"].append({**own, "position": position, **columns})
        found["changes"] += [
            {
                **own,
                "position": position,
                "id": change.id,
                "known_at": stamp(change.known_at),
                "record": write_one(change),
            }
            for position, change in enumerate(record.changes)
        ]
    return found


def _plain(value: object) -> object:
    return value.isoformat() if hasattr(value, "isoformat") else getattr(value, "value", value)


def told_long_ago(rows: Iterable[tuple[str, str]], channel_id: str) -> Iterator[Row]:
    """What the digests of a channel told: of each week before the last, given (change, time), forty."""
    last_week = stamp(NOW)[:10]
    told: dict[str, int] = {}
    for change_id, known_at in rows:
        week = known_at[:10]
        told[week] = told.get(week, 0) + 1
        if week < last_week and told[week] <= 6:  # a day
            yield {"team_id": TEAM, "channel_id": channel_id, "change_id": change_id, "told_at": known_at}
