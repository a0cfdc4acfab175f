"""Makes docs/*.png: plays the demo, opens its page and takes pictures (needs chromium: bash .ci/chromium).

make pictures
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, ViewportSize, sync_playwright

from bot import logs
from bot.console.page.demo import serve_page
from bot.shell.demo import start_app

DOCS = Path(__file__).parent
CHROMIUM = "chromium"
FLAGS = ("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync")
WIDE: ViewportSize = {"width": 1280, "height": 860}
TALL: ViewportSize = {"width": 1280, "height": 1180}
SMALL: ViewportSize = {"width": 390, "height": 800}


def main() -> None:
    """Play, look, draw."""
    program = shutil.which(CHROMIUM) or sys.exit(f"{CHROMIUM} is missing: bash .ci/chromium")
    logs.set_up("ERROR")
    addresses: list[str] = []

    def take() -> None:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
            for picture in (answer, digest, neighbours, company, correction, home, phone):
                page = open_page(browser, addresses[0])
                picture(page)
                page.close()
            browser.close()

    if missed := serve_page(start_app, ready=addresses.append, wait=take):
        sys.exit("\n".join(missed))


def open_page(browser: Browser, address: str) -> Page:
    """A tab of the demo's page, as sharp as on a good screen."""
    return browser.new_page(viewport=WIDE, base_url=address, device_scale_factor=1.5, locale="en-GB")


def answer(page: Page) -> None:
    """A link, what Seams said of it in the thread, and the answer to a command."""
    enter(page)
    ask(page, "/deals microsoft")
    page.locator(".message").filter(has_text="openai-microsoft-partners").locator("button.replies").click()
    shoot(page, "answer")


def digest(page: Page) -> None:
    """The digest of a busy week."""
    enter(page)
    page.locator(".message", has=page.get_by_role("heading", name="What changed")).nth(1).evaluate(
        "message => message.scrollIntoView({block: 'start'})"
    )
    shoot(page, "digest")


def company(page: Page) -> None:
    """A company's card, and its chart as it is posted for the channel."""
    page.set_viewport_size(TALL)
    enter(page)
    drawn = page.locator("figure.file")
    before = drawn.count()
    ask(page, "/company openai").get_by_role("button", name="Chart in channel").click()
    drawn.nth(before).wait_for()
    shoot(page, "company")


def neighbours(page: Page) -> None:
    """A map of a company's neighbours, posted for the channel."""
    enter(page)
    drawn = page.locator("figure.file")
    before = drawn.count()
    ask(page, "/company openai map")
    drawn.nth(before).wait_for()
    shoot(page, "map")


def correction(page: Page) -> None:
    """The modal in which a fact is corrected."""
    enter(page)
    ask(page, "/deals microsoft").get_by_role("button", name="More: Microsoft invested").click()
    page.get_by_role("menuitem", name="Edit").locator("visible=true").click()
    page.get_by_role("dialog").wait_for()
    shoot(page, "correction")
    page.get_by_role("button", name="Cancel").click()
    page.get_by_role("dialog").wait_for(state="detached")


def home(page: Page) -> None:
    """What somebody's Home shows."""
    page.goto("/#/tom/seams/home")
    page.get_by_role("heading").nth(2).wait_for()
    shoot(page, "home")


def phone(page: Page) -> None:
    """A thread on a small, dark screen."""
    page.set_viewport_size(SMALL)
    page.emulate_media(color_scheme="dark")
    enter(page)
    ask(page, "/relationship tarsovia kelvarra")
    shoot(page, "phone")


def enter(page: Page) -> None:
    """Go where the team posts, and wait until what was posted is there."""
    page.goto("/#/tom/deals-watch")
    page.locator("#messages .message").first.wait_for()


def ask(page: Page, typed: str) -> Locator:
    """Type something; returns what Seams answers."""
    messages = page.locator("#messages .message")
    before = messages.count()
    send(page, typed)
    messages.nth(before).wait_for()
    return messages.last


def send(page: Page, typed: str) -> None:
    """Type something and send it."""
    page.get_by_role("textbox", name="Message").fill(typed)
    page.keyboard.press("Enter")


def shoot(page: Page, name: str) -> None:
    """Wait until nothing moves, and write docs/NAME.png."""
    page.evaluate("document.activeElement.blur()")
    page.mouse.move(0, 0)
    page.wait_for_timeout(500)
    page.screenshot(path=DOCS / f"{name}.png")


if __name__ == "__main__":
    main()
