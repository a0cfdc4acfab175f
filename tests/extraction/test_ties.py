"""What single sentences tell: kinds, directions, statuses and amounts, in three languages."""

import re
from dataclasses import replace

import pytest

from bot.extraction.mentions import Companies, Mention, MentionKind
from bot.extraction.models import Models
from bot.extraction.money import find_amounts
from bot.extraction.pipeline import find_ties
from bot.extraction.sentences import Span
from bot.extraction.ties import find_candidates
from bot.values import SYMMETRIC_KINDS, CompanyName, Tie
from tests.extraction.tie_cases import CASES, NAMES


def companies_in(text: str, names: list[str]) -> Companies:
    """The names wherever they stand: finding them is tested elsewhere."""
    mentions = sorted(
        (
            Mention(match.start(), match.end(), name, MentionKind.NAME)
            for name in names
            for match in re.finditer(rf"\b{name}\b", text)
        ),
        key=lambda m: m.start,
    )
    return Companies(tuple(CompanyName(name) for name in names), tuple(mentions))


def _told(tie: Tie) -> str:
    symmetric = tie.kind in SYMMETRIC_KINDS
    first, second = sorted((tie.source, tie.target)) if symmetric else (tie.source, tie.target)
    amount = f" {tie.money.amount:.0f}" if tie.money else ""
    return f"{tie.kind} {first} {'-' if symmetric else '>'} {second} {tie.status}{amount}"


@pytest.mark.parametrize(("lang", "text", "told"), CASES)
def test_a_sentence_tells_exactly_its_ties(
    models: Models, lang: str, text: str, told: tuple[str, ...]
) -> None:
    amounts = find_amounts(text, lang=lang)
    ties = find_ties(text, companies_in(text, NAMES), amounts, (), nlp=models.load(lang), lang=lang)
    assert {_told(tie) for tie in ties} == set(told)


def test_evidence_is_the_sentence_of_the_tie(models: Models) -> None:
    text = "Nada que ver.\n\nAlba fabrica radios. Alba compró Boreal en mayo. Fin."
    (tie,) = find_ties(text, companies_in(text, NAMES), (), (), nlp=models.load("es"), lang="es")
    assert tie.evidence.text == "Alba compró Boreal en mayo."
    assert text[tie.evidence.start : tie.evidence.end] == tie.evidence.text


def test_a_subject_left_unsaid_is_that_of_the_sentence_before(models: Models) -> None:
    text = "Alba creció mucho en 2020. Compró Boreal en mayo."
    (tie,) = find_ties(text, companies_in(text, NAMES), (), (), nlp=models.load("es"), lang="es")
    assert (tie.source, tie.target) == ("Alba", "Boreal")


def test_a_tie_told_twice_is_surer_than_one_told_once(models: Models) -> None:
    once = "Alba compró Boreal."
    twice = once + " La compra de Boreal por Alba sorprendió."
    told = [
        find_ties(text, companies_in(text, NAMES), (), (), nlp=models.load("es"), lang="es")[0]
        for text in (once, twice)
    ]
    assert told[1].confidence > told[0].confidence


def test_a_noun_for_a_company_is_less_sure_than_its_name(models: Models) -> None:
    names = ["Acme", "Globex", "Faro"]
    named, noun = (
        f"{opening} compte Globex et Faro parmi ses filiales." for opening in ("Acme", "Le groupe")
    )
    found = companies_in(noun, names)
    role = Mention(0, len("Le groupe"), "Acme", MentionKind.ROLE)
    meant = replace(found, mentions=(role, *found.mentions))
    told, hinted = (
        find_candidates(text, [(0, Span(0, len(text)))], companies, models.load("fr"), "fr")
        for text, companies in ((named, companies_in(named, names)), (noun, meant))
    )
    assert {c.target for c in told} == {c.target for c in hinted} == {"Globex", "Faro"}
    assert max(c.confidence for c in hinted) < min(c.confidence for c in told)


def test_a_turnover_is_no_price(models: Models) -> None:
    text = "Alba compró Boreal, que facturó 90 millones de euros."
    amounts = find_amounts(text, lang="es")
    (tie,) = find_ties(text, companies_in(text, NAMES), amounts, (), nlp=models.load("es"), lang="es")
    assert tie.money is None


@pytest.mark.parametrize(("spaces", "told"), [(1, 1), (29, 1), (30, 0), (900, 0)])
def test_what_stands_apart_by_wide_gaps_is_a_table(models: Models, spaces: int, told: int) -> None:
    text = f"Corvane bought{' ' * spaces}Tessel."
    companies = companies_in(text, ["Corvane", "Tessel"])
    assert len(find_ties(text, companies, (), (), nlp=models.load("en"), lang="en")) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Alba creció mucho en 2020. Fue comprada por Boreal en mayo.",
            "acquisition Boreal > Alba completed",
        ),
        ("Alba creció mucho en 2020. Será absorbida por Boreal.", "acquisition Boreal > Alba announced"),
        ("Alba creció mucho en 2020. Está respaldada por Boreal.", "investment Boreal > Alba completed"),
    ],
)
def test_the_subject_left_unsaid_of_a_passive_is_what_it_is_done_to(
    models: Models, text: str, told: str
) -> None:
    ties = find_ties(text, companies_in(text, NAMES), (), (), nlp=models.load("es"), lang="es")
    assert {_told(tie) for tie in ties} == {told}
