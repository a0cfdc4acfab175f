"""The network's second look at two companies: at the same words without their names."""

from collections.abc import Sequence
from dataclasses import replace

from bot.extraction.candidates import Candidate
from bot.extraction.encoder.marks import MarkedText, marked_spans, masked
from bot.extraction.encoder.model import EncodedText
from bot.extraction.mentions import Companies, Mention, MentionKind
from bot.extraction.modelled import Judged
from bot.extraction.places import ByPlace
from bot.extraction.questions import Asked

# Of the first look's probability of a tie: from DOUBTED on it is looked at again, as what is less is hardly
# ever one; of two that a rule ties, only below AGREED.
DOUBTED = 0.15
AGREED = 0.9


def look_again(
    judged: Sequence[Judged], ruled: Sequence[Candidate], companies: Companies, encoded: EncodedText
) -> list[Judged]:
    """The same answers, with a second wherever the first leaves open whether the two are tied."""
    everyone = ByPlace((*companies.mentions, *companies.authority_mentions))
    held = {(c.pair, c.sentence.start) for c in ruled}
    doubtful = [
        i
        for i, j in enumerate(judged)
        if (max(j.told.classes) < AGREED if j.asked.about in held else max(j.told.classes) >= DOUBTED)
    ]
    marked = [_marked(judged[i].asked, everyone, encoded.text) for i in doubtful]
    found = list(judged)
    for i, told in zip(doubtful, encoded.model.ask_marked(marked), strict=True):
        found[i] = replace(found[i], masked=told)
    return found


def _marked(asked: Asked, everyone: ByPlace[Mention], text: str) -> MarkedText:
    """The pair's sentence and the one before it, with marks in the place of names."""
    near = [s for s in (asked.before, asked.sentence) if s is not None]
    spoken = (
        (m.start, m.end, m.company, m.kind is MentionKind.ROLE) for s in near for m in everyone.inside(s)
    )
    spans = marked_spans(spoken, first=asked.first, second=asked.second)
    return masked(text, [(s.start, s.end) for s in near], spans)
