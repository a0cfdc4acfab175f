"""What people correct counts at once, for those who know it, and through everything that is derived again."""

import pytest

from bot.errors import UserError
from bot.relationships.company_corrections import CompanySaid, CompanyVerdict
from bot.relationships.corrections import Edit, Verdict
from bot.services import correcting
from bot.services import record as refreshing
from bot.services.corrected import corrected_changes, forget_told
from bot.services.correcting import Corrector
from bot.values import Audience, Company, CompanyName, Deal, Status, TieKind
from storage import channels, companies, corrections, digests, evidence, postings, record, tellings, ties
from storage.record import DealFilter
from tests.factories import (
    ELSEWHERE,
    NOW,
    OTHER_SECRET,
    PUBLIC,
    SECRET,
    TEAM,
    Desk,
    make_extraction,
    make_page,
    make_tie,
    usd,
)
from tests.services.test_record_properties import dump

ONE, TWO = "https://news.example/1", "https://news.example/2"


def deals(desk: Desk, channel_id: str = "") -> tuple[Deal, ...]:
    return record.deals(
        desk.session, team_id=TEAM, channel_id=channel_id, filter=DealFilter(), limit=50
    ).deals


def person(channel_id: str = PUBLIC) -> Corrector:
    return Corrector(team_id=TEAM, channel_id=channel_id, user_id="U1", at=NOW)


def say(desk: Desk, verdict: Verdict, edit: Edit = Edit(), channel_id: str = PUBLIC) -> str:  # noqa: B008
    """Correct every tie of the channel's only deal."""
    (deal,) = deals(desk, channel_id)
    says = dict.fromkeys(deal.tie_ids, (verdict, edit))
    return correcting.correct_facts(desk.session, person(channel_id), says)


def take_back(desk: Desk, batch_id: str, channel_id: str = PUBLIC) -> bool:
    return correcting.undo(desk.session, person(channel_id), batch_id)


def called(desk: Desk, name: str, channel_id: str = "") -> tuple[Company, ...]:
    return companies.find_companies(desk.session, team_id=TEAM, channel_id=channel_id, name=name)


def say_company(desk: Desk, said: CompanySaid, channel_id: str = PUBLIC) -> str:
    return correcting.correct_company(desk.session, person(channel_id), said)


def same_after_rebuild(desk: Desk) -> bool:
    before = dump(desk)
    refreshing.rebuild(desk.session, team_id=TEAM)
    return dump(desk) == before


def test_what_is_wrong_is_gone_and_comes_back_when_that_is_undone(desk: Desk) -> None:
    desk.share(make_tie(money=usd(5)))
    before = dump(desk)
    batch_id = say(desk, Verdict.WRONG)
    assert deals(desk) == ()
    assert same_after_rebuild(desk)
    assert take_back(desk, batch_id)
    assert dump(desk) == before


def test_what_is_wrong_stays_away_when_the_article_is_read_again(desk: Desk) -> None:
    article_id = desk.share(make_tie(money=usd(5)))
    say(desk, Verdict.WRONG)
    desk.read(article_id, make_extraction(make_tie(money=usd(5), start=90)), make_page("Read again."))
    assert deals(desk) == ()


def test_what_is_right_stays_when_the_reader_does_not_find_it_again(desk: Desk) -> None:
    article_id = desk.share(make_tie(confidence=0.4))
    say(desk, Verdict.RIGHT)
    desk.read(article_id, make_extraction(), make_page("Read again."))
    (deal,) = deals(desk)
    assert deal.confidence > 0.9
    line = evidence.evidence(desk.session, team_id=TEAM, channel_id="", tie_ids=deal.tie_ids)[deal.tie_ids[0]]
    assert (line.text, line.corrected_by) == (make_tie().evidence.text, "U1")
    assert same_after_rebuild(desk)


def test_an_edited_fact_stays_as_edited(desk: Desk) -> None:
    article_id = desk.share(make_tie(money=usd(650)))
    say(desk, Verdict.EDIT, Edit(money=(usd(700),), status=Status.ANNOUNCED))  # type: ignore[arg-type]
    desk.read(article_id, make_extraction(make_tie(money=usd(650))), make_page("Read again."))
    (deal,) = deals(desk)
    assert ([each.money for each in deal.amounts], deal.status) == ([usd(700)], Status.ANNOUNCED)


def test_an_edit_to_another_company_moves_the_deal(desk: Desk) -> None:
    desk.share(make_tie())
    say(desk, Verdict.EDIT, Edit(target="Newcomer", kind=TieKind.ACQUISITION))
    (deal,) = deals(desk)
    assert deal.kind is TieKind.ACQUISITION
    assert [deal.target_id] == [company.id for company in called(desk, "Newcomer")]
    assert same_after_rebuild(desk)


def test_undoing_one_edit_leaves_the_other(desk: Desk) -> None:
    desk.share(make_tie(money=usd(650)))
    first = say(desk, Verdict.EDIT, Edit(money=(usd(700),)))  # type: ignore[arg-type]
    say(desk, Verdict.EDIT, Edit(status=Status.ENDED))
    take_back(desk, first)
    (deal,) = deals(desk)
    assert (deal.amounts[0].money, deal.status) == (usd(650), Status.ENDED)


def test_undoing_twice_is_undoing_once(desk: Desk) -> None:
    desk.share(make_tie())
    batch_id = say(desk, Verdict.WRONG)
    assert take_back(desk, batch_id)
    assert not take_back(desk, batch_id)


def test_a_fact_that_is_no_more_cannot_be_corrected(desk: Desk) -> None:
    with pytest.raises(UserError):
        correcting.correct_facts(desk.session, person(), {"nothing": (Verdict.WRONG, Edit())})


def test_a_public_fact_corrected_behind_closed_doors_counts_for_everybody(desk: Desk) -> None:
    desk.share(make_tie())
    say(desk, Verdict.WRONG, channel_id=SECRET)
    assert deals(desk) == ()


def test_a_secret_fact_cannot_be_corrected_from_outside(desk: Desk) -> None:
    desk.share(make_tie(), channel_id=SECRET)
    (deal,) = deals(desk, SECRET)
    with pytest.raises(UserError):
        correcting.correct_facts(desk.session, person(), dict.fromkeys(deal.tie_ids, (Verdict.WRONG, Edit())))


@pytest.mark.parametrize("channel_id", ["", PUBLIC, ELSEWHERE, OTHER_SECRET, "C-new"])
def test_what_is_said_of_a_secret_fact_stays_secret(desk: Desk, channel_id: str) -> None:
    desk.share(make_tie(), channel_id=SECRET)
    batch_id = say(desk, Verdict.EDIT, Edit(target="Newcomer"), channel_id=SECRET)
    assert called(desk, "Newcomer", SECRET)
    assert not called(desk, "Newcomer", channel_id)
    assert corrections.history(desk.session, team_id=TEAM, channel_id=channel_id) == ()
    with pytest.raises(UserError):
        take_back(desk, batch_id, channel_id)


@pytest.mark.parametrize("withdrawn", [True, False])
def test_a_secret_correction_of_what_became_public_holds_for_those_who_made_it(
    desk: Desk, withdrawn: bool
) -> None:
    desk.share(make_tie(), channel_id=SECRET, message_ts="1.0")
    say(desk, Verdict.WRONG, channel_id=SECRET)
    desk.refresh(*desk.post(ONE).changed)
    if withdrawn:
        desk.delete("1.0", SECRET)
    assert (len(deals(desk)), len(deals(desk, SECRET))) == (1, 0)
    assert same_after_rebuild(desk)


def test_a_channel_that_opens_brings_its_corrections_along(desk: Desk) -> None:
    desk.share(make_tie(), channel_id=SECRET)
    say(desk, Verdict.EDIT, Edit(target="Newcomer"), channel_id=SECRET)
    channels.remember_audience(desk.session, team_id=TEAM, channel_id=SECRET, audience=Audience.PUBLIC)
    desk.refresh(*postings.articles_of_channel(desk.session, team_id=TEAM, channel_id=SECRET))
    assert called(desk, "Newcomer")
    assert same_after_rebuild(desk)


def test_corrections_go_with_their_article(desk: Desk) -> None:
    desk.share(make_tie(), message_ts="1.0")
    say(desk, Verdict.EDIT, Edit(target="Newcomer"))
    desk.delete("1.0")
    assert corrections.history(desk.session, team_id=TEAM, channel_id=PUBLIC) == ()
    assert not called(desk, "Newcomer")


def test_corrections_move_to_the_article_that_turns_out_to_be_the_same(desk: Desk) -> None:
    article_id = desk.share(make_tie(), url=ONE)
    (tie_id,) = ties.ties_of(desk.session, team_id=TEAM, article_id=article_id)
    correcting.correct_facts(desk.session, person(), {tie_id: (Verdict.WRONG, Edit())})
    (other,) = desk.post(TWO).new_articles
    desk.read(other, make_extraction(make_tie()), make_page(f"The text of {article_id}."))
    assert deals(desk) == ()


def test_merged_companies_are_one_and_both_names_find_it(desk: Desk) -> None:
    desk.share(make_tie("Activision", "OpenAI"), url=ONE)
    desk.share(make_tie("Blizzard", "OpenAI"), url=TWO, page=make_page("Two."))
    batch_id = say_company(
        desk,
        CompanySaid(CompanyVerdict.MERGE, ("blizzard",), "Blizzard", ("activision",), "Activision"),
    )
    assert called(desk, "Activision") == called(desk, "Blizzard")
    assert called(desk, "Activision")[0].name == "Blizzard"
    (deal,) = deals(desk)
    assert len(deal.tie_ids) == 2
    assert same_after_rebuild(desk)
    take_back(desk, batch_id)
    assert called(desk, "Activision") != called(desk, "Blizzard")
    assert same_after_rebuild(desk)


def test_a_company_is_found_by_its_new_name_and_by_the_old_one(desk: Desk) -> None:
    desk.share(make_tie())
    said = CompanySaid(CompanyVerdict.RENAME, ("openai",), "Open Brain")
    batch_id = say_company(desk, said)
    (found,) = called(desk, "Open Brain")
    assert (found.name, found.aliases) == ("Open Brain", ("OpenAI",))
    assert called(desk, "OpenAI") == (found,)
    assert same_after_rebuild(desk)
    desk.share(make_tie("Oracle", "Open Brain"), url=TWO, page=make_page("Two."))
    assert len(called(desk, "OpenAI")) == 1
    take_back(desk, batch_id)
    assert called(desk, "OpenAI")[0].name == "OpenAI"
    assert same_after_rebuild(desk)


def test_an_alias_that_is_split_off_is_a_company_of_its_own(desk: Desk) -> None:
    desk.share(make_tie(), companies=(CompanyName("Microsoft", ("MSN",)), CompanyName("OpenAI")))
    batch_id = say_company(
        desk, CompanySaid(CompanyVerdict.SPLIT, ("microsoft",), "Microsoft", ("msn",), "MSN")
    )
    (split,) = called(desk, "MSN")
    assert (split.name, split.aliases) == ("MSN", ())
    assert called(desk, "Microsoft")[0].aliases == ()
    assert same_after_rebuild(desk)
    take_back(desk, batch_id)
    assert called(desk, "MSN") == called(desk, "Microsoft")
    assert same_after_rebuild(desk)


@pytest.mark.parametrize("channel_id", [PUBLIC, SECRET])
def test_a_hidden_company_shows_nowhere(desk: Desk, channel_id: str) -> None:
    desk.share(make_tie(), url=ONE)
    desk.share(make_tie(), url=TWO, channel_id=SECRET, page=make_page("Two."))
    batch_id = say_company(desk, CompanySaid(CompanyVerdict.HIDE, ("openai",), "OpenAI"))
    assert (called(desk, "OpenAI", channel_id), deals(desk, channel_id)) == ((), ())
    assert not companies.suggest_companies(desk.session, team_id=TEAM, channel_id=channel_id, name="Open AI")
    assert same_after_rebuild(desk)
    take_back(desk, batch_id)
    assert len(deals(desk, channel_id)) == 1


def test_a_company_hidden_where_alone_it_was_known_stays_hidden_there(desk: Desk) -> None:
    desk.share(make_tie(), url=ONE, channel_id=SECRET)
    say_company(desk, CompanySaid(CompanyVerdict.HIDE, ("openai",), "OpenAI"), SECRET)
    desk.share(make_tie(), url=TWO, page=make_page("Two."))
    assert (called(desk, "OpenAI", SECRET), deals(desk, SECRET)) == ((), ())
    assert len(deals(desk)) == 1
    assert same_after_rebuild(desk)


def test_a_merger_with_a_secret_company_is_secret(desk: Desk) -> None:
    desk.share(make_tie("Blizzard", "OpenAI"), url=ONE)
    desk.share(make_tie("Project X", "OpenAI"), url=TWO, channel_id=SECRET, page=make_page("Two."))
    said = CompanySaid(CompanyVerdict.MERGE, ("blizzard",), "Blizzard", ("project x",), "Project X")
    say_company(desk, said, SECRET)
    assert called(desk, "Project X", SECRET) == called(desk, "Blizzard", SECRET)
    assert not called(desk, "Project X")
    assert len(deals(desk, SECRET)) == 1
    assert same_after_rebuild(desk)


def tell(desk: Desk) -> None:
    """A digest tells the public channel all that is known."""
    told = [change.id for change in record.changes(desk.session, team_id=TEAM, channel_id=PUBLIC)]
    digests.mark_told(desk.session, team_id=TEAM, channel_id=PUBLIC, change_ids=told, now=NOW)


def waiting(desk: Desk, channel_id: str = PUBLIC) -> tuple[tellings.CorrectedTelling, ...]:
    return tellings.corrected_tellings(desk.session, team_id=TEAM, channel_id=channel_id)


def news(desk: Desk) -> list[str]:
    """The changes that the public channel was not told."""
    told = digests.told_changes(desk.session, team_id=TEAM, channel_id=PUBLIC)
    known = record.changes(desk.session, team_id=TEAM, channel_id=PUBLIC)
    return [change.id for change in known if change.id not in told]


def test_what_a_digest_told_wrongly_is_to_be_told_again(desk: Desk) -> None:
    desk.share(make_tie(money=usd(650)))
    tell(desk)
    say(desk, Verdict.EDIT, Edit(money=(usd(700),)))  # type: ignore[arg-type]
    (telling,) = waiting(desk)
    assert telling.now
    assert (telling.told.money, telling.now.money) == (usd(650), usd(700))
    assert news(desk) == []
    assert waiting(desk, ELSEWHERE) == ()


def test_what_a_digest_told_and_is_wrong_is_to_be_taken_back(desk: Desk) -> None:
    desk.share(make_tie())
    tell(desk)
    say(desk, Verdict.WRONG)
    (telling,) = waiting(desk)
    assert telling.now is None


@pytest.mark.parametrize(
    "edit", [Edit(kind=TieKind.ACQUISITION), Edit(status=Status.ENDED), Edit(target="Oracle")]
)
def test_an_edited_fact_is_no_news_and_undone_there_is_nothing_to_say(desk: Desk, edit: Edit) -> None:
    desk.share(make_tie())
    tell(desk)
    batch_id = say(desk, Verdict.EDIT, edit)
    assert (len(waiting(desk)), news(desk)) == (1, [])
    take_back(desk, batch_id)
    assert (waiting(desk), news(desk)) == ((), [])


def test_what_was_not_told_yet_stays_news(desk: Desk) -> None:
    desk.share(make_tie("Oracle", "OpenAI"), url=TWO, page=make_page("Two."))
    tell(desk)
    desk.share(make_tie(), url=ONE)
    untold = len(news(desk))
    (deal,) = [deal for deal in deals(desk) if deal.source_id == called(desk, "Microsoft")[0].id]
    edit = Edit(kind=TieKind.ACQUISITION)
    correcting.correct_facts(desk.session, person(), dict.fromkeys(deal.tie_ids, (Verdict.EDIT, edit)))
    assert len(news(desk)) == untold
    assert waiting(desk) == ()


def test_a_merger_makes_no_news(desk: Desk) -> None:
    desk.share(make_tie("Activision", "OpenAI"), url=ONE)
    desk.share(make_tie("Blizzard", "OpenAI"), url=TWO, page=make_page("Two."))
    tell(desk)
    said = CompanySaid(CompanyVerdict.MERGE, ("activision",), "Activision", ("blizzard",), "Blizzard")
    batch_id = say_company(desk, said)
    assert news(desk) == []
    take_back(desk, batch_id)
    assert news(desk) == []


NET = "Microsoft Network"
SAID = {
    "renamed": CompanySaid(CompanyVerdict.RENAME, ("openai",), "Open Brain", (), "OpenAI"),
    "merged": CompanySaid(CompanyVerdict.MERGE, ("oracle",), "Oracle", ("openai",), "OpenAI"),
    "split": CompanySaid(CompanyVerdict.SPLIT, ("microsoft",), "Microsoft", ("microsoft network",), NET),
    "hidden": CompanySaid(CompanyVerdict.HIDE, ("openai",), "OpenAI"),
}


def corrections_to_tell(desk: Desk, channel_id: str = PUBLIC) -> list[tuple[object, Status | None]]:
    """What the next message has to say of companies."""
    found = corrected_changes(desk.session, team_id=TEAM, channel_id=channel_id)
    return [(change.corrects, change.status_after) for change in found]


def hear(desk: Desk) -> None:
    """A digest tells the public channel all that is waiting."""
    tell(desk)
    found = {each.id for each in corrected_changes(desk.session, team_id=TEAM, channel_id=PUBLIC)}
    digests.mark_told(desk.session, team_id=TEAM, channel_id=PUBLIC, change_ids=found, now=NOW)
    forget_told(desk.session, team_id=TEAM, channel_id=PUBLIC, change_ids=found)


@pytest.fixture
def told_of(desk: Desk) -> Desk:
    """A channel was told of OpenAI, Microsoft, and its Network, taken for it; and was not told of Oracle."""
    names = (CompanyName("Microsoft", (NET,)), CompanyName("OpenAI"))
    desk.share(make_tie(), companies=names, url=ONE, message_ts="1.0")
    desk.share(make_tie(NET, "Inflection"), url=TWO, page=make_page("Two."))
    tell(desk)
    desk.share(make_tie("Oracle", "Nuance"), url="https://news.example/3", page=make_page("Three."))
    return desk


@pytest.mark.parametrize("how", SAID)
def test_those_who_were_told_of_a_company_are_told_what_became_of_it(told_of: Desk, how: str) -> None:
    say_company(told_of, SAID[how])
    assert corrections_to_tell(told_of) == [(SAID[how], Status.COMPLETED)]
    assert corrections_to_tell(told_of, ELSEWHERE) == []


def test_those_who_were_told_of_other_companies_are_told_nothing_of_it(told_of: Desk) -> None:
    for said in (
        CompanySaid(CompanyVerdict.RENAME, ("oracle",), "Delphi", (), "Oracle"),
        CompanySaid(CompanyVerdict.MERGE, ("openai",), "OpenAI", ("oracle",), "Oracle"),
    ):
        say_company(told_of, said)
    assert corrections_to_tell(told_of) == []


@pytest.mark.parametrize("how", SAID)
def test_what_was_taken_back_before_anybody_heard_of_it_is_not_told(told_of: Desk, how: str) -> None:
    take_back(told_of, say_company(told_of, SAID[how]))
    assert (corrections_to_tell(told_of), len(news(told_of))) == ([], 1)


@pytest.mark.parametrize("how", SAID)
def test_what_was_taken_back_after_it_was_told_is_told(told_of: Desk, how: str) -> None:
    batch_id = say_company(told_of, SAID[how])
    hear(told_of)
    assert corrections_to_tell(told_of) == []
    take_back(told_of, batch_id)
    assert corrections_to_tell(told_of) == [(SAID[how], Status.ENDED)]
    hear(told_of)
    assert corrections_to_tell(told_of) == []


def test_a_company_that_nothing_speaks_of_any_more_is_not_told_of(told_of: Desk) -> None:
    say_company(told_of, SAID["hidden"])
    told_of.delete("1.0")
    assert corrections_to_tell(told_of) == []


def test_what_was_told_to_be_wrong_and_is_not_is_told_again(desk: Desk) -> None:
    desk.share(make_tie())
    tell(desk)
    batch_id = say(desk, Verdict.WRONG)
    hear(desk)
    take_back(desk, batch_id)
    (telling,) = waiting(desk)
    assert telling.now == telling.told


def test_an_amount_that_sources_gave_otherwise_is_corrected_and_not_said_to_be_untrue(desk: Desk) -> None:
    """The last article's tie moved the amount that was told, and moves nothing once all say the same."""
    for number, (status, amount) in enumerate(
        [(Status.RUMORED, 600), (Status.ANNOUNCED, 650), (Status.ANNOUNCED, 600)]
    ):
        tie = make_tie(kind=TieKind.ACQUISITION, status=status, money=usd(amount))
        desk.share(tie, url=f"https://news.example/{number}", page=make_page(f"Text {number}."))
    tell(desk)
    say(desk, Verdict.EDIT, Edit(money=(usd(700),)))  # type: ignore[arg-type]
    (change,) = corrected_changes(desk.session, team_id=TEAM, channel_id=PUBLIC)
    assert (change.status_after, change.money) == (Status.ANNOUNCED, usd(700))


def test_what_waits_to_be_corrected_goes_with_a_company_that_is_merged(desk: Desk) -> None:
    desk.share(make_tie(money=usd(650)), url=ONE)
    tell(desk)
    say(desk, Verdict.EDIT, Edit(money=(usd(700),)))  # type: ignore[arg-type]
    desk.share(make_tie("Acme", "Nuance"), url=TWO, page=make_page("Two."))
    merged = CompanySaid(CompanyVerdict.MERGE, ("openai",), "OpenAI", ("acme",), "Acme")
    say_company(desk, merged)
    (change,) = corrected_changes(desk.session, team_id=TEAM, channel_id=PUBLIC)
    (openai,) = called(desk, "OpenAI")
    assert (change.target_id, change.money, change.money_before) == (openai.id, usd(700), usd(650))
