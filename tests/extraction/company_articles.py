"""Text -> the Docs that company finding works on."""

from collections.abc import Sequence

from spacy.tokens import Doc

from bot.extraction.models import Models


def read_article(models: Models, lang: str, text: str) -> Sequence[Doc]:
    """Parse each line that has something on it; the Doc knows where it starts in `text`."""
    nlp = models.load(lang)
    docs: list[Doc] = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            doc = nlp(line)
            doc.user_data["offset"] = at
            docs.append(doc)
        at += len(line) + 1
    return docs
