import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rich.console import Console

from bot.console.demo import run_demo
from bot.console.tour import DAYS, first_day
from tests.console.fake_app import FakeApp, Starter

CTRL_C = "\x03"
TODAY = datetime(2025, 3, 26, 12, tzinfo=UTC)


class Played:
    """A demo that was played with these lines typed at its prompt (none: no prompt)."""

    def __init__(self, lines: list[str] | None = None) -> None:
        out = io.StringIO()
        self.starter = Starter()
        self.prompts: list[str] = []
        self.missed = run_demo(
            self.starter,
            console=Console(file=out, width=100),
            read_line=None if lines is None else self._typist(lines),
            today=lambda: TODAY,
        )
        self.text = out.getvalue()
        _, _, self.after_tour = self.text.partition("Your turn")

    @property
    def app(self) -> FakeApp:
        assert self.starter.app is not None
        return self.starter.app

    def _typist(self, lines: list[str]) -> Callable[[str], str]:
        waiting = iter(lines)

        def read_line(prompt: str) -> str:
            self.prompts.append(prompt)
            try:
                line = next(waiting)
            except StopIteration:
                raise EOFError from None
            if line == CTRL_C:
                raise KeyboardInterrupt
            return line

        return read_line


@pytest.fixture(scope="module")
def tour() -> Played:
    return Played()


def test_nothing_goes_unanswered(tour: Played) -> None:
    assert tour.missed == []


def test_without_a_terminal_there_is_no_prompt(tour: Played) -> None:
    assert "Your turn" not in tour.text


@pytest.mark.parametrize(
    "words", ["Digest number 1", "Digest number 3", "You asked /deals microsoft", "🔖 1"]
)
def test_the_tour_shows_what_the_app_does(tour: Played, words: str) -> None:
    assert words in tour.text


def test_every_message_is_shown_once(tour: Played) -> None:
    assert tour.text.count("Digest number 2") == 1


def test_the_pasted_text_is_submitted(tour: Played) -> None:
    assert "Brackwater" in str(tour.app.submitted)


def test_the_data_directory_is_there_and_then_gone(tour: Played) -> None:
    assert (tour.starter.folder_was_there, Path(tour.app.surroundings.data_dir).exists()) == (True, False)


@pytest.mark.parametrize("day", [24, 26, 30])
def test_the_tour_ends_on_the_last_monday(day: int) -> None:
    start = first_day(datetime(2025, 3, day, 12, tzinfo=UTC))
    assert (start.weekday(), start.day, DAYS) == (0, 3, 21)


def test_end_of_input_ends_the_prompt() -> None:
    assert "Bye" in Played([]).after_tour


def test_ctrl_c_clears_the_line_and_says_how_to_end() -> None:
    after = Played([CTRL_C, "/deals acme"]).after_tour
    assert after.index("type quit") < after.index("You asked /deals acme")


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["help"], "press LABEL"),
        (["/deals acme"], "You asked /deals acme"),
        (["/shout"], "/shout is no command here"),
        (["deals acme"], "Commands begin with a slash: /deals acme"),
        (["asdf"], "Type help"),
        (["look https://news.example/x"], "I read https://news.example/x"),
        (["paste", "A title", "A text.", "."], "/news/pasted/1/text.html"),
        (["paste", "."], "nothing was posted"),
        (["one two three four five six seven eight nine ten eleven twelve", "."], "/news/pasted/1/text.html"),
        (["@seams deals of acme"], "You said deals of acme"),
        (["home"], "All that is kept"),
        (["press nonsense"], "No button says nonsense"),
        (["week"], "Digest number 4"),
        (["nowhere.pdf"], "There is no file nowhere.pdf"),
        (["[red]x[/red]\x1b[2J"], "Type help"),
    ],
)
def test_a_line_does_what_help_says(lines: list[str], words: str) -> None:
    assert words in Played(lines).after_tour


def test_a_week_ends_on_monday_at_nine_in_madrid() -> None:
    assert "Mon 31 Mar 09:00" in Played(["week"]).after_tour


def test_a_modal_is_filled_in_at_the_prompt() -> None:
    played = Played(["press paste", "line one", "line two", "."])
    assert played.app.submitted[-1]["text"]["value"]["value"] == "line one\nline two"


@pytest.mark.parametrize("quote", ["", "'", '"'])
def test_a_file_is_posted_as_a_page(tmp_path: Path, quote: str) -> None:
    path = tmp_path / "an article.txt"
    path.write_text("Acme buys Nimbus.")
    assert "/news/pasted/1/an-article.txt" in Played([f"{quote}{path}{quote}"]).after_tour


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [("empty.txt", b"", "is empty"), ("program.exe", b"MZ", "is none of")],
)
def test_a_file_that_is_no_article_gets_a_hint(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert words in " ".join(Played([str(path)]).after_tour.split())


def test_a_folder_gets_a_hint(tmp_path: Path) -> None:
    assert "is a folder" in " ".join(Played([str(tmp_path)]).after_tour.split())
