"""Nouns that the tagger found, held against the companies named before them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import pytest

from bot.extraction.company_role_words import role_words
from bot.extraction.encoder.classes import CLASSES
from bot.extraction.encoder.model import EncodedText, Question, Told
from bot.extraction.encoder.names import NameSpan
from bot.extraction.known import KnownCompanies
from bot.extraction.mentions import Companies, Mention, MentionKind
from bot.extraction.modelled_roles import with_roles
from bot.extraction.role_traits import RoleTraits
from bot.extraction.sentences import Span
from bot.values import CompanyName, Status


@dataclass
class _Answers:
    """Stands in for the network: how likely any noun is each company, by the company's first name."""

    text: str
    same: Mapping[str, float]

    def ask(self, questions: Sequence[Question]) -> list[Told | None]:
        first = (self.text[slice(*q.first[0])] for q in questions)
        return [
            Told((0.0,) * len(CLASSES), self.same.get(name, 0.0), Status.COMPLETED, 0.5) for name in first
        ]


def _resolved(
    text: str, lang: str, same: Mapping[str, float], *nouns: str, ruled: str = ""
) -> list[tuple[str, str]]:
    """The nouns and their companies; `same` names the companies, `ruled` is what the rules made of a noun."""
    mentions = [
        Mention(at, at + len(name), name, MentionKind.NAME) for name in same for at in _places(text, name)
    ]
    spans = [NameSpan(at, at + len(noun), 0.9, role=True) for noun in nouns for at in _places(text, noun)]
    if ruled:
        mentions.append(Mention(spans[0].start, spans[0].end, ruled, MentionKind.ROLE))
    companies = Companies(tuple(CompanyName(n) for n in same), tuple(sorted(mentions, key=lambda m: m.start)))
    ends = [i + 1 for i, c in enumerate(text) if c == "."]
    sentences = [Span(a, b) for a, b in zip([0, *(e + 1 for e in ends)], ends, strict=False)]
    lexicon = role_words(lang)
    assert lexicon is not None
    names = [m for m in mentions if m.kind is MentionKind.NAME]
    traits = RoleTraits(text, names, KnownCompanies.load(), lexicon)
    found = with_roles(companies, spans, sentences, cast(EncodedText, _Answers(text, same)), traits)
    return [(text[m.start : m.end], m.company) for m in found.mentions if m.kind is MentionKind.ROLE]


def _places(text: str, part: str) -> list[int]:
    return [i for i in range(len(text)) if text.startswith(part, i)]


def test_a_noun_stands_for_the_company_it_most_likely_means() -> None:
    text = "Aldea compra Bruma. La firma es rival de Cima."
    assert _resolved(text, "es", {"Aldea": 0.7, "Bruma": 0.9, "Cima": 0.0}, "La firma") == [
        ("La firma", "Bruma")
    ]


def test_a_noun_that_may_mean_nobody_stands_for_nobody() -> None:
    text = "Aldea compra Bruma. La firma es rival de Cima."
    assert _resolved(text, "es", {"Aldea": 0.3, "Bruma": 0.0}, "La firma") == []


def test_a_noun_that_is_a_name_stays_one() -> None:
    assert _resolved("Aldea compra Bruma.", "es", {"Aldea": 0.9, "Bruma": 0.9}, "Aldea") == []


@pytest.mark.parametrize(
    ("lang", "text", "noun", "told"),
    [
        ("es", "Aldea creció. Ayer Bruma valoró la compañía.", "la compañía", "Aldea"),
        ("es", "Aldea creció. Bruma, que salvó la compañía, calla.", "la compañía", "Aldea"),
        ("es", "Aldea creció. Bruma acusó a la compañía.", "la compañía", "Aldea"),
        ("en", "Aldea grew. Bruma has bought the company.", "the company", "Aldea"),
        ("fr", "Aldea grandit. Bruma a racheté la société.", "la société", "Aldea"),
        ("en", "Aldea grew. Bruma said the company lost money.", "the company", "Bruma"),
        ("en", "Aldea grew. The head of Bruma left the company.", "the company", "Bruma"),
        ("es", "Aldea creció. Bruma dijo que la compañía crece.", "la compañía", "Bruma"),
    ],
)
def test_who_does_something_to_a_company_is_another(lang: str, text: str, noun: str, told: str) -> None:
    assert _resolved(text, lang, {"Aldea": 0.6, "Bruma": 0.9}, noun) == [(noun, told)]


@pytest.mark.parametrize(
    ("lang", "text", "noun", "told"),
    [
        ("es", "La belga Aldea habló con la sueca Bruma. La sueca calla.", "La sueca", "Bruma"),
        ("en", "The retailer Bruma met lender Aldea. The retailer fell.", "The retailer", "Bruma"),
        ("fr", "La brasserie Bruma discute avec Aldea. La brasserie vend.", "La brasserie", "Bruma"),
        ("es", "Aldea habló con Bruma. La sueca calla.", "La sueca", "Aldea"),
    ],
)
def test_what_the_article_says_of_a_company_decides(lang: str, text: str, noun: str, told: str) -> None:
    """The text says which of them the noun fits; of the last one it says nothing."""
    assert (noun, told) in _resolved(text, lang, {"Aldea": 0.8, "Bruma": 0.4}, noun)


def test_a_company_of_another_country_is_hardly_meant() -> None:
    text = "La belga Aldea creció. La sueca calla."
    assert _resolved(text, "es", {"Aldea": 0.7}, "La sueca") == []
    assert _resolved(text, "es", {"Aldea": 0.95}, "La sueca") == [("La sueca", "Aldea")]


def test_the_group_is_the_one_that_is_called_so() -> None:
    text = "En rejoignant Cima Group, Aldea change. Le groupe compte dix usines."
    same = {"Aldea": 0.9, "Cima Group": 0.1}
    assert _resolved(text, "fr", same, "Le groupe") == [("Le groupe", "Cima Group")]
    assert _resolved(text.replace("Le groupe", "La firme"), "fr", same, "La firme") == [("La firme", "Aldea")]


def test_of_two_that_are_as_likely_none_is_taken_unless_the_rules_agree() -> None:
    text = "Aldea habló con Bruma. La firma calla."
    same = {"Aldea": 0.7, "Bruma": 0.65}
    assert _resolved(text, "es", same, "La firma") == []
    assert _resolved(text, "es", same, "La firma", ruled="Aldea") == [("La firma", "Aldea")]
    assert _resolved(text, "es", same | {"Bruma": 0.5}, "La firma") == [("La firma", "Aldea")]


def test_what_the_network_denies_the_rules_do_not_keep() -> None:
    text = "Aldea habló con Bruma. La firma calla."
    assert _resolved(text, "es", {"Aldea": 0.1, "Bruma": 0.3}, "La firma", ruled="Aldea") == []
    assert _resolved(text, "es", {"Aldea": 0.3, "Bruma": 0.1}, "La firma", ruled="Aldea") == [
        ("La firma", "Aldea")
    ]


def test_a_noun_beside_a_name_stands_for_no_other() -> None:
    text = "Aldea creció. La firma Bruma calla."
    assert _resolved(text, "es", {"Aldea": 0.9, "Bruma": 0.4}, "La firma") == []


def test_pieces_of_one_noun_are_joined_and_lone_prepositions_dropped() -> None:
    text = "Aldea grandit. Hier l’entreprise a vendu une usine du quartier."
    assert _resolved(text, "fr", {"Aldea": 0.9}, "l", "entreprise", "du")[-1] == ("l’entreprise", "Aldea")
    assert all(noun != "du" for noun, _ in _resolved(text, "fr", {"Aldea": 0.9}, "du"))


def test_a_contracted_article_is_no_part_of_the_noun() -> None:
    text = "Aldea creció. Hablan fuentes del grupo."
    assert _resolved(text, "es", {"Aldea": 0.9}, "del grupo") == [("grupo", "Aldea")]
