"""How long a workspace waits for its one link while another has posted thousands: `make bench-fair`.

The small workspace posts a link in Slack, as a signed event, and waits until Seams has marked it as saved.
"""

import argparse
import logging
import statistics
import time
from collections.abc import Iterator, Sequence

from bot.capacity import default_readers
from bot.services.capture import capture_message
from tests.bench.press import Press
from tests.bench.workshop import Workshop, databases, message, open_workshop, printed

FLOODED = "C0FLOOD"
PAGES = 600  # more are never reached
LINKS_IN_MESSAGE = 5
WARM = 6
GOAL = 10.0  # seconds more than without
PATIENCE = 300.0
SLOW = 10.0  # seconds that a page of a slow site takes


def main() -> None:
    """Print the small workspace's waits: alone, beside a flood, beside a flood of links to a slow site."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--links", type=int, default=10_000, help="that the other workspace posts")
    parser.add_argument("--posts", type=int, default=10, help="of the small workspace, each time")
    asked = parser.parse_args()
    logging.disable(logging.ERROR)  # the flooding workspaces have no Slack, and can't be told
    stories = [story.path for story in Press(PAGES).stories]
    with databases() as urls, printed(PAGES) as site, printed(PAGES, seconds=SLOW) as slow_site:
        allow = ",".join(address.removeprefix("http://") for address in (site, slow_site))
        for name, url in urls.items():
            with open_workshop(url, fetch_allow=allow, readers=default_readers()) as workshop:
                links = iter([site + path for path in reversed(stories)])
                _waits(workshop, links, WARM)
                alone = _waits(workshop, links, asked.posts)
                print(f"{name}, alone: {_told(alone)}", flush=True)  # noqa: T201
                for team_id, kind, address in (("QUICK", "", site), ("SLOW", " to a slow site", slow_site)):
                    _flood(workshop, team_id, [address + path for path in stories], asked.links)
                    beside = _waits(workshop, links, asked.posts)
                    more = max(beside) - statistics.median(alone)
                    print(  # noqa: T201
                        f"{name}, beside {asked.links} links{kind}: {_told(beside)}; "
                        f"at most {more:.1f} s more than alone (goal {GOAL:.0f}); "
                        f"{workshop.count_read(team_id)} of them read meanwhile",
                        flush=True,
                    )


def _flood(workshop: Workshop, team_id: str, links: Sequence[str], count: int) -> None:
    """Have a workspace post `count` links, five a message; each of them is another address."""
    workshop.open_team(team_id)
    every = [f"{links[i % len(links)]}?copy={i}" for i in range(count)]
    for number, at in enumerate(range(0, count, LINKS_IN_MESSAGE)):
        shared = message(team_id, FLOODED, number, every[at : at + LINKS_IN_MESSAGE])
        capture_message(workshop.services, f"flood-{number}", shared)


def _waits(workshop: Workshop, links: Iterator[str], count: int) -> list[float]:
    """Post a link after the other; the seconds that each took."""
    waits = []
    for _ in range(count):
        start = time.perf_counter()
        ts = workshop.slack.post(workshop.channel_id, workshop.poster, next(links))
        if not workshop.workspace.wait(lambda ts=ts: _is_saved(workshop, ts), PATIENCE):  # type: ignore[misc]
            raise SystemExit("a link was not read in time")
        waits.append(time.perf_counter() - start)
    return waits


def _is_saved(workshop: Workshop, ts: str) -> bool:
    return bool(workshop.workspace.message(workshop.channel_id, ts).reactions)


def _told(waits: Sequence[float]) -> str:
    return f"median {statistics.median(waits):.1f} s, longest {max(waits):.1f} s"


if __name__ == "__main__":
    main()
