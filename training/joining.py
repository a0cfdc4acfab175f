"""Short passages one behind the other: windows as full as an article has, of companies that are strangers."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from training.corpus import Passage, Sentence, Stated

SHORT = 4  # sentences
JOINED = 0.6  # the share of the short ones that are joined with others
TOGETHER = (2, 3, 4)


def with_joined(passages: Iterable[Passage], rng: random.Random) -> Iterator[Passage]:
    """The passages, most of the short ones joined with others of their language."""
    waiting: dict[str, list[Passage]] = {}
    for passage in passages:
        if passage.whole and len(passage.sentences) <= SHORT and rng.random() < JOINED:
            waiting.setdefault(passage.lang, []).append(passage)
        else:
            yield passage
    for some in waiting.values():
        at = 0
        while at < len(some):
            count = rng.choice(TOGETHER)
            yield joined(some[at : at + count])
            at += count


def joined(passages: Sequence[Passage]) -> Passage:
    """Passages of one language as one; what each calls its companies is kept apart."""
    sentences: list[Sentence] = []
    ties: list[Stated] = []
    for number, passage in enumerate(passages):
        ties += [
            replace(
                tie,
                source=f"{number}.{tie.source}",
                target=f"{number}.{tie.target}",
                sentence=tie.sentence + len(sentences),
            )
            for tie in passage.ties
        ]
        sentences += [_of(number, sentence) for sentence in passage.sentences]
    return Passage(passages[0].lang, tuple(sentences), tuple(ties))


def _of(number: int, sentence: Sentence) -> Sentence:
    mentions = (replace(m, company=f"{number}.{m.company}") for m in sentence.mentions)
    return replace(sentence, mentions=tuple(mentions))
