"""The demo as a page, in a browser, with the real program behind it."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.console.browsing import PATIENCE, open_browser

pytestmark = pytest.mark.timeout(300)  # three weeks are played before the first test
READY = re.compile(r"The workspace is at (http://127\.0\.0\.1:\d+/)")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def demo(browser: Browser) -> Iterator[str]:
    """The address of the page of `seams demo --web`, which then must end cleanly on Ctrl-C.

    It is started as scripts start what they put in the background: with SIGINT ignored.
    """
    demo = [sys.executable, "-m", "bot.cli", "demo", "--web", "--no-browser", "--port", "0"]
    command = ["sh", "-c", 'trap "" INT; exec "$@"', "sh", *demo]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout
        said = ""
        for line in process.stdout:
            said += line
            if found := READY.search(said):
                break
        else:
            raise AssertionError(said)
        yield found[1]
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=120)
        assert (process.returncode, rest.splitlines()[-1]) == (0, "Ended.")


@pytest.fixture
def tab(browser: Browser, demo: str) -> Iterator[Page]:
    """A tab in which nothing may go wrong and that may ask nobody but the demo."""
    page = browser.new_page(viewport={"width": 1280, "height": 900}, base_url=demo)
    page.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(demo) else wrong.append(request.url))
    yield page
    page.close()
    assert wrong == []


def enter(page: Page, who: str, where: str) -> None:
    page.goto(f"/#/{who}/{where}")
    expect(page.get_by_role("button", name=who, exact=False).first).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("main")).to_contain_text(where.split("/")[0], ignore_case=True)


def ask(page: Page, typed: str) -> Locator:
    """Type something that Seams answers; returns the answer."""
    answers = page.locator("#messages .message")
    before = answers.count()
    page.get_by_role("textbox", name="Message").fill(typed)
    page.keyboard.press("Enter")
    expect(answers).to_have_count(before + 1)
    return answers.last


def test_the_digest_is_read_and_its_source_is_reached(tab: Page) -> None:
    enter(tab, "tom", "deals-watch")
    digest = tab.locator(".message").filter(has=tab.get_by_role("heading", name="What changed"))
    expect(digest.last).to_contain_text("Orbelune Space no longer supplies Cassadie Telecom")
    digest.last.locator("a[data-ts]").first.click()
    expect(tab.locator(".message:focus")).to_contain_text("Vaya con Orbelune")


def test_an_answer_is_shared_from_ones_own_eyes_to_everybody_s(tab: Page) -> None:
    enter(tab, "tom", "deals-watch")
    answer = ask(tab, "/deals microsoft")
    expect(answer).to_contain_text("Only visible to you")
    expect(answer).to_contain_text("Microsoft acquired Inflection · $650 m")
    answer.get_by_role("button", name="Share in channel").click()
    expect(tab.locator("#messages .message").last).to_contain_text("Shared by")
    enter(tab, "ana", "deals-watch")
    expect(tab.locator("#messages .message").last).to_contain_text("Microsoft acquired Inflection")


def test_a_field_that_is_wrong_says_so_and_the_rest_is_kept(tab: Page) -> None:
    enter(tab, "tom", "deals-watch")
    tab.locator(".message").filter(has_text="brokers-quiet-winter").locator("button.replies").click()
    tab.get_by_role("complementary").get_by_role("button", name="Paste the text").first.click()
    modal = tab.get_by_role("dialog")
    modal.get_by_label("Title").fill("A title of mine")
    modal.get_by_role("button", name="Read it").click()
    expect(modal.get_by_label("Text of the article")).to_be_focused()
    expect(modal.get_by_role("alert").filter(has_text="Fill this in")).to_be_visible()
    modal.get_by_label("Text of the article").fill("Brief.")
    modal.get_by_role("button", name="Read it").click()
    expect(modal.locator(".error")).to_contain_text("short")
    expect(modal.get_by_label("Title")).to_have_value("A title of mine")
    tab.keyboard.press("Escape")
    expect(tab.get_by_role("dialog")).to_have_count(0)


def test_what_the_private_channel_knows_is_gone_for_the_other_person(tab: Page) -> None:
    enter(tab, "ana", "deal-room")
    expect(ask(tab, "/deals tarsovia")).to_contain_text("Norvento Sur")
    tab.get_by_role("button", name="Tom Achebe").click()
    expect(tab.locator("#title")).to_contain_text("deals-watch")
    expect(tab.get_by_role("navigation", name="Channels")).not_to_contain_text("deal-room")
    answer = ask(tab, "/deals tarsovia")
    expect(answer).to_contain_text("Kelvarra")
    expect(answer).not_to_contain_text("Norvento")


def test_a_keyboard_is_enough(tab: Page) -> None:
    enter(tab, "tom", "deals-watch")
    expect(tab.get_by_role("textbox", name="Message")).to_be_focused()
    tab.keyboard.type("/rel")
    tab.keyboard.press("Tab")
    tab.keyboard.type("openai microsoft")
    tab.keyboard.press("Enter")
    expect(tab.locator("#messages .message").last).to_contain_text("strained")
    tab.keyboard.press("Shift+Tab")  # Send is after the field, the menu before it, and then the last answer
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("menuitem", name="Paste an article's text")).to_be_focused()
    tab.keyboard.press("Escape")
    tab.keyboard.press("Shift+Tab")
    expect(tab.locator("#messages .message").last.locator(":focus")).to_have_count(1)


def test_an_article_is_answered_in_its_thread_and_told_to_who_follows(tab: Page) -> None:
    enter(tab, "ana", "seams")
    expect(ask(tab, "/watch brackwater shipping")).to_contain_text("You follow it now")
    enter(tab, "ana", "deals-watch")
    tab.get_by_role("button", name="Post a new article").click()
    tab.keyboard.press("Enter")
    posted = tab.locator("#messages .message").filter(has_text="lanternfish-invests-in-brackwater")
    posted.locator("button.replies").click()
    expect(tab.get_by_role("log", name="Replies")).to_contain_text(
        "Lanternfish Capital invested in Brackwater"
    )
    tab.keyboard.press("Escape")
    expect(tab.get_by_role("complementary")).to_be_hidden()
    tab.get_by_role("button", name="Seams new").click()
    tab.get_by_role("button", name="Messages").click()
    expect(tab.locator("#messages .message").last).to_contain_text("Lanternfish Capital")


def test_home_opens(tab: Page) -> None:
    enter(tab, "ana", "seams/home")
    expect(tab.locator("#home")).not_to_be_empty()
    tab.get_by_role("button", name="Messages").click()
    expect(tab.get_by_role("textbox", name="Message Seams")).to_be_visible()


def test_a_small_window_shows_one_thing_at_a_time(tab: Page) -> None:
    tab.set_viewport_size({"width": 380, "height": 700})
    enter(tab, "ana", "deals-watch")
    assert tab.evaluate("document.documentElement.scrollWidth") <= 380
    tab.get_by_role("button", name="Channels").click()
    tab.get_by_role("button", name="deal-room").click()
    expect(tab.locator("#title")).to_contain_text("deal-room")
    expect(tab.get_by_role("navigation", name="Channels")).to_be_hidden()
