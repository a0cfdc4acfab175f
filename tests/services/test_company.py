"""The card and the pictures of a company, as a reader in one channel may know it."""

from datetime import date, timedelta

from bot.company_answer import PARTNERS_A_PAGE, CompanyAnswer
from bot.pictures import MOST_NEIGHBOURS
from bot.queries import CompanyQuery
from bot.services.company import company_answer
from bot.services.pictures import company_picture, map_picture, relationship_picture
from bot.values import ChangeType, Company, Level, Status, TieKind
from storage import companies
from tests.factories import NOW, PUBLIC, SECRET, TEAM, Desk, make_page, make_tie, usd

BUYS = make_tie("Microsoft", "Inflection", TieKind.ACQUISITION, money=usd(650_000_000))
SUES = make_tie("Microsoft", "Oracle", TieKind.LITIGATION, start=100)


def card(desk: Desk, name: str = "Microsoft", *, channel_id: str = PUBLIC, page: int = 0) -> CompanyAnswer:
    query = CompanyQuery(((name,),))
    answer = company_answer(desk.session, query, team_id=TEAM, channel_id=channel_id, now=NOW, page=page)
    assert isinstance(answer, CompanyAnswer)
    return answer


def company(desk: Desk, name: str, channel_id: str = PUBLIC) -> Company:
    [found] = companies.find_companies(desk.session, team_id=TEAM, channel_id=channel_id, name=name)
    return found


def test_partners_have_their_level_and_what_it_rests_on(desk: Desk) -> None:
    desk.share(BUYS, SUES)
    stands = {line.company.name: (line.level, len(line.ties)) for line in card(desk).partners}
    assert stands == {"Inflection": (Level.ALLIED, 1), "Oracle": (Level.BROKEN, 1)}


def test_what_a_strained_level_rests_on_comes_before_the_deals(desk: Desk) -> None:
    pair = "Microsoft", "OpenAI"
    rivals, quarrels = (
        make_tie(*pair, TieKind.COMPETITION, start=50),
        make_tie(*pair, TieKind.DISPUTE, start=9),
    )
    desk.share(make_tie(), rivals, quarrels)
    [line] = card(desk).partners
    assert line.level is Level.STRAINED
    kinds = [getattr(tie, "deal", None) or tie.bond for tie in line.ties]  # type: ignore[union-attr]
    assert [kind.kind for kind in kinds] == [TieKind.DISPUTE, TieKind.COMPETITION, TieKind.INVESTMENT]


def test_what_is_over_is_no_active_relationship(desk: Desk) -> None:
    desk.share(make_tie("Microsoft", "Inflection", TieKind.ACQUISITION, Status.DENIED))
    assert card(desk).active == 0
    assert card(desk).deals_total == 1


def test_a_page_that_is_no_more_becomes_the_last_one(desk: Desk) -> None:
    many = PARTNERS_A_PAGE + 1
    desk.share(*(make_tie("Microsoft", f"Startup {n}", start=100 * n) for n in range(many)))
    answer = card(desk, page=9)
    assert (answer.page, answer.pages, len(answer.partners)) == (1, 2, 1)


def test_the_last_changes_come_first(desk: Desk) -> None:
    desk.share(BUYS, url="https://news.example/1", page=make_page("One.", published=date(2024, 3, 1)))
    desk.share(SUES, url="https://news.example/2", page=make_page("Two.", published=date(2025, 3, 1)))
    assert card(desk).changes[0].happened_at.year == 2025


def test_an_amount_on_which_sources_disagree_does_not_move_back_and_forth(desk: Desk) -> None:
    for number, amount in enumerate((600, 650, 600)):
        tie = make_tie("Microsoft", "Inflection", TieKind.ACQUISITION, money=usd(amount))
        desk.share(tie, url=f"https://news.example/{number}", page=make_page(f"Text {number}."))
    assert {change.type for change in card(desk).changes} == {ChangeType.NEW_DEAL}


def test_a_private_tie_is_on_the_card_of_its_channel_alone(desk: Desk) -> None:
    desk.share(BUYS)
    desk.share(SUES, url="https://news.example/2", channel_id=SECRET)
    assert card(desk, channel_id=SECRET).active == 2
    seen = card(desk)
    assert (seen.active, seen.articles_total) == (1, 1)
    assert {change.b_id for change in seen.changes} | {change.a_id for change in seen.changes} == {
        company(desk, "Microsoft").id,
        company(desk, "Inflection").id,
    }


def test_pictures_show_what_the_card_shows(desk: Desk) -> None:
    desk.share(BUYS)
    desk.share(SUES, url="https://news.example/2", channel_id=SECRET)
    place = {"team_id": TEAM, "channel_id": PUBLIC}
    chart = company_picture(desk.session, company(desk, "Microsoft"), **place, now=NOW)
    around = map_picture(desk.session, company(desk, "Microsoft"), **place, now=NOW)
    assert [line.company.name for line in chart.partners] == ["Inflection"]
    assert [line.company.name for line in around.neighbours] == ["Inflection"]
    assert len(chart.deals) == 1


def test_a_deal_that_was_denied_is_not_charted(desk: Desk) -> None:
    desk.share(BUYS, make_tie("Microsoft", "Oracle", TieKind.MERGER, Status.DENIED, start=300))
    place = {"team_id": TEAM, "channel_id": PUBLIC}
    chart = company_picture(desk.session, company(desk, "Microsoft"), **place, now=NOW)
    assert [deal.kind for deal in chart.deals] == [TieKind.ACQUISITION]


def test_a_map_ties_the_neighbours_too_and_counts_those_left_out(desk: Desk) -> None:
    spokes = [make_tie("Microsoft", f"Startup {n:02}", start=100 * n) for n in range(MOST_NEIGHBOURS + 2)]
    between = make_tie("Startup 00", "Startup 01", TieKind.SUPPLY, start=9000)
    desk.share(*spokes, make_tie("Microsoft", "Startup 00", TieKind.SUPPLY, start=9100), between)
    place = {"team_id": TEAM, "channel_id": PUBLIC}
    picture = map_picture(desk.session, company(desk, "Microsoft"), **place, now=NOW)
    assert (len(picture.neighbours), picture.left_out) == (MOST_NEIGHBOURS, 2)
    assert picture.neighbours[0].company.name == "Startup 00"
    ids = {line.company.id for line in picture.neighbours}
    assert all({edge.a_id, edge.b_id} <= ids for edge in picture.edges)


def test_a_map_shows_between_neighbours_what_its_channel_may_know(desk: Desk) -> None:
    """What a closed channel knows stands before what everybody does, and in no other's picture."""
    spokes = [
        make_tie("Microsoft", name, start=100 * n) for n, name in enumerate(["Alder", "Birch", "Cedar"])
    ]
    desk.share(*spokes, make_tie("Alder", "Birch", TieKind.SUPPLY, start=900))
    secret = [make_tie("Alder", "Birch", TieKind.MERGER, start=50), make_tie("Birch", "Cedar", start=90)]
    desk.share(*secret, url="https://news.example/2", page=make_page("Two."), channel_id=SECRET)
    names = {company(desk, name).id: name for name in ("Alder", "Birch", "Cedar")}

    def edges(channel_id: str) -> set[tuple[frozenset[str], TieKind]]:
        hub = company(desk, "Microsoft")
        picture = map_picture(desk.session, hub, team_id=TEAM, channel_id=channel_id, now=NOW)
        return {(frozenset((names[edge.a_id], names[edge.b_id])), edge.kind) for edge in picture.edges}

    assert edges(PUBLIC) == {(frozenset(("Alder", "Birch")), TieKind.SUPPLY)}
    assert edges(SECRET) == {
        (frozenset(("Alder", "Birch")), TieKind.MERGER),
        (frozenset(("Birch", "Cedar")), TieKind.INVESTMENT),
    }


def test_a_level_that_fades_is_a_step_of_its_own(desk: Desk) -> None:
    desk.share(make_tie("Microsoft", "OpenAI", TieKind.PARTNERSHIP))
    pair = company(desk, "Microsoft"), company(desk, "OpenAI")
    later = NOW + timedelta(days=365 * 20)
    picture = relationship_picture(desk.session, *pair, team_id=TEAM, channel_id=PUBLIC, now=later)
    assert [(step.level, step.faded) for step in picture.steps] == [
        (Level.COOPERATING, False),
        (Level.NEUTRAL, True),
    ]
    assert picture.steps[0].since < picture.steps[1].since < later


def test_two_that_have_nothing_to_do_with_each_other_make_an_empty_picture(desk: Desk) -> None:
    desk.share(BUYS, SUES)
    pair = company(desk, "Inflection"), company(desk, "Oracle")
    picture = relationship_picture(desk.session, *pair, team_id=TEAM, channel_id=PUBLIC, now=NOW)
    assert (picture.steps, picture.deals) == ((), ())
