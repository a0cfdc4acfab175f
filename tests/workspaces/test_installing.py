"""A workspace installs Seams in a browser."""

import http.client
from urllib.parse import urlsplit

import pytest
from sqlalchemy import func, select

from storage.engine import snapshot
from storage.tables import METADATA
from tests.workspaces.browser import Browser
from tests.workspaces.conftest import House


def installed(house: House) -> int:
    """How many bots are kept."""
    with snapshot(house.seams.services.engine) as session:
        return session.scalar(select(func.count()).select_from(METADATA.tables["slack_bots"])) or 0


def began(house: House) -> int:
    """How many installations are under way."""
    with snapshot(house.seams.services.engine) as session:
        return session.scalar(select(func.count()).select_from(METADATA.tables["slack_oauth_states"])) or 0


def test_the_landing_page_says_what_is_read_and_leads_to_slack(house: House) -> None:
    page = Browser().get(f"{house.url}/")
    assert page.url.endswith("/slack/install")
    assert "never stores the text of your messages" in page.body
    assert page.link("Add to Slack") == f"{house.url}/slack/install/start"


def test_looking_at_the_landing_page_leaves_no_trace(house: House) -> None:
    browser = Browser()
    browser.get(f"{house.url}/slack/install")
    assert began(house) == 0
    assert browser.cookies == {browser.followed[0].split("/")[2]: {}}


@pytest.mark.parametrize("path", ["/slack/install", "/slack/oauth_redirect?error=access_denied"])
def test_pages_run_nothing_load_nothing_and_stand_in_no_frame(house: House, path: str) -> None:
    headers = Browser().get(house.url + path).headers
    assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_slack_is_asked_for_no_private_channel_unless_switched_on(house: House) -> None:
    consent = Browser().get(f"{house.url}/slack/install/start")
    assert "channels:history" in consent.body
    assert "groups:" not in consent.body


def test_an_installed_workspace_is_answered(house: House) -> None:
    page = house.install(house.one)
    assert page.status == 200
    assert "One &amp; Sons" in page.body
    assert "team=T0ONE" in page.link("Open Slack")
    assert page.link("Open Slack").startswith("https://slack.com/")
    assert "No articles" in house.one.ask("/articles").text or house.one.ask("/articles").text


def test_a_workspace_that_did_not_install_it_is_told_so(house: House) -> None:
    ack = house.two.slack.command("ana", house.two.deals, "/deals", "microsoft")
    assert ack.status == 200
    [said] = house.two.workspace.ephemerals(house.two.deals, "ana")
    assert "no longer installed" in said.text


def test_the_cookie_of_an_installation_is_hidden_and_for_this_site_alone(house: House) -> None:
    address = urlsplit(house.url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=10)
    connection.request("GET", "/slack/install/start")
    cookie = connection.getresponse().headers["Set-Cookie"]
    connection.close()
    assert {"Secure", "HttpOnly", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")}


def test_the_way_back_is_open_once(house: House) -> None:
    browser = Browser()
    house.install(house.one, browser)
    again = browser.get(browser.followed[-1])
    assert again.status in {400, 401}
    assert "not installed" in again.body
    assert installed(house) == 1


def test_another_browser_cannot_finish_an_installation(house: House) -> None:
    consent = Browser().get(f"{house.url}/slack/install/start")
    page = Browser().get(consent.link("Allow in Two"))
    assert page.status == 400
    assert "another browser" in page.body
    assert installed(house) == 0


def test_a_state_is_taken_by_one_of_two_who_come_at_once(house: House) -> None:
    from storage.installing import StateStore

    store = StateStore(engine=house.seams.services.engine)
    state = store.issue()
    assert [store.consume(state), store.consume(state)] == [True, False]


def test_who_cancels_reads_that_nothing_was_installed(house: House) -> None:
    browser = Browser()
    consent = browser.get(f"{house.url}/slack/install/start")
    page = browser.get(consent.link("Cancel"))
    assert "nothing was installed" in page.body
    assert page.link("Begin again") == f"{house.url}/slack/install"


def test_what_a_stranger_writes_into_the_address_is_not_repeated(house: House) -> None:
    page = Browser().get(f"{house.url}/slack/oauth_redirect?error=<script>alert(1)</script>&state=x")
    assert "script>" not in page.body
    assert "refused the installation" in page.body


@pytest.mark.parametrize(("error", "status"), [("invalid_code", 200), (None, 503)])
def test_when_slack_does_not_give_the_tokens_the_page_says_what_to_do(
    house: House, error: str | None, status: int
) -> None:
    house.server.faults.fail_next("oauth.v2.access", error, status=status)
    page = house.install(house.one)
    assert page.status in {401, 503}
    assert page.link("Begin again")
    assert installed(house) == 0


def test_a_slack_out_of_reach_is_no_stack_trace(house: House) -> None:
    house.server.faults.fail_next("oauth.v2.access", drop=True)
    page = house.install(house.one)
    assert page.status == 503
    assert "be reached" in page.body


def test_installing_again_takes_the_place_of_the_first(house: House) -> None:
    house.install(house.one)
    house.install(house.one)
    assert installed(house) == 1


def test_the_pages_speak_the_browsers_language(house: House) -> None:
    assert '<html lang="es">' in Browser("es-MX,es;q=0.9").get(f"{house.url}/slack/install").body
