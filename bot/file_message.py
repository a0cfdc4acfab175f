"""A file on its way to a channel."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMessage:
    """A file to post: `comment` is the message's mrkdwn, `alt_text` says in words what a picture shows."""

    filename: str
    title: str
    content: bytes
    comment: str
    alt_text: str = ""
