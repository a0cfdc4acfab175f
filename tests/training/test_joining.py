"""Short passages are joined to what looks like an article."""

import random

from training.corpus import Mention, Passage, Sentence, Stated
from training.joining import JOINED, SHORT, joined, with_joined


def _passage(lang: str = "en", sentences: int = 1, *, whole: bool = True) -> Passage:
    one = Sentence("Aldea bought Bruma.", (Mention(0, 5, "A"), Mention(13, 18, "B")))
    tie = Stated("acquisition", "completed", "A", "B", 0)
    return Passage(lang, (one,) * sentences, (tie,), whole)


def test_companies_of_different_passages_are_kept_apart() -> None:
    made = joined([_passage(), _passage()])
    assert [m.company for s in made.sentences for m in s.mentions] == ["0.A", "0.B", "1.A", "1.B"]


def test_ties_are_told_where_their_sentences_now_stand() -> None:
    made = joined([_passage(sentences=2), _passage()])
    assert [(t.source, t.target, t.sentence) for t in made.ties] == [("0.A", "0.B", 0), ("1.A", "1.B", 2)]


def test_no_passage_is_lost_and_most_short_ones_are_joined() -> None:
    made = list(with_joined([_passage() for _ in range(500)], random.Random(3)))
    assert sum(len(p.ties) for p in made) == 500
    alone = sum(len(p.ties) == 1 for p in made)
    assert abs(alone - 500 * (1 - JOINED)) < 50


def test_languages_are_not_mixed() -> None:
    passages = [_passage("en" if i % 2 else "es") for i in range(100)]
    made = with_joined(passages, random.Random(3))
    assert sum(len(p.ties) for p in made if p.lang == "es") == 50


def test_long_passages_and_those_not_wholly_labelled_stand_alone() -> None:
    passages = [_passage(sentences=SHORT + 1)] * 50 + [_passage(whole=False)] * 50
    assert list(with_joined(passages, random.Random(3))) == passages
