"""Which two companies the network is asked about, and where."""

import re
from collections.abc import Sequence

from bot.extraction.mentions import Companies, Mention, MentionKind
from bot.extraction.questions import MAX_PAIRS, SPOKEN_OF_MOST, Asked, questions
from bot.extraction.sentences import Span
from bot.values import CompanyName

NAMES = re.compile(r"\b(?:Aldea|Bruma|Cima|Dorna|Tribune|Firm\w\w)\b")


def _asked(
    sentences: Sequence[str], *, nouns: Sequence[str] = (), authorities: Sequence[str] = ()
) -> list[Asked]:
    """`nouns` are words that stand for Aldea."""
    text = " ".join(sentences)
    spans: list[Span] = []
    for sentence in sentences:
        start = spans[-1].end + 1 if spans else 0
        spans.append(Span(start, start + len(sentence)))
    found = [Mention(m.start(), m.end(), m[0], MentionKind.NAME) for m in NAMES.finditer(text)]
    found += [
        Mention(m.start(), m.end(), "Aldea", MentionKind.ROLE)
        for noun in nouns
        for m in re.finditer(rf"\b{noun}\b", text)
    ]
    mine = tuple(sorted((m for m in found if m.company not in authorities), key=lambda m: m.start))
    named = tuple(CompanyName(n) for n in dict.fromkeys(m.company for m in mine))
    acting = tuple(m for m in found if m.company in authorities)
    companies = Companies(
        names=named,
        mentions=mine,
        authorities=tuple(CompanyName(n) for n in authorities),
        authority_mentions=acting,
    )
    return list(questions([(0, s) for s in spans], companies))


def _pairs(asked: Sequence[Asked], *, far: bool | None = None) -> list[tuple[str, str]]:
    return [(a.first, a.second) for a in asked if far is None or a.far is far]


def test_two_of_a_sentence_and_two_of_neighbours_are_asked_about() -> None:
    asked = _asked(["Aldea buys Bruma.", "It also runs Cima."])
    assert _pairs(asked) == [("Aldea", "Bruma"), ("Aldea", "Cima"), ("Bruma", "Cima")]


def test_a_company_often_named_further_up_is_asked_about() -> None:
    asked = _asked(["Aldea sank.", "So will Aldea again.", "Nobody knows.", "It also owed Cima money."])
    assert _pairs(asked) == [("Aldea", "Cima")]
    assert asked[0].rule == "model.far"


def test_where_it_was_named_last_is_read_with_the_sentence() -> None:
    asked = _asked(["Aldea sank.", "So will Aldea again.", "Nobody knows.", "It also owed Cima money."])
    (question,) = asked
    assert question.before == Span(12, 32)


def test_of_many_further_up_only_those_named_most_are_asked_about() -> None:
    asked = _asked(
        ["Aldea and Bruma and Cima fell.", "Bruma and Cima fell again.", "Nobody knows.", "Dorna rose."]
    )
    assert SPOKEN_OF_MOST == 2
    assert _pairs(asked, far=True) == [("Bruma", "Dorna"), ("Cima", "Dorna")]


def test_a_company_that_a_noun_stands_for_in_the_sentence_is_not_asked_about_from_further_up() -> None:
    asked = _asked(["Aldea sank.", "Nobody knows.", "The lender owed Cima money."], nouns=["lender"])
    assert [(a.first, a.second, a.far, a.role) for a in asked] == [("Aldea", "Cima", False, True)]


def test_an_authority_is_not_asked_about_from_further_up() -> None:
    sentences = ["Tribune spoke.", "Nobody heard Tribune.", "Nobody.", "Cima rose."]
    assert _asked(sentences, authorities=["Tribune"]) == []


def test_a_crowd_in_one_sentence_is_not_all_asked_about_from_further_up() -> None:
    crowd = " and ".join(f"Firm{chr(97 + i // 26)}{chr(97 + i % 26)}" for i in range(60))
    asked = _asked(["Aldea sank.", "Nobody knows.", f"{crowd} rose."])
    assert len(_pairs(asked, far=True)) == MAX_PAIRS // SPOKEN_OF_MOST
