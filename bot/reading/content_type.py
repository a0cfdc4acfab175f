"""The Content-Type header, taken apart."""

from email.message import Message


def media_type(content_type: str) -> str:
    """The bare type in lower case: "text/html"."""
    return content_type.partition(";")[0].strip().lower()


def charset_of(content_type: str) -> str | None:
    """The charset parameter, if any."""
    header = Message()
    header["content-type"] = content_type.replace("\n", " ").replace("\r", " ")
    charset = header.get_param("charset")
    return charset.strip().strip("'\"") or None if isinstance(charset, str) else None
