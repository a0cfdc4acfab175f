"""A fetcher that some addresses kill with its whole process."""

import os
import signal

from bot.reading.fetch import Fetched, Fetcher

DEADLY = "deadly"  # in an address: who fetches it dies


class DeadlyFetcher(Fetcher):
    """The real fetcher, but for them."""

    def fetch(self, url: str) -> Fetched:
        """Fetch a page, or die."""
        if DEADLY in url:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().fetch(url)
