"""Pictures are legible: nothing overlaps, nothing runs off, whatever they show, and the same twice."""

import struct

import pytest
from hypothesis import given

from bot.answers import DealLine
from bot.company_answer import PartnerLine
from bot.locale import speaking
from bot.pictures import CompanyPicture, Edge, MapPicture, Picture, RelationshipPicture
from bot.values import Company, Level, Status, TieKind
from bot.views.charts import company, network, relationship
from bot.views.charts.canvas import SMALL, STROKES, WIDTH, Canvas
from bot.views.charts.typeface import Typeface
from tests.examples import examples
from tests.views.charts.making import (
    ANY_NAME,
    MICROSOFT,
    NAMES,
    NOW,
    SIZES,
    company_picture,
    deal,
    map_picture,
    outside,
    overlapping,
    relationship_picture,
)
from tests.views.charts.making import (
    company as company_of,
)

LETTERS = Typeface()
PICTURES = {
    "company, nothing": company_picture(0, 0),
    "company, one deal": company_picture(1, 1),
    "company, some": company_picture(4, 7),
    "company, many": company_picture(30, 60),
    "map, one": map_picture(1),
    "map, two tied": map_picture(2, 1),
    "map, some": map_picture(6, 4),
    "map, full": map_picture(20, 12, left_out=7),
    "relationship, nothing": relationship_picture(0, 0),
    "relationship, one deal": relationship_picture(1, 1),
    "relationship, weeks": relationship_picture(5, 2, years=0.1),
    "relationship, many": relationship_picture(60, 20),
}


def draw(picture: Picture) -> Canvas:
    match picture:
        case CompanyPicture():
            return company.draw(picture, LETTERS)
        case MapPicture():
            return network.draw(picture, LETTERS)
        case RelationshipPicture():
            return relationship.draw(picture, LETTERS)


def legible(canvas: Canvas) -> bool:
    assert overlapping(canvas) == []
    assert outside(canvas) == []
    sizes = [float(text.get_fontsize()) / 0.72 for text in canvas.texts]
    assert min(sizes) >= SMALL - 3
    return True


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
def test_no_text_runs_into_another_or_off_the_sheet(picture: Picture, language: str) -> None:
    with speaking(language):
        assert legible(draw(picture))


def test_a_picture_is_a_png_as_wide_as_phones_show_it() -> None:
    png = draw(company_picture(3, 3)).png()
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", png[16:24])[0] == WIDTH


def test_the_same_is_drawn_the_same() -> None:
    pictures = company_picture(3, 3), map_picture(6, 4), relationship_picture(5, 5)
    assert [draw(each).png() for each in pictures] == [draw(each).png() for each in pictures]


def test_nothing_in_a_picture_tells_by_what_it_was_made() -> None:
    assert b"Matplotlib" not in draw(company_picture(1, 1)).png()


@examples(8)
@given(SIZES, ANY_NAME)
def test_any_name_can_be_charted(size: int, name: str) -> None:
    canvas = draw(company_picture(size, size, name=name))
    assert legible(canvas)
    assert canvas.png()


@examples(8)
@given(SIZES, ANY_NAME)
def test_any_name_can_be_mapped(size: int, name: str) -> None:
    canvas = draw(map_picture(size, size // 2, name=name))
    assert legible(canvas)
    assert canvas.png()


@examples(8)
@given(SIZES, ANY_NAME)
def test_any_name_can_be_told_over_time(size: int, name: str) -> None:
    canvas = draw(relationship_picture(size, size, name=name))
    assert legible(canvas)
    assert canvas.png()


def written(canvas: Canvas) -> str:
    return "\n".join(text.get_text() for text in canvas.texts)


def test_dollars_and_braces_are_letters_and_no_formula() -> None:
    assert "$$$ Money_{x} & Co $a$" in written(draw(company_picture(5, 0)))


def test_a_map_says_every_neighbour_its_level_and_kinds() -> None:
    picture = map_picture(3, 1)
    shown, said = written(draw(picture)), network.describe(picture, LETTERS)
    for line in picture.neighbours:
        assert str(line.level) in said
        assert line.company.name[:20] in said
    assert "OpenAI" in shown


def test_what_is_only_rumoured_is_drawn_as_a_rumour() -> None:
    talks = DealLine(deal(1, TieKind.MERGER, NOW, status=Status.RUMORED), MICROSOFT, company_of(1), ())
    line = PartnerLine(company_of(1), Level.NEUTRAL, NOW, (talks,))
    other = PartnerLine(company_of(9), Level.NEUTRAL, NOW, ())
    edge = Edge("c1", "c9", TieKind.SUPPLY, Level.NEUTRAL, rumored=True)
    picture = MapPicture(MICROSOFT, (line, other), (edge,), 0)
    shown = " ".join(written(draw(picture)).split())
    assert "neutral: merger (rumoured)" in shown
    assert "supply (rumoured), neutral: " in shown
    assert "merger (rumoured)" in written(draw(CompanyPicture(MICROSOFT, (line,), (), NOW)))


def test_a_relationship_says_levels_and_deals_in_words() -> None:
    picture = relationship_picture(2, 2)
    said = relationship.describe(picture, LETTERS)
    assert said.startswith("Chart of Microsoft and OpenAI: ")
    for step in picture.steps:
        assert f": {step.level}." in said
    assert "1: " in said
    assert "2: " in said


def test_deals_that_are_not_listed_are_counted() -> None:
    canvas = draw(relationship_picture(60, 3))
    assert "52 earlier deals, then:" in written(canvas)


def test_a_company_with_many_partners_says_how_many_more() -> None:
    assert "and 20 more" in written(draw(company_picture(30, 0)))


@pytest.mark.parametrize("years", [0.05, 0.5, 3, 30])
def test_a_time_axis_has_a_few_marks_and_ends_with_today(years: float) -> None:
    said = written(draw(relationship_picture(6, 3, years=years)))
    assert "28 Nov 2026" in said


@pytest.fixture
def plain_letters(monkeypatch: pytest.MonkeyPatch) -> Typeface:
    """A machine without East Asian fonts."""
    letters = Typeface()
    monkeypatch.setattr(letters, "families", letters.families[:1])
    return letters


def test_a_name_that_cannot_be_written_gives_way_to_one_that_can(plain_letters: Typeface) -> None:
    hitachi = Company("h", NAMES[2], ("HITACHI",))
    assert plain_letters.name(hitachi, 4) == "HITACHI"
    assert plain_letters.spoken(hitachi, 4) == f"{NAMES[2]} (HITACHI)"


def test_a_name_that_cannot_be_written_at_all_is_a_number_that_is_explained(plain_letters: Typeface) -> None:
    hitachi = Company("h", NAMES[2])
    assert plain_letters.name(hitachi, 4) == "№ 4"
    assert plain_letters.numbered([hitachi, Company("o", "OpenAI")]) == [("№ 1", hitachi)]


def test_an_emoji_is_left_out_of_a_name(plain_letters: Typeface) -> None:
    assert plain_letters.name(Company("f", "🦊🦊 Fox 🦊"), 2) == "Fox"


def test_levels_are_told_apart_without_colour() -> None:
    looks = {(STROKES[level].width, STROKES[level].dash) for level in Level}
    assert len(looks) == len(Level)
