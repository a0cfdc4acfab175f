"""What a sentence says before and behind the words that tell a deal: studied, awaited, given up, denied."""

import pytest

from bot.extraction.models import Models
from bot.extraction.pipeline import find_ties
from bot.values import Status, TieKind
from tests.extraction.test_ties import companies_in


def _statuses(models: Models, lang: str, text: str) -> set[tuple[TieKind, Status]]:
    companies = companies_in(text, ["Alba", "Boreal"])
    return {(t.kind, t.status) for t in find_ties(text, companies, (), (), nlp=models.load(lang), lang=lang)}


@pytest.mark.parametrize(
    ("lang", "text", "status"),
    [
        ("fr", "Boreal se ferait racheter par Alba.", Status.RUMORED),
        ("fr", "Alba est entré en négociations exclusives avec Boreal en vue de son rachat.", Status.RUMORED),
        ("fr", "Alba est entrée en négociations exclusives en vue du rachat de Boreal.", Status.RUMORED),
        ("fr", "La reprise de Boreal par Alba s'organise.", Status.ANNOUNCED),
        ("fr", "Le rachat de Boreal par Alba est à l'étude.", Status.RUMORED),
        ("fr", "Le rachat de Boreal par Alba est en cours.", Status.ANNOUNCED),
        ("fr", "Alba lorgne le rachat de Boreal.", Status.RUMORED),
        ("fr", "Alba nie que Boreal ait été racheté par Alba.", Status.DENIED),
        ("fr", "Alba discute du rachat de Boreal.", Status.RUMORED),
        ("fr", "Alba réfléchit au rachat de Boreal.", Status.RUMORED),
        ("es", "Alba ultima la compra de Boreal.", Status.ANNOUNCED),
        ("es", "Alba rechaza que haya comprado Boreal.", Status.DENIED),
        ("es", "Alba rechaza haber comprado Boreal.", Status.DENIED),
        ("es", "La compra de Boreal por parte de Alba quedó sin efecto.", Status.ENDED),
        (
            "es",
            "Alba ha cerrado la compra de Boreal, a falta de la autorización de Competencia.",
            Status.ANNOUNCED,
        ),
        ("es", "La compra de Boreal por Alba está en estudio.", Status.RUMORED),
        ("es", "Alba tiene en la mira la compra de Boreal.", Status.RUMORED),
        ("es", "Alba anuncia la finalización de la compra de Boreal.", Status.COMPLETED),
        ("es", "Alba dio marcha atrás en la compra de Boreal.", Status.ENDED),
        ("es", "La compra de Boreal por Alba sigue pendiente de aprobación.", Status.ANNOUNCED),
        ("en", "Alba eyes Boreal purchase.", Status.RUMORED),
        ("en", "Alba is toying with buying Boreal.", Status.RUMORED),
        ("en", "Alba is said to be considering a takeover of Boreal.", Status.RUMORED),
        ("en", "Alba rejects claims that it bought Boreal.", Status.DENIED),
        ("en", "Alba's purchase of Boreal awaits approval.", Status.ANNOUNCED),
        ("en", "Alba is in the process of buying Boreal.", Status.ANNOUNCED),
        ("en", "Alba is finalising its purchase of Boreal.", Status.ANNOUNCED),
        ("en", "A takeover of Boreal by Alba is under consideration.", Status.RUMORED),
        ("en", "Alba came close to buying Boreal.", Status.ENDED),
    ],
)
def test_what_is_said_of_a_deal_says_where_it_stands(
    models: Models, lang: str, text: str, status: Status
) -> None:
    assert _statuses(models, lang, text) == {(TieKind.ACQUISITION, status)}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Alba bought Boreal, which is under review by Faro."),
        ("en", "Alba bought Boreal and is in talks with banks."),
        ("en", "The purchase of Boreal by Alba was a success."),
        ("en", "Alba has finalised its purchase of Boreal."),
        ("en", "Alba bought Boreal, still subject to debate."),
        ("es", "Alba compró Boreal, a falta de mejores ideas."),
        ("es", "Alba compró Boreal y está en negociaciones con los bancos."),
        ("es", "La compra de Boreal por Alba fue un éxito."),
        ("es", "Alba, que cuenta con la última fábrica, compró Boreal."),
        ("fr", "Alba a racheté Boreal, qui est en cours de rénovation."),
        ("fr", "Le rachat de Boreal par Alba a été un succès."),
        ("fr", "Alba a racheté Boreal et est en discussion avec les banques."),
    ],
)
def test_what_is_said_of_something_else_leaves_a_deal_as_it_is(models: Models, lang: str, text: str) -> None:
    assert _statuses(models, lang, text) == {(TieKind.ACQUISITION, Status.COMPLETED)}


@pytest.mark.parametrize(
    ("lang", "text", "status"),
    [
        ("es", "Alba presentó una oferta por Boreal. La operación no prosperó.", Status.ENDED),
        ("es", "Alba negoció la compra de Boreal, pero la operación no prosperó.", Status.ENDED),
        ("es", "Alba compró Boreal. La operación, sin embargo, se frustró.", Status.ENDED),
        ("es", "Alba compró Boreal. La operación está pendiente de autorización.", Status.ANNOUNCED),
        ("en", "Alba agreed to buy Boreal last year, but the deal fell through.", Status.ENDED),
        ("en", "Alba bought Boreal. The deal still awaits approval.", Status.ANNOUNCED),
        ("fr", "Alba devait racheter Boreal. L'opération a finalement capoté.", Status.ENDED),
    ],
)
def test_what_is_said_of_the_deal_afterwards_says_where_it_stands(
    models: Models, lang: str, text: str, status: Status
) -> None:
    assert _statuses(models, lang, text) == {(TieKind.ACQUISITION, status)}


@pytest.mark.parametrize(
    "text",
    [
        "Alba compró Boreal. La compra de un edificio no prosperó.",
        "Alba compró Boreal. Si la operación no prospera, buscará otra.",
        "Alba compró Boreal. ¿Qué pasa si la operación no prospera?",
        "Alba compró Boreal. Abrió una tienda en Lugo. La operación no prosperó.",
        "Alba compró Boreal. La operación se cerró en mayo, y el ERE se canceló.",
    ],
)
def test_what_is_said_of_another_deal_or_only_supposed_leaves_one_as_it_is(models: Models, text: str) -> None:
    assert _statuses(models, "es", text) == {(TieKind.ACQUISITION, Status.COMPLETED)}
