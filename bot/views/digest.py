"""The digest: what changed between companies, most significant first, each line with its proof."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

from bot.answers import DigestAnswer, Source
from bot.digest.digest import Digest, DigestLine
from bot.digest.schedule import Period
from bot.locale import N_, _, ngettext
from bot.queries import Command
from bot.query_filters import field_word
from bot.relationships.company_corrections import CompanySaid
from bot.values import SYMMETRIC_KINDS, Change, ChangeType, Company, Status
from bot.views.amounts import format_money
from bot.views.blocks import MAX_BLOCKS, MAX_TEXT, MAX_TOTAL, actions, context, header, section, size
from bot.views.corrections import company_words
from bot.views.dates import format_day, format_short_day
from bot.views.fact_menus import correct_button, facts_of_lines
from bot.views.feedback import FeedbackButtons
from bot.views.lines import UNSURE_BELOW, Detail, fitting, origins, quote
from bot.views.message import Block, Message
from bot.views.text import bold, mrkdwn, name, user
from bot.views.words import joined, level_word, status_word, tie_sentence

Beside = Callable[[DigestLine], Block]

_COOLED = frozenset({ChangeType.COOLED, ChangeType.ENDED, ChangeType.DENIED})
# In the order in which they stand.
COOLED, WARMED, NEW_DEALS, MOVED, NEW_BONDS, RUMOURS, CORRECTED = (
    N_("Cooled"),
    N_("Warmed"),
    N_("New deals"),
    N_("Moved"),
    N_("New between companies"),
    N_("Rumours"),
    N_("Corrected"),
)
FOLLOWED = N_("Followed here")
_GROUPS = (FOLLOWED, COOLED, WARMED, NEW_DEALS, MOVED, NEW_BONDS, RUMOURS, CORRECTED)

_LEVEL_SENTENCES = {ChangeType.WARMED: N_("{both} warmed"), ChangeType.COOLED: N_("{both} cooled")}
_CHANGED = N_("{both} changed")


def render(
    answer: DigestAnswer, *, preview: bool = False, feedback: FeedbackButtons | None = None
) -> Message:
    """The digest of one channel; a quiet period is one line."""
    digest = answer.digest
    if not digest.lines:
        said = _("Nothing changed between companies from {period}.").format(
            period=period_words(digest.period, answer.timezone)
        )
        return Message(said, (section(said),))
    head = [header(_("What changed between companies")), context(_subtitle(answer, preview=preview))]
    said = ngettext(
        "What changed between companies: {period}, {count} change.",
        "What changed between companies: {period}, {count} changes.",
        len(digest.lines),
    ).format(period=_subtitle(answer, preview=preview), count=len(digest.lines))
    row = [*(feedback.whole() if feedback else ()), *correct_button(facts_of_lines(digest.lines))]
    foot = [actions(*row)] if row else []
    blocks = lines_between(head, answer, foot)
    if feedback:
        with_buttons = lines_between(head, answer, foot, beside=feedback.beside(digest))
        # A button beside each line, but not at the price of a word.
        bare = [{part: block[part] for part in block if part != "accessory"} for block in with_buttons]
        blocks = with_buttons if bare == blocks else blocks
    return Message(spoken_lines(said, answer), tuple(blocks))


def lines_between(
    head: Sequence[Block], answer: DigestAnswer, foot: Sequence[Block], *, beside: Beside | None = None
) -> list[Block]:
    """The blocks of a message: as many of the lines as fit between `head` and `foot`, and how many more.

    `beside` makes the button at the right of a line.
    """
    counts = range(len(answer.digest.lines), 0, -1)
    # The most lines that fit: what fits with some lines fits with fewer.
    best = bisect_left(counts, True, key=lambda shown: _fits([*head, *_body(answer, shown, beside), *foot]))
    return [*head, *_body(answer, counts[min(best, len(counts) - 1)], beside), *foot]


def _fits(blocks: Sequence[Block]) -> bool:
    return len(blocks) <= MAX_BLOCKS and size(blocks) <= MAX_TOTAL


def _subtitle(answer: DigestAnswer, *, preview: bool) -> str:
    period = period_words(answer.digest.period, answer.timezone)
    return _("A preview, posted to nobody: {period}").format(period=period) if preview else period


def period_words(period: Period, timezone: str) -> str:
    """ "9 Nov to 16 Nov 2026", as the days are where the channel lives."""
    zone = ZoneInfo(timezone)
    start, end = period.start.astimezone(zone), period.end.astimezone(zone)
    first = format_short_day(start) if start.year == end.year else format_day(start)
    return _("{first} to {last}").format(first=first, last=format_day(end))


def _ordered(lines: Iterable[DigestLine]) -> list[tuple[str, DigestLine]]:
    """The lines under their groups, in the groups' order; within a group as they came."""
    grouped = [(FOLLOWED if line.followed else group_of(line.lead), line) for line in lines]
    return sorted(grouped, key=lambda pair: _GROUPS.index(pair[0]))


def group_word(change: Change) -> str:
    """The heading under which a change stands, in the language that is spoken."""
    return _(group_of(change))


def group_of(change: Change) -> str:
    """The heading under which a change stands, in English."""
    if change.type is ChangeType.CORRECTED:
        return CORRECTED
    if change.type in _COOLED:
        return COOLED
    if change.type is ChangeType.WARMED:
        return WARMED
    if change.status_after is Status.RUMORED:
        return RUMOURS
    if change.type is ChangeType.NEW_DEAL:
        return NEW_DEALS
    return NEW_BONDS if change.type is ChangeType.NEW_BOND else MOVED


def _body(answer: DigestAnswer, shown: int, beside: Beside | None) -> list[Block]:
    """The `shown` most significant lines as blocks, and a note on all the others."""
    digest = answer.digest
    more = len(digest.lines) - shown + digest.omitted
    rest = _("And {count} more.").format(count=more)
    foot = [context(f"{rest} {deals_since(digest)}")] if more else []

    def render_lines(detail: Detail) -> list[Block]:
        blocks: list[Block] = []
        heading = ""
        for group, line in _ordered(digest.lines[:shown]):
            # A heading stands in the section of its first line, so that only lines use up blocks.
            lead = f"{bold(_(group))}\n" if group != heading else ""
            heading = group
            first, *more_blocks = _line_blocks(answer, line, lead, detail)
            blocks += [first | ({"accessory": beside(line)} if beside else {}), *more_blocks]
        return blocks

    return [*fitting(MAX_TOTAL - 1000, render_lines), *foot]


def deals_since(digest: Digest) -> str:
    """The command that comes nearest to what a digest leaves out.

    It goes by the days of the deals, the digest by when they were learnt; and not every change is a deal.
    """
    command = f"{Command.DEALS} {field_word('since')}:{digest.period.start.date()}"
    return _("Deals dated since then: `{command}`").format(command=command)


def _line_blocks(answer: DigestAnswer, line: DigestLine, lead: str, detail: Detail) -> list[Block]:
    sources = _sources(line, answer.sources)
    text = "\n".join(filter(None, [line_title(line, answer.companies), quote(sources, detail)]))
    where = origins(sources, detail)
    return [section(lead + text), context(where)] if where else [section(lead + text)]


def _sources(line: DigestLine, sources: Mapping[str, Source]) -> list[Source]:
    ids = dict.fromkeys(tie_id for change in line.changes for tie_id in change.tie_ids)
    return [sources[tie_id] for tie_id in ids if tie_id in sources]


def line_title(line: DigestLine, companies: Mapping[str, Company], *, plain: bool = False) -> str:
    """What changed, in one sentence: "*NVIDIA* and *MGX* may invest in *OpenAI*"."""
    parts = [
        _sentence(line, companies, plain=plain),
        *_moves(line.lead, plain=plain),
        *_correction(line.lead, companies, plain=plain),
        _("not sure") if min(change.confidence for change in line.changes) < UNSURE_BELOW else "",
    ]
    return (", " if plain else " · ").join(filter(None, parts))


def _sentence(line: DigestLine, companies: Mapping[str, Company], *, plain: bool) -> str:
    lead = line.lead

    def called(ids: Iterable[str | None]) -> str:
        names = [_name(company_id, companies) for company_id in dict.fromkeys(ids)]
        return joined(names if plain else [bold(each) for each in names])

    if isinstance(lead.corrects, CompanySaid):
        return company_words(lead.corrects, plain=plain)
    if lead.type is ChangeType.CORRECTED and lead.status_after is None and lead.corrects is not None:
        return _sentence(DigestLine((lead.corrects,)), companies, plain=plain)
    if lead.kind is None or lead.source_id is None or lead.target_id is None:
        return _(_LEVEL_SENTENCES.get(lead.type, _CHANGED)).format(both=called([lead.a_id, lead.b_id]))
    status = lead.status_after or Status.COMPLETED
    if line.party is None:
        return tie_sentence(lead.kind, status, called([lead.source_id]), called([lead.target_id]))
    others = [c.source_id if c.target_id == line.party else c.target_id for c in line.changes]
    if lead.kind in SYMMETRIC_KINDS:
        # "A, B and C are partners" would say it of A and B too.
        return tie_sentence(
            lead.kind, status, called([line.party]), _("each of {companies}").format(companies=called(others))
        )
    if lead.target_id == line.party:
        return tie_sentence(lead.kind, status, called(others), called([line.party]), plural=len(others) > 1)
    return tie_sentence(lead.kind, status, called([line.party]), called(others))


def _moves(change: Change, *, plain: bool) -> Iterator[str]:
    """What was before and is now, and the amount."""
    if change.level_after is not None:
        after = level_word(change.level_after) if plain else bold(level_word(change.level_after))
        if change.level_before:
            before = level_word(change.level_before)
            yield _("from {before} to {after}").format(before=before, after=after)
        else:
            yield _("now {level}").format(level=after)
    if change.status_before and change.status_after and change.status_before is not change.status_after:
        yield _("was {status}").format(status=status_word(change.status_before, change.kind))
    if change.money:
        amount = mrkdwn(format_money(change.money), 40)
        if change.money_before:
            former = mrkdwn(format_money(change.money_before), 40)
            yield _("{amount} (was {former})").format(amount=amount, former=former)
        else:
            yield amount


def _correction(change: Change, companies: Mapping[str, Company], *, plain: bool) -> Iterator[str]:
    """What had been told here, where it is not plain already, and who corrected it."""
    if change.type is not ChangeType.CORRECTED:
        return
    told, who = change.corrects, user(change.by)
    taken_back = isinstance(told, CompanySaid) and change.status_after is Status.ENDED
    if change.status_after is None:
        yield _("told here before; it is not so")
    elif isinstance(told, Change) and _subject(told) != _subject(change):
        sentence = _sentence(DigestLine((told,)), companies, plain=plain)
        yield _("told here before: {sentence}").format(sentence=sentence)
    elif not isinstance(told, CompanySaid):
        yield _("told otherwise here before")
    if taken_back:
        yield _("taken back by {person}").format(person=who) if who else _("taken back")
    elif who:
        yield _("corrected by {person}").format(person=who)


def _subject(change: Change) -> tuple[object, ...]:
    return change.kind, change.source_id, change.target_id


def _name(company_id: str | None, companies: Mapping[str, Company]) -> str:
    company = companies.get(company_id or "")
    return name(company.name if company else "")


def spoken_lines(text: str, answer: DigestAnswer) -> str:
    """The text, then all lines without quotes, as far as they fit."""
    ordered = _ordered(answer.digest.lines)
    left = len(ordered) + answer.digest.omitted
    for group, line in ordered:
        said = f"\n{_(group)}: {line_title(line, answer.companies, plain=True)}."
        if len(text) + len(said) > MAX_TEXT - 40:
            break
        text += said
        left -= 1
    return "\n".join([text, *([_("And {count} more.").format(count=left)] if left else [])])
