"""How sure a clause is of its tie, and what it does not say at all."""

import pytest

from bot.extraction.mentions import Companies, Mention, MentionKind
from bot.extraction.models import Models
from bot.extraction.pipeline import find_ties
from bot.values import CompanyName, Status


def _status(models: Models, lang: str, text: str) -> Status | None:
    names = ("Alba", "Boreal")
    mentions = tuple(
        Mention(text.index(name), text.index(name) + len(name), name, MentionKind.NAME) for name in names
    )
    companies = Companies(tuple(map(CompanyName, names)), tuple(sorted(mentions, key=lambda m: m.start)))
    ties = find_ties(text, companies, (), (), nlp=models.load(lang), lang=lang)
    return ties[0].status if ties else None


@pytest.mark.parametrize(
    ("lang", "text", "status"),
    [
        ("es", "Alba podría comprar Boreal.", Status.RUMORED),
        ("es", "Alba compraría Boreal.", Status.RUMORED),
        ("es", "Alba quiere comprar Boreal, según fuentes.", Status.RUMORED),
        ("es", "Alba comprará Boreal.", Status.ANNOUNCED),
        ("es", "Alba va a comprar Boreal.", Status.ANNOUNCED),
        ("es", "Alba ha acordado comprar Boreal.", Status.ANNOUNCED),
        ("es", "Alba ha comprado Boreal.", Status.COMPLETED),
        ("es", "Tras comprar Boreal, Alba creció.", Status.COMPLETED),
        ("es", "Alba canceló la compra de Boreal.", Status.ENDED),
        ("es", "Alba desmintió que vaya a comprar Boreal.", Status.DENIED),
        ("en", "Alba might buy Boreal.", Status.RUMORED),
        ("en", "Alba said it would buy Boreal.", Status.ANNOUNCED),
        ("en", "Alba is buying Boreal.", Status.ANNOUNCED),
        ("en", "Alba has bought Boreal.", Status.COMPLETED),
        ("en", "Boreal is to be bought by Alba.", Status.ANNOUNCED),
        ("en", "Boreal is to be acquired by Alba for $2 billion.", Status.ANNOUNCED),
        ("en", "Alba announced to have bought Boreal.", Status.COMPLETED),
        ("es", "Alba anunció haber comprado Boreal.", Status.COMPLETED),
        ("es", "Alba negó haber comprado Boreal.", Status.DENIED),
        ("fr", "Alba a annoncé avoir racheté Boreal.", Status.COMPLETED),
        ("en", "Alba abandoned its bid for Boreal.", Status.ENDED),
        ("en", "Alba's proposed acquisition of Boreal drew criticism.", Status.ANNOUNCED),
        ("en", "Alba's failed takeover of Boreal drew criticism.", Status.ENDED),
        ("fr", "Alba pourrait racheter Boreal.", Status.RUMORED),
        ("fr", "Alba rachètera Boreal.", Status.ANNOUNCED),
        ("fr", "Alba a renoncé au rachat de Boreal.", Status.ENDED),
    ],
)
def test_the_clause_says_where_the_deal_stands(models: Models, lang: str, text: str, status: Status) -> None:
    assert _status(models, lang, text) is status


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("es", "Si Alba comprase Boreal, habría despidos."),
        ("es", "¿Y si Alba compra Boreal?"),
        ("es", "Alba nunca compró Boreal."),
        ("es", "Los expertos recomiendan que Alba compre Boreal."),
        ("en", "Unless Alba buys Boreal, it will fail."),
        ("en", "Will Alba buy Boreal?"),
        ("en", "Alba never bought Boreal."),
        ("en", "Alba has an option to buy Boreal."),
    ],
)
def test_what_is_supposed_asked_negated_or_advised_is_not_told(models: Models, lang: str, text: str) -> None:
    assert _status(models, lang, text) is None


def test_both_companies_of_a_plural_role_are_meant(models: Models) -> None:
    text = "Ambas compañías acordaron fusionarse."
    both = tuple(Mention(0, 15, name, MentionKind.ROLE) for name in ("Alba", "Boreal"))
    companies = Companies((CompanyName("Alba"), CompanyName("Boreal")), both)
    (tie,) = find_ties(text, companies, (), (), nlp=models.load("es"), lang="es")
    assert (tie.source, tie.target, tie.status) == ("Alba", "Boreal", Status.ANNOUNCED)


def test_a_role_is_less_sure_than_a_name(models: Models) -> None:
    text = "La compañía compró Boreal."
    told = [
        find_ties(
            text,
            Companies(
                (CompanyName("Alba"), CompanyName("Boreal")),
                (Mention(0, 11, "Alba", kind), Mention(19, 25, "Boreal", MentionKind.NAME)),
            ),
            (),
            (),
            nlp=models.load("es"),
            lang="es",
        )[0].confidence
        for kind in (MentionKind.NAME, MentionKind.ROLE)
    ]
    assert told[0] > told[1]


@pytest.mark.parametrize(("text", "count"), [("CNMC multó a Alba.", 1), ("CNMC compró Alba.", 0)])
def test_an_authority_only_ever_acts_against_a_company(models: Models, text: str, count: int) -> None:
    start = text.index("Alba")
    companies = Companies(
        (CompanyName("Alba"),),
        (Mention(start, start + 4, "Alba", MentionKind.NAME),),
        (CompanyName("CNMC"),),
        (Mention(0, 4, "CNMC", MentionKind.NAME),),
    )
    assert len(find_ties(text, companies, (), (), nlp=models.load("es"), lang="es")) == count
