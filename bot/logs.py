"""Logging: one line an event, ids only; what others would log of tokens, texts and addresses is held back."""

import logging
import sys

# These log request bodies, SQL or full addresses at INFO.
_TOO_TALKATIVE = (
    "slack_bolt",
    "slack_sdk",
    "httpx",
    "httpcore",
    "apscheduler",
    "trafilatura",
    "waitress",
    "sqlalchemy",
)


def set_up(level: str) -> None:
    """Log to standard error from `level` on."""
    logging.basicConfig(
        level=level, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s: %(message)s", force=True
    )
    for name in _TOO_TALKATIVE:
        logging.getLogger(name).setLevel(max(logging.getLevelName(level), logging.WARNING))
    for name in ("pypdf", "htmldate", "trafilatura", "charset_normalizer"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
