"""How sure a clause is of its tie, and what it does not say at all."""

import pytest

from bot.extraction.mentions import Companies, Mention, MentionKind
from bot.extraction.models import Models
from bot.extraction.pipeline import find_ties
from bot.extraction.sentences import Span
from bot.extraction.ties import find_candidates
from bot.values import CompanyName, Status


def _named(text: str) -> Companies:
    names = ("Alba", "Boreal")
    mentions = tuple(
        Mention(text.index(name), text.index(name) + len(name), name, MentionKind.NAME) for name in names
    )
    return Companies(tuple(map(CompanyName, names)), tuple(sorted(mentions, key=lambda m: m.start)))


def _status(models: Models, lang: str, text: str) -> Status | None:
    ties = find_ties(text, _named(text), (), (), nlp=models.load(lang), lang=lang)
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
        ("en", "Alba has shown interest in buying Boreal.", Status.RUMORED),
        ("en", "Alba proposes to acquire a 20% interest in Boreal.", Status.ANNOUNCED),
        ("en", "It looks for other ways, such as the planned purchase of Boreal by Alba.", Status.ANNOUNCED),
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
    ("lang", "text", "status"),
    [
        ("en", "Alba announced the completion of its purchase of Boreal.", Status.COMPLETED),
        ("en", "Alba announced on Friday that it has acquired Boreal.", Status.COMPLETED),
        ("es", "Alba anuncia el cierre de la compra de Boreal.", Status.COMPLETED),
        ("es", "Alba anunció que ha comprado Boreal.", Status.COMPLETED),
        ("fr", "Alba annonce la finalisation de l'acquisition de Boreal.", Status.COMPLETED),
        ("fr", "Alba a annoncé mardi avoir bouclé l'acquisition de Boreal.", Status.COMPLETED),
        ("en", "Alba announced that it will acquire Boreal.", Status.ANNOUNCED),
        ("en", "Alba announced a $9 million round led by Boreal.", Status.COMPLETED),
        ("fr", "Alba compte finaliser l'acquisition de Boreal cet été.", Status.ANNOUNCED),
        ("fr", "La finalisation du rachat de Boreal par Alba est attendue en juin.", Status.ANNOUNCED),
        ("es", "Alba logró cerrar la compra de Boreal.", Status.COMPLETED),
    ],
)
def test_what_is_over_when_it_is_announced_is_completed(
    models: Models, lang: str, text: str, status: Status
) -> None:
    assert _status(models, lang, text) is status


@pytest.mark.parametrize(
    ("lang", "text", "status"),
    [
        ("es", "Alba acaba de comprar Boreal.", Status.COMPLETED),
        ("fr", "Alba vient de racheter Boreal.", Status.COMPLETED),
        ("en", "In 1998, Alba buys Boreal and moves its mill to Ohio.", Status.COMPLETED),
        ("es", "En 1998, Alba compra Boreal y entra en el textil.", Status.COMPLETED),
        ("fr", "Alba fusionne en 1998 avec Boreal.", Status.COMPLETED),
        ("es", "Alba adquiría Boreal en un momento delicado.", Status.ANNOUNCED),  # no conditional
        ("es", "Alba adquiriría Boreal en un momento delicado.", Status.RUMORED),
    ],
)
def test_tense_and_year_say_when(models: Models, lang: str, text: str, status: Status) -> None:
    assert _status(models, lang, text) is status


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The purchase of Boreal by Alba is subject to approval."),
        ("es", "La compra de Boreal por parte de Alba está pendiente de permiso."),
        ("fr", "Le rachat de Boreal par Alba reste soumis à l'accord de Bruxelles."),
        ("en", "Boreal, which is being acquired by Alba, lost money."),
        ("en", "The ministry sued to block Alba's purchase of Boreal."),
        ("en", "Alba's purchase of Boreal could be blocked."),
        ("fr", "Le ministère a déposé une plainte pour empêcher la fusion d'Alba et de Boreal."),
    ],
)
def test_what_waits_or_is_fought_is_still_a_plan(models: Models, lang: str, text: str) -> None:
    assert _status(models, lang, text) is Status.ANNOUNCED


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Alba is close to buying Boreal."),
        ("en", "Alba is nearing a deal to buy Boreal."),
        ("en", "Alba would like to buy Boreal."),
        ("en", "Alba has made a non-binding proposal to buy Boreal."),
        ("en", "Alba has emerged as the front-runner to buy Boreal."),
        ("en", "Alba is in discussions to buy Boreal."),
        ("fr", "Alba songe à lancer une offre sur Boreal."),
    ],
)
def test_what_is_only_wished_or_talked_of_is_a_rumour(models: Models, lang: str, text: str) -> None:
    assert _status(models, lang, text) is Status.RUMORED


@pytest.mark.parametrize(
    ("lang", "text", "status"),
    [
        ("en", "Alba has walked away from a deal to buy Boreal.", Status.ENDED),
        ("en", "Alba backed out of its deal to buy Boreal.", Status.ENDED),
        ("en", "The merger between Alba and Boreal fell through.", Status.ENDED),
        ("en", "Alba has given up buying Boreal.", Status.ENDED),
        ("en", "The watchdog prohibited Alba's purchase of Boreal.", Status.ENDED),
        ("es", "Alba estuvo a punto de comprar Boreal.", Status.ENDED),
        ("fr", "Alba a failli racheter Boreal.", Status.ENDED),
        ("es", "El juez desestimó la demanda de Alba contra Boreal.", Status.ENDED),
        ("en", "A judge dismissed Alba's lawsuit against Boreal.", Status.ENDED),
        ("en", "Alba ruled out a bid for Boreal.", Status.DENIED),
        ("es", "Alba descarta comprar Boreal.", Status.DENIED),
        ("en", "A spokesman denied that Alba is interested in acquiring Boreal.", Status.DENIED),
    ],
)
def test_what_came_to_nothing_has_ended_or_is_denied(
    models: Models, lang: str, text: str, status: Status
) -> None:
    assert _status(models, lang, text) is status


def test_goods_that_will_be_delivered_are_a_plan(models: Models) -> None:
    assert _status(models, "es", "Alba suministrará trenes a Boreal.") is Status.ANNOUNCED


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


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("CNMC multó a Alba.", 1),
        ("CNMC compró Alba.", 0),
        ("El informe cita una indagatoria que emprendió CNMC sobre el reparto de precios en Alba.", 1),
        ("El informe cita una indagatoria que emprendió CNMC sobre los precios, dijo Alba.", 0),
    ],
)
def test_an_authority_only_ever_acts_against_a_company(models: Models, text: str, count: int) -> None:
    start, acting = text.index("Alba"), text.index("CNMC")
    companies = Companies(
        (CompanyName("Alba"),),
        (Mention(start, start + 4, "Alba", MentionKind.NAME),),
        (CompanyName("CNMC"),),
        (Mention(acting, acting + 4, "CNMC", MentionKind.NAME),),
    )
    assert len(find_ties(text, companies, (), (), nlp=models.load("es"), lang="es")) == count


@pytest.mark.parametrize(
    ("lang", "text", "worded"),
    [
        ("es", "Halló otras salidas, como la compra de Boreal por Alba.", True),
        ("es", "Crece con la compra de Boreal por Alba.", False),
        ("en", "It found other ways, such as the purchase of Boreal by Alba.", True),
        ("fr", "Elle a d'autres voies, comme le rachat de Boreal par Alba.", True),
    ],
)
def test_a_deal_that_is_cited_as_an_instance_is_said_to_be_done(
    models: Models, lang: str, text: str, worded: bool
) -> None:
    found = find_candidates(text, [(0, Span(0, len(text)))], _named(text), models.load(lang), lang)
    assert {c.status for c in found} == {Status.COMPLETED}
    assert any(c.worded for c in found) is worded
