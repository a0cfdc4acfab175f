"""The key under which spellings of one company name meet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.names import name_key


@pytest.mark.parametrize(
    ("spelled", "key"),
    [
        ("Telefónica, S.A.", "telefonica"),
        ("TELEFONICA", "telefonica"),
        ("Microsoft Corp.", "microsoft"),
        ("Grupo Bimbo, S.A.B. de C.V.", "grupo bimbo"),
        ("CTC Precast Pty Ltd", "ctc precast"),
        ("Bosch GmbH & Co. KG", "bosch"),
        ("Tiffany & Co.", "tiffany"),
        ("Procter & Gamble", "procter and gamble"),
        ("Procter and Gamble", "procter and gamble"),
        ("AT&T Inc.", "at and t"),
        ("L’Oréal S.A.", "l oreal"),
        ("Novo Nordisk A/S", "novo nordisk"),
        ("Adyen's", "adyen"),
        ("MerMec S.p.A.", "mermec"),
        ("Hidrotec Kft.", "hidrotec"),
        ("Disney+", "disney plus"),
        ("腾讯", "腾讯"),
    ],
)
def test_spellings_fold_to_one_key(spelled: str, key: str) -> None:
    assert name_key(spelled) == key


@pytest.mark.parametrize("name", ["SA", "Company", "Co", "Ltd"])
def test_a_name_is_never_folded_away(name: str) -> None:
    assert name_key(name) == name.lower()


@pytest.mark.parametrize("text", ["", " ", "--", "«»", "…"])
def test_text_without_letters_or_digits_has_no_key(text: str) -> None:
    assert name_key(text) == ""


@given(st.text(max_size=40))
def test_any_text_with_an_ascii_letter_has_a_key(text: str) -> None:
    assert name_key(text + "x") != ""


@given(st.from_regex(r"[A-Z][a-z]{3,9}( [A-Z][a-z]{3,9}){0,2}", fullmatch=True))
def test_case_and_a_legal_form_change_nothing(name: str) -> None:
    assert name_key(f"{name.upper()}, S.L.") == name_key(name)
