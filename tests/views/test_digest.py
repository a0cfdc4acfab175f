"""The digest: grouped, the most significant first, each line proved, and never more than Slack takes."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.answers import DigestAnswer
from bot.digest.digest import Digest, DigestLine
from bot.locale import speaking
from bot.relationships.company_corrections import CompanySaid, CompanyVerdict
from bot.values import ChangeType, Level, Money, Status, TieKind
from bot.views.digest import (
    COOLED,
    CORRECTED,
    MOVED,
    NEW_BONDS,
    NEW_DEALS,
    RUMOURS,
    WARMED,
    group_of,
    line_title,
    render,
)
from bot.views.limits import problems
from tests.views.making import (
    BOUGHT,
    MGX,
    MICROSOFT,
    NVIDIA,
    OPENAI,
    ORACLE,
    PERIOD,
    change,
    shown,
    source,
)

COMPANIES = {company.id: company for company in (MICROSOFT, OPENAI, ORACLE, NVIDIA, MGX)}
COOLING = change(
    id="c2",
    type=ChangeType.COOLED,
    a_id=MICROSOFT.id,
    b_id=OPENAI.id,
    kind=None,
    source_id=None,
    target_id=None,
    status_after=None,
    money=None,
    level_before=Level.ALLIED,
    level_after=Level.STRAINED,
)
NVIDIA_MAY = change(
    id="c3",
    kind=TieKind.INVESTMENT,
    a_id=OPENAI.id,
    b_id=NVIDIA.id,
    source_id=NVIDIA.id,
    status_after=Status.RUMORED,
    money=None,
)
MGX_MAY = replace(NVIDIA_MAY, id="c4", b_id=MGX.id, source_id=MGX.id)


def answer(*lines: DigestLine, omitted: int = 0) -> DigestAnswer:
    return DigestAnswer(Digest(PERIOD, lines, omitted), COMPANIES, {"t1": source()})


def title(*changes: object, party: str | None = None) -> str:
    return line_title(DigestLine(changes, (), party), COMPANIES)  # type: ignore[arg-type]


def test_a_week_reads_like_a_letter() -> None:
    lines = (
        DigestLine((COOLING,)),
        DigestLine((NVIDIA_MAY, MGX_MAY), (), OPENAI.id),
        DigestLine((change(),)),
    )
    text = shown(render(answer(*lines)))
    cooled = text.index("*Cooled*\n*Microsoft* and *OpenAI* cooled · from allied to *strained*")
    supplied = text.index("*New deals*\n*Oracle* supplies *OpenAI* (announced) · $10 bn")
    rumour = text.index("*Rumours*\n*NVIDIA* and *MGX* may invest in *OpenAI*")
    assert cooled < supplied < rumour
    assert text.startswith("9 Nov to 16 Nov 2026")


def test_every_line_comes_with_its_sentence_and_link() -> None:
    text = shown(render(answer(DigestLine((change(),)))))
    assert f"> “{BOUGHT}”" in text
    assert "<https://elpais.com/costuras|El País>" in text


def test_a_heading_stands_once_over_its_lines() -> None:
    text = shown(render(answer(DigestLine((change(),)), DigestLine((change(id="c9"),)))))
    assert text.count("*New deals*") == 1


def test_a_quiet_week_is_one_line() -> None:
    message = render(answer())
    assert message.text == "Nothing changed between companies from 9 Nov to 16 Nov 2026."
    assert len(message.blocks) == 1


@pytest.mark.parametrize(
    ("values", "group"),
    [
        ({"type": ChangeType.COOLED}, COOLED),
        ({"type": ChangeType.ENDED}, COOLED),
        ({"type": ChangeType.DENIED}, COOLED),
        ({"type": ChangeType.WARMED}, WARMED),
        ({"type": ChangeType.NEW_DEAL}, NEW_DEALS),
        ({"type": ChangeType.NEW_DEAL, "status_after": Status.RUMORED}, RUMOURS),
        ({"type": ChangeType.STATUS_MOVED}, MOVED),
        ({"type": ChangeType.AMOUNT_REVISED}, MOVED),
        ({"type": ChangeType.NEW_BOND, "kind": TieKind.DISPUTE}, NEW_BONDS),
        ({"type": ChangeType.CORRECTED}, CORRECTED),
    ],
)
def test_each_change_has_its_group(values: dict[str, object], group: str) -> None:
    assert group_of(change(**values)) == group


def test_a_moved_status_says_what_it_was() -> None:
    moved = change(
        type=ChangeType.STATUS_MOVED, status_before=Status.RUMORED, status_after=Status.COMPLETED, money=None
    )
    assert title(moved) == "*Oracle* supplies *OpenAI* · was rumoured"


def test_a_revised_amount_says_what_it_was() -> None:
    before = Money(Decimal(8_000_000_000), "USD")
    revised = change(type=ChangeType.AMOUNT_REVISED, money_before=before)
    assert title(revised).endswith("$10 bn (was $8 bn)")


def test_companies_side_by_side_agree_with_their_verb() -> None:
    agreed = replace(NVIDIA_MAY, status_after=Status.ANNOUNCED)
    other = replace(MGX_MAY, status_after=Status.ANNOUNCED)
    assert title(agreed, other, party=OPENAI.id) == "*NVIDIA* and *MGX* are to invest in *OpenAI*"


def test_one_source_with_several_targets() -> None:
    first = change(money=None)
    second = replace(first, id="c5", a_id=MICROSOFT.id, target_id=MICROSOFT.id)
    assert title(first, second, party=ORACLE.id) == "*Oracle* supplies *OpenAI* and *Microsoft* (announced)"


def test_partners_of_one_company_are_not_said_to_be_partners_of_each_other() -> None:
    first = change(kind=TieKind.PARTNERSHIP, status_after=Status.COMPLETED, money=None)
    second = replace(first, id="c5", a_id=NVIDIA.id, source_id=OPENAI.id, target_id=NVIDIA.id)
    assert title(first, second, party=OPENAI.id) == "*OpenAI* and each of *Oracle* and *NVIDIA* are partners"


def test_more_changes_are_counted_with_the_way_to_them() -> None:
    text = shown(render(answer(DigestLine((change(),)), omitted=7)))
    assert "And 7 more. Deals dated since then: `/deals since:2026-11-09`" in text


def test_the_way_to_more_changes_is_written_as_the_reader_types_it() -> None:
    with speaking("es"):
        text = shown(render(answer(DigestLine((change(),)), omitted=7)))
    assert "`/deals desde:2026-11-09`" in text


def test_the_period_is_dated_where_the_channel_lives() -> None:
    # 09:00 UTC is Monday 22:00 in Auckland, and 23:00 of Sunday in Honolulu.
    there = replace(answer(), timezone="Pacific/Honolulu")
    assert render(there).text.endswith("from 8 Nov to 15 Nov 2026.")


def test_a_preview_says_that_it_is_one() -> None:
    assert "A preview, posted to nobody" in shown(render(answer(DigestLine((change(),))), preview=True))


def test_fifteen_long_lines_all_fit() -> None:
    long = source(text="Muy largo. " * 200, url="https://a.com/" + "x" * 900)
    lines = tuple(DigestLine((change(id=str(n)),)) for n in range(15))
    message = render(DigestAnswer(Digest(PERIOD, lines, 0), COMPANIES, {"t1": long}))
    assert problems(message) == []
    assert shown(message).count("*Oracle* supplies") == 15


def test_what_does_not_fit_is_counted() -> None:
    lines = tuple(DigestLine((change(id=str(n)),)) for n in range(500))
    message = render(answer(*lines))
    told = shown(message).count("*Oracle* supplies")
    assert problems(message) == []
    assert f"And {500 - told} more" in shown(message)


def test_a_screen_reader_hears_the_lines_under_their_groups() -> None:
    text = render(answer(DigestLine((COOLING,)), DigestLine((change(),)), omitted=2)).text
    assert "Cooled: Microsoft and OpenAI cooled, from allied to strained." in text
    assert "New deals: Oracle supplies OpenAI (announced), $10 bn." in text
    assert text.endswith("And 2 more.")


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (
            Status.COMPLETED,
            "*OpenAI* and *Microsoft* are one company, *Microsoft* · corrected by <@U012AB3CD>",
        ),
        (Status.ENDED, "*OpenAI* and *Microsoft* are one company, *Microsoft* · taken back by <@U012AB3CD>"),
    ],
)
def test_what_people_said_of_companies_is_told_in_their_words(status: Status, said: str) -> None:
    merged = CompanySaid(CompanyVerdict.MERGE, ("microsoft",), "Microsoft", ("openai",), "OpenAI")
    told = change(
        type=ChangeType.CORRECTED,
        kind=None,
        source_id=None,
        target_id=None,
        status_after=status,
        money=None,
        tie_ids=(),
        corrects=merged,
        by="U012AB3CD",
    )
    message = render(answer(DigestLine((told,))))
    assert f"*Corrected*\n{said}" in shown(message)
    assert "Corrected: OpenAI and Microsoft are one company, Microsoft" in message.text
    assert problems(message) == []
