"""The same public page, posted in many workspaces, is fetched and read once.

A reading is found only by who names the page's very address, and says what our own fetch brought from there,
so a workspace learns nothing from it but what the page says to everybody. What was pasted or uploaded, and
what stands on hosts that only this host reaches, never gets here.
"""

from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime, timedelta
from threading import Lock

from bot.readings import Reading
from bot.services.ports import ReadArticle
from bot.values import Extraction, Page
from storage import readings
from storage.engine import Engine, snapshot, transaction


class SharedReader:
    """An article reader that keeps readings of public pages for `keep`, and gives them to whoever asks again.

    Who asks in this process while the page is being read waits for that reading. Two processes may read the
    same page at the same moment: to have them wait for each other would cost more than it saves.
    """

    def __init__(
        self,
        first: ReadArticle,
        engine: Engine,
        *,
        version: str,
        keep: timedelta,
        now: Callable[[], datetime],
    ) -> None:
        """`version` is the reader's: of another one no reading is taken."""
        self._first = first
        self._engine = engine
        self._version = version
        self._keep = keep
        self._now = now
        self._lock = Lock()
        self._under_way: dict[str, Future[Reading]] = {}

    def read(self, url: str, *, team_id: str) -> Reading:
        """What the page at a canonical address says; raises ReadingError."""
        with self._lock:
            mine = url not in self._under_way
            flight = self._under_way.setdefault(url, Future())
        if not mine:
            return flight.result()
        try:
            reading = self._found(url) or self._read(url, team_id)
        except BaseException as error:
            flight.set_exception(error)
            raise
        else:
            flight.set_result(reading)
            return reading
        finally:
            with self._lock:
                del self._under_way[url]

    def parse(self, body: bytes, *, content_type: str, filename: str | None) -> Page:
        """As the first reader; nothing is kept."""
        return self._first.parse(body, content_type=content_type, filename=filename)

    def extract(self, page: Page, *, team_id: str) -> Extraction:
        """As the first reader; nothing is kept."""
        return self._first.extract(page, team_id=team_id)

    def _found(self, url: str) -> Reading | None:
        since = self._now() - self._keep
        with snapshot(self._engine) as session:
            return readings.find_reading(session, url=url, version=self._version, since=since)

    def _read(self, url: str, team_id: str) -> Reading:
        reading = self._first.read(url, team_id=team_id)
        if reading.public:
            with transaction(self._engine) as session:
                readings.keep_reading(session, reading, url=url, version=self._version, now=self._now())
        return reading
