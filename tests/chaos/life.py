"""People at work in the stand-in workspace, and the book that is kept of what Seams acknowledged."""

import random
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

from bot.console import payloads
from bot.console.delivery import Ack, Carry, Envelope, deliver_event
from bot.console.news import NewsServer
from bot.console.sender import Slack
from bot.console.values import Json
from bot.console.workspace import Workspace
from bot.digest.schedule import Schedule
from bot.digest.watching import Tier
from storage import channels, watches
from storage.engine import Session
from storage.watches import Named, ReaderSettings
from tests.chaos import reading, timing
from tests.chaos.deadly import DEADLY

WAITS = (0.3, 1.0, 3.0)  # Slack's three retries, sooner
FOLLOWED = "Alva"
FILLER = (
    "The companies said so on Monday in a statement that named no further conditions.\n"
    "Analysts had expected the step since the spring, when both firms began to speak with each other.\n"
    "Neither side would say when the next announcement is to be made, or who is to lead the work.\n"
)


@dataclass
class Posted:
    """A message and what Seams must know of it: the links that count, and whether that is certain.

    It is uncertain once an event was refused to the end: it may have been kept, but was not acknowledged.
    """

    channel: str
    ts: str
    links: tuple[str, ...] = ()
    certain: bool = True
    deleted: bool = False


@dataclass
class Book:
    """What was posted and acknowledged. Each message is changed by one thread at a time."""

    posted: list[Posted] = field(default_factory=list)
    poisonous: set[str] = field(default_factory=set)  # addresses
    acks: Counter[str] = field(default_factory=Counter)
    taken_without_database: int = 0


class Life:
    """A few people who post, edit, delete and ask until told to stop."""

    def __init__(
        self, workspace: Workspace, carry: Carry, server_url: str, news: NewsServer, rng: random.Random
    ) -> None:
        """Everybody works in channels of their own; what they do depends on `rng` alone."""
        self.workspace, self.news, self.book = workspace, news, Book()
        self._carry, self._server_url, self._rng = carry, server_url, rng
        self._numbers = count(1)
        self._lock = threading.Lock()
        self._past: list[Json] = []
        self._stop = threading.Event()
        self.database_is_down = threading.Event()
        people = [workspace.add_user(name, timezone="UTC") for name in ("ana", "tom", "lucia")]
        everybody = [*people, workspace.bot_user]
        self.channels = [workspace.add_channel(f"news-{n}", members=everybody) for n in range(3)]
        self.digests = [workspace.add_channel(f"digest-{n}", members=everybody) for n in range(3)]
        self.watchers = [workspace.add_channel(f"watch-{n}", members=everybody) for n in range(2)]
        self.slack = Slack(workspace, carry, server_url=server_url, waits=())
        self._threads = [
            threading.Thread(target=self._live, args=(who, channel, random.Random(rng.random())))
            for who, channel in zip(("ana", "tom", "lucia"), self.channels, strict=True)
        ]

    def prepare(self, session: Session, due: Sequence[timedelta]) -> None:
        """Let digests be due so long from now, and watches wait for what is followed."""
        team_id, now = self.workspace.team_id, timing.now()
        ana = self.workspace.user("ana").id
        for channel, wait in zip(self.digests, due, strict=True):
            at = now + wait
            schedule = Schedule(at.weekday(), at.hour, at.minute, "UTC")
            channels.set_digest(
                session, team_id=team_id, channel_id=channel, on=True, schedule=schedule, now=now, user_id=ana
            )
        for channel in self.watchers:
            reader = {"team_id": team_id, "reader_id": channel}
            named = [Named(FOLLOWED, FOLLOWED.lower())]
            watches.follow(session, **reader, named=named, tier=Tier.NOW, user_id=ana, now=now)
            watches.set_reader(session, **reader, settings=ReaderSettings(cap=1000))

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def poison(self) -> None:
        """Somebody posts an article of each kind that breaks its reader, and one that kills its worker."""
        for what in reading.POISONS:
            url = self._publish(f"{what}\n{what} stands in this text.\n{FILLER}")
            self.book.poisonous.add(url)
            self._post(self.digests[0], "ana", url)
        url = self.news.publish_file(f"{DEADLY}.html", b"<p>Nobody lives to read it.</p>")
        self.book.poisonous.add(url)
        self._post(self.digests[0], "ana", url)

    def _live(self, who: str, channel: str, rng: random.Random) -> None:
        mine: list[Posted] = []
        while not self._stop.is_set():
            standing = [each for each in mine if not each.deleted]
            deed = rng.random()
            if deed < 0.5 or not standing:
                links = [self._article(rng) for _ in range(rng.choice((1, 1, 1, 2)))]
                mine.append(self._post(channel, who, *links))
            elif deed < 0.62:
                self._edit(rng.choice(standing), self._article(rng))
            elif deed < 0.72:
                self._delete(rng.choice(standing))
            elif deed < 0.82:
                self._repeat(rng)
            elif deed < 0.9:
                self._post(channel, who, *rng.choice(standing).links)  # a link that was posted before
            else:
                ack = self.slack.command(who, channel, "/deals", FOLLOWED)
                self.book.acks["command" if ack.ok else "command refused"] += 1
            time.sleep(rng.uniform(0.05, 0.5))

    def _article(self, rng: random.Random) -> str:
        number = next(self._numbers)
        source = FOLLOWED if rng.random() < 0.3 else f"Brio{rng.randrange(12)}"
        verb = rng.choice(("acquired", "supplies"))
        deal = f"{source} {verb} Cadmo{number} for ${rng.randrange(10, 900)} million."
        return self._publish(f"News of {source}, number {number}\n{deal}\n{FILLER}")

    def _publish(self, text: str) -> str:
        with self._lock:
            return self.news.publish_text(text)

    def _post(self, channel: str, who: str, *links: str) -> Posted:
        message = self.workspace.post(channel, who, " ".join(f"<{link}>" for link in links))
        posted = Posted(channel, message.ts, tuple(dict.fromkeys(links)))
        with self._lock:
            self.book.posted.append(posted)
        self._tell(posted, payloads.message_event(self.workspace, message))
        return posted

    def _edit(self, posted: Posted, link: str) -> None:
        old = self.workspace.message(posted.channel, posted.ts)
        posted.links = (link,)
        new = self.workspace.edit(posted.channel, posted.ts, text=f"<{link}>")
        self._tell(posted, payloads.message_changed(self.workspace, new, old))

    def _delete(self, posted: Posted) -> None:
        old = self.workspace.remove(posted.channel, posted.ts)
        posted.links, posted.deleted = (), True
        self._tell(posted, payloads.message_deleted(self.workspace, old))

    def _repeat(self, rng: random.Random) -> None:
        """Slack sends an old event once more."""
        with self._lock:
            old = rng.choice(self._past) if self._past else None
        if old is not None:
            self._deliver(old)
            self.book.acks["repeated"] += 1

    def _tell(self, posted: Posted, event: Json) -> None:
        payload = payloads.event_callback(self.workspace, event, self.workspace.new_id("Ev"))
        if self._deliver(payload):
            with self._lock:
                self._past.append(payload)
        else:
            posted.certain = False

    def _deliver(self, payload: Json) -> bool:
        acks = deliver_event(self._carry_event, payload, waits=WAITS, sleep=time.sleep)
        self.book.acks["event" if acks[-1].ok else "event refused"] += 1
        self.book.acks["retry"] += len(acks) - 1
        return acks[-1].ok

    def _carry_event(self, envelope: Envelope, payload: Json, extra: Mapping[str, str]) -> Ack:
        was_down = self.database_is_down.is_set()
        ack = self._carry(envelope, payload, extra)
        if was_down and self.database_is_down.is_set() and ack.ok:
            self.book.taken_without_database += 1
        return ack
