"""What the tagger adds to the signs in the text: names that no sign marks, and those of headings."""

from collections.abc import Callable

import pytest

from bot.extraction.companies import find_companies
from bot.extraction.encoder.names import NameSpan
from bot.extraction.known import KnownCompanies
from bot.extraction.models import Models
from tests.extraction.company_articles import read_article

Find = Callable[..., set[str]]
UNMARKED = "Trentalva y Quorenda hablaron ayer."
HEADED = "Trentalva se queda con Quorenda\nLos dos consejos lo aprobaron el lunes."


@pytest.fixture(scope="module")
def find(models: Models) -> Find:
    known = KnownCompanies.load()

    def named(text: str, *tagged: str, probability: float = 0.95, role: bool = False) -> set[str]:
        spans = [NameSpan(text.index(t), text.index(t) + len(t), probability, role) for t in tagged]
        found = find_companies(
            read_article(models, "es", text), text=text, title=None, lang="es", known=known, tagged=spans
        )
        return {company.name for company in found.names}

    return named


def test_a_name_that_no_sign_marks_is_found_by_the_tagger(find: Find) -> None:
    assert find(UNMARKED, "Trentalva", "Quorenda") == {"Trentalva", "Quorenda"}


def test_a_name_that_neither_marks_is_none(find: Find) -> None:
    assert find(UNMARKED) == set()


def test_a_noun_that_the_tagger_finds_is_no_name(find: Find) -> None:
    assert find(UNMARKED, "Trentalva", role=True) == set()


def test_a_name_that_stands_only_in_a_heading_is_taken_when_the_tagger_is_sure(find: Find) -> None:
    assert find(HEADED, "Trentalva", "Quorenda") == {"Trentalva", "Quorenda"}


def test_a_name_that_stands_only_in_a_heading_is_left_when_the_tagger_is_not_sure(find: Find) -> None:
    assert find(HEADED, "Trentalva", "Quorenda", probability=0.6) == set()


def test_two_words_joined_by_the_tagger_stay_one_name(find: Find) -> None:
    assert "Muelles del Tercio" in find("Ayer Muelles del Tercio habló.", "Muelles del Tercio")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ayer Metales y Derivados habló.", "Metales y Derivados"),
        ("El grupo compró ayer KPN Movilandia en Breda.", "KPN Movilandia"),
        ("Ayer habló Ipsalva 2000 en Roma.", "Ipsalva 2000"),
        ("Ayer habló La Martinia Editores.", "La Martinia Editores"),
    ],
)
def test_what_the_tagger_is_sure_of_stays_whole(find: Find, text: str, name: str) -> None:
    assert find(text, name) == {name}
    assert find(text, name, probability=0.6) != {name}


def test_no_name_ends_in_the_word_that_joins_it_to_the_next(find: Find) -> None:
    assert find(UNMARKED, "Trentalva y", "Quorenda") == {"Trentalva", "Quorenda"}


def test_what_follows_a_bank_s_name_may_make_it_another(find: Find) -> None:
    assert find("Ayer Banco Itaú Chile habló.", "Banco Itaú Chile") == {"Banco Itaú Chile"}


def test_a_listed_product_that_the_tagger_takes_for_a_company_is_one(find: Find) -> None:
    assert find("Ayer Azure y Quorenda hablaron.", "Azure") == {"Azure"}
    assert find("Ayer Azure y Quorenda hablaron.", "Azure", probability=0.6) == set()


def test_a_court_is_no_party(models: Models) -> None:
    text = "La Corte Suprema condenó a Trentalva S.A. a pagar dos millones."
    found = find_companies(
        read_article(models, "es", text), text=text, title=None, lang="es", known=KnownCompanies.load()
    )
    assert found.authorities == ()


@pytest.mark.parametrize(
    ("text", "tagged"),
    [
        ("Ayer Trentalva TRLV.MC perdió un 2% y Quorenda nada.", "Trentalva TRLV.MC"),
        ("Ayer Trentalva (Madrid y NYSE: TRL, TRLB y TRLC) y Quorenda hablaron.", "TRLB"),
    ],
)
def test_the_symbol_of_a_share_is_no_name(find: Find, text: str, tagged: str) -> None:
    assert find(text, "Trentalva", tagged, "Quorenda") == {"Trentalva", "Quorenda"}


def test_a_name_does_not_go_on_from_a_headline_into_the_text(find: Find) -> None:
    text = "Acuerdo cerrado con Quorenda\nTrentalva habló ayer de los precios del trigo."
    assert find(text, "Quorenda\nTrentalva") == {"Quorenda", "Trentalva"}


@pytest.mark.parametrize(
    "name", ["Sra. Tralbuena", "St. Quorin", "e-Vántica", "b12k Juegos", "sinVela", "Trentalva Internacional"]
)
def test_a_name_of_an_unusual_shape_is_taken_when_the_tagger_is_sure(find: Find, name: str) -> None:
    assert find(f"Ayer hablaron Quorenda y {name} de trigo.", "Quorenda", name) == {"Quorenda", name}


def test_a_noun_in_lower_case_is_no_part_of_the_name_behind_it(find: Find) -> None:
    text = "Ayer habló el grupo Trentalva de trigo."
    assert find(text, "grupo Trentalva") == {"Trentalva"}


@pytest.mark.parametrize(
    "thing", ["DH", "IoT", "Salón Náutico Expo", "Neerlandesa", "Hispano-Neerlandesa", "Gigante francés"]
)
def test_money_things_fairs_and_nations_are_no_companies(find: Find, thing: str) -> None:
    assert find(f"Ayer hablaron Quorenda y {thing} de trigo.", "Quorenda", thing) == {"Quorenda"}


def test_a_consortium_is_one_with_and_without_its_noun(find: Find) -> None:
    text = "El consorcio Tralva ganó la obra. Ayer el Consorcio Tralva y Quorenda hablaron."
    assert find(text, "Tralva", "Consorcio Tralva", "Quorenda") == {"Consorcio Tralva", "Quorenda"}


def test_the_word_that_opens_a_sentence_is_no_part_of_a_listed_name(find: Find) -> None:
    assert find("Apenas Iberdrola creció el año pasado.", "Apenas Iberdrola") == {"Iberdrola"}


def test_a_listed_name_that_ends_in_lower_case_may_go_on(models: Models) -> None:
    text = "La société Crédit agricole Marin Capital a investi deux millions dans Trentalva SAS."
    docs = read_article(models, "fr", text)
    found = find_companies(docs, text=text, title=None, lang="fr", known=KnownCompanies.load())
    assert "Crédit agricole Marin Capital" in {company.name for company in found.names}


def test_brackets_may_hold_the_initials_of_the_last_words_only(find: Find) -> None:
    text = "Ayer Trentalva Motores Pesados (MP) habló de trigo."
    assert find(text, "Trentalva Motores Pesados", "MP") == {"Trentalva Motores Pesados"}


def test_a_legal_form_in_lower_case_makes_no_other_company(find: Find) -> None:
    text = "Ayer CRH plc y Quorenda hablaron de trigo. Luego CRH calló."
    assert find(text, "CRH plc", "Quorenda") == {"CRH", "Quorenda"}


@pytest.mark.parametrize(
    ("text", "tagged", "names"),
    [
        ("En Francia Orange compró ayer la red de Quorenda.", ["Orange", "Quorenda"], {"Orange", "Quorenda"}),
        ("Ya manda Trentalva de Telefónica en la ciudad.", ["Trentalva"], {"Trentalva", "Telefónica"}),
        ("El consejo de Trentalva Española dimitió.", ["Trentalva"], {"Trentalva"}),
        ("La obra es de San José y Ferrovial.", ["San José y Ferrovial"], {"Ferrovial"}),
    ],
)
def test_a_sure_name_is_cut_out_of_what_only_stands_beside_it(
    find: Find, text: str, tagged: list[str], names: set[str]
) -> None:
    assert find(text, *tagged) == names


def test_a_name_goes_on_beyond_what_the_tagger_is_sure_of(find: Find) -> None:
    assert find("Ayer habló Trentalva Sevilla SL.", "Trentalva") == {"Trentalva Sevilla SL"}
