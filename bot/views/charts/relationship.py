"""A relationship's chart: its level over time, with the deals marked and told underneath."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from statistics import fmean

from babel.dates import format_skeleton

from bot.answers import DealLine
from bot.locale import _, ngettext, region
from bot.pictures import RelationshipPicture, Step, took_place
from bot.values import Level
from bot.views.amounts import format_money
from bot.views.charts.canvas import (
    BODY,
    FAINT,
    GRID,
    INK,
    MARGIN,
    PAPER,
    SMALL,
    STROKES,
    TITLE,
    WIDTH,
    Canvas,
    Dash,
    Stroke,
)
from bot.views.charts.typeface import Typeface
from bot.views.dates import format_day, format_partial
from bot.views.words import level_word, status_word, tie_sentence

MOST_DEALS = 8
MOST_TICKS = 6
_LEFT, _RIGHT = 260, WIDTH - 60
_TOP, _STEP = 180, 90  # of the level that is highest; between levels
_FLOOR = _TOP + 4 * _STEP
_DOT = 24
_ROW = 112
_SPANS = (1.0, 60.0, 110.0, 160.0, 240.0, 400.0)  # pixels within which deals are marked together
_MOST_MOVED = 60.0


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where moments stand on the axis."""

    start: datetime
    end: datetime

    def x(self, moment: datetime) -> float:
        share = (moment - self.start) / (self.end - self.start)
        return _LEFT + share * (_RIGHT - _LEFT)


def draw(picture: RelationshipPicture, typeface: Typeface | None = None) -> Canvas:
    """The chart, as high as its deals need."""
    shown = picture.deals[-MOST_DEALS:]
    earlier = len(picture.deals) - len(shown)
    foot = _FLOOR + (180 if picture.deals else 80)
    listed = 50 + _ROW * len(shown) + (50 if earlier else 0) if shown else 0
    canvas = Canvas(foot + listed + 20, typeface or Typeface())
    scale = _scale(picture)
    _title(canvas, picture)
    _grid(canvas, scale)
    _levels(canvas, scale, picture)
    if shown:
        for cluster in _clusters(scale, picture.deals):
            _mark(canvas, cluster)
        _list(canvas, foot, picture, earlier)
    return canvas


def _scale(picture: RelationshipPicture) -> _Scale:
    moments = [step.since for step in picture.steps] + [took_place(line.deal) for line in picture.deals]
    end = max([picture.now, *moments])
    start = min(moments, default=end)
    return _Scale(min(start, end - timedelta(days=28)), end)


def _title(canvas: Canvas, picture: RelationshipPicture) -> None:
    room = WIDTH - 2 * MARGIN
    names = " – ".join(_short(canvas, picture, room - 60, TITLE).values())
    canvas.text(MARGIN, 56, names, size=TITLE, bold=True, room=room)
    canvas.text(MARGIN, 112, _present(picture), size=SMALL, colour=FAINT, room=room)


def _short(canvas: Canvas, picture: RelationshipPicture, room: float, size: float) -> dict[str, str]:
    """The names by company id, cut so that both fit into `room` pixels."""
    names = [canvas.typeface.name(company, number) for number, company in enumerate(picture.companies, 1)]
    widths = [canvas.measure(said, size, bold=True) for said in names]
    rooms = [max(room / 2, room - other) for other in reversed(widths)]
    return {
        company.id: canvas.fit(said, most, size, bold=True)
        for company, said, most in zip(picture.companies, names, rooms, strict=True)
    }


def _present(picture: RelationshipPicture) -> str:
    if not picture.steps:
        return _("Nothing posted here tells how they stand, {day}").format(day=format_day(picture.now))
    last = picture.steps[-1]
    if last.faded:
        said = _("{level} now: nothing new since {day}")
        day = next(step.since for step in reversed(picture.steps) if not step.faded)
    else:
        said, day = _("{level} since {day}"), last.since
    return said.format(level=level_word(last.level), day=format_day(day))


def _grid(canvas: Canvas, scale: _Scale) -> None:
    for level in Level:
        y = _y(level)
        canvas.line([(_LEFT, y), (_RIGHT, y)], Stroke(GRID, 2), over=1)
        word = level_word(level)
        canvas.text(_LEFT - 20, y, word, size=26, across="right", room=_LEFT - 20 - MARGIN / 2)
    last = format_day(scale.end)
    canvas.text(WIDTH - MARGIN / 2, _FLOOR + 40, last, size=SMALL, across="right")
    canvas.line([(_RIGHT, _FLOOR), (_RIGHT, _FLOOR + 14)], Stroke(width=2))
    free, end = 0.0, WIDTH - MARGIN / 2 - canvas.measure(last, SMALL) - 24
    for moment, said in _ticks(scale):
        x, half = scale.x(moment), canvas.measure(said, SMALL) / 2
        if free < x - half and x + half < end:
            canvas.line([(x, _FLOOR), (x, _FLOOR + 14)], Stroke(width=2))
            canvas.text(x, _FLOOR + 40, said, size=SMALL, across="center")
            free = x + half + 24
    canvas.line([(_LEFT, _FLOOR), (_RIGHT, _FLOOR)], Stroke(), over=1)


def _y(level: Level) -> float:
    return _TOP + _STEP * (2 - level.number)


def _ticks(scale: _Scale) -> Iterator[tuple[datetime, str]]:
    """Beginnings of years, or of months where there are few years, at most MOST_TICKS."""
    months = (scale.end.year - scale.start.year) * 12 + scale.end.month - scale.start.month + 1
    yearly = months > 24
    every = -(-months // (12 * MOST_TICKS)) * 12 if yearly else -(-months // MOST_TICKS)
    first = scale.start.year * 12 + (0 if yearly else scale.start.month - 1)
    for number in range(first, first + months + 12, every):
        moment = datetime(number // 12, number % 12 + 1, 1, tzinfo=UTC) if number < 9999 * 12 else scale.end
        if scale.start <= moment < scale.end:
            skeleton = "y" if yearly else "yMMM"
            yield moment, str(format_skeleton(skeleton, moment, locale=region()))


def _levels(canvas: Canvas, scale: _Scale, picture: RelationshipPicture) -> None:
    """A step line, dotted where the level only faded; it begins where the first article told of it."""
    before: Step | None = None
    for number, step in enumerate(picture.steps, 1):
        end = picture.steps[number].since if number < len(picture.steps) else scale.end
        x, y = scale.x(step.since), _y(step.level)
        dash: Dash = (0, (1.5, 1.5)) if step.faded else "solid"
        colour = STROKES[step.level].colour
        if before is not None:
            canvas.line([(x, _y(before.level)), (x, y)], Stroke(INK, 4, dash))
        canvas.line([(x, y), (scale.x(end), y)], Stroke(colour, 9, dash), over=3)
        if not step.faded:
            canvas.dot(x, y, 11, fill=colour, edge=PAPER)
        before = step


@dataclass(frozen=True, slots=True)
class _Cluster:
    """Deals that are marked together: their numbers, from 1, where they stand, and where the mark does."""

    first: int
    places: tuple[float, ...]
    x: float

    @property
    def said(self) -> str:
        last = self.first + len(self.places) - 1
        return str(self.first) if last == self.first else f"{self.first}–{last}"

    @property
    def half(self) -> float:
        return _DOT if len(self.said) == 1 else _DOT + 7.0 * len(self.said)


def _clusters(scale: _Scale, deals: Sequence[DealLine]) -> list[_Cluster]:
    """A mark for each deal, or for those close together where there is no room: moved a little at most."""
    places = [scale.x(took_place(line.deal)) for line in deals]
    for span in _SPANS:
        clusters = _spread(_gathered(places, span))
        if all(abs(cluster.x - fmean(cluster.places)) <= _MOST_MOVED for cluster in clusters):
            return clusters
    return [_Cluster(1, tuple(places), fmean(places))]


def _gathered(places: Sequence[float], span: float) -> list[_Cluster]:
    groups: list[list[float]] = []
    for x in places:
        if groups and x - groups[-1][0] < span:
            groups[-1].append(x)
        else:
            groups.append([x])
    firsts = accumulate((len(group) for group in groups), initial=1)
    return [_Cluster(first, tuple(group), fmean(group)) for first, group in zip(firsts, groups, strict=False)]


def _spread(clusters: Sequence[_Cluster]) -> list[_Cluster]:
    """The marks moved apart, to the right and then back from the edge."""
    spread: list[_Cluster] = []
    free: float = MARGIN
    for cluster in clusters:
        spread.append(replace(cluster, x=max(cluster.x, free + cluster.half)))
        free = spread[-1].x + cluster.half + 8
    free = WIDTH - MARGIN / 2
    for number in range(len(spread) - 1, -1, -1):
        cluster = spread[number]
        spread[number] = replace(cluster, x=min(cluster.x, free - cluster.half))
        free = spread[number].x - cluster.half - 8
    return spread


def _mark(canvas: Canvas, cluster: _Cluster) -> None:
    y = _FLOOR + 108
    for x in cluster.places:
        canvas.line([(x, _TOP - 20), (x, _FLOOR)], Stroke("#9aa3ad", 2, (0, (2, 3))), over=1)
    canvas.box(cluster.x - cluster.half, y - _DOT, 2 * cluster.half, 2 * _DOT, fill=INK, rounded=_DOT - 0.5)
    canvas.text(cluster.x, y, cluster.said, size=SMALL, bold=True, colour=PAPER, across="center")


def _list(canvas: Canvas, top: float, picture: RelationshipPicture, earlier: int) -> None:
    y = top + 30
    if earlier:
        said = ngettext("{count} earlier deal, then:", "{count} earlier deals, then:", earlier)
        canvas.text(MARGIN, y, said.format(count=earlier), size=SMALL, colour=FAINT)
        y += 50
    else:
        canvas.text(MARGIN, y, _("Deals"), size=SMALL, colour=FAINT)
        y += 10
    room = WIDTH - 2 * MARGIN - 90
    names = _short(canvas, picture, 660, BODY)
    for number, line in enumerate(picture.deals[earlier:], earlier + 1):
        y += 46
        half = _DOT + 6.0 * (len(str(number)) - 1)
        canvas.box(MARGIN, y - _DOT, 2 * half, 2 * _DOT, fill=INK, rounded=_DOT - 0.5)
        canvas.text(MARGIN + half, y, str(number), size=SMALL, bold=True, colour=PAPER, across="center")
        canvas.text(MARGIN + 90, y, _sentence(names, line), bold=True, room=room)
        canvas.text(MARGIN + 90, y + 42, _details(line), size=SMALL, colour=FAINT, room=room)
        y += _ROW - 46


def _sentence(names: Mapping[str, str], line: DealLine) -> str:
    source, target = (names.get(company.id, company.name) for company in (line.source, line.target))
    return tie_sentence(line.deal.kind, line.deal.status, source, target)


def _details(line: DealLine) -> str:
    deal = line.deal
    day = format_partial(deal.date) if deal.date else format_day(deal.first_seen)
    money = format_money(deal.amounts[0].money) if deal.amounts else ""
    return " · ".join(filter(None, [day, status_word(deal.status, deal.kind), money]))


def describe(picture: RelationshipPicture, typeface: Typeface | None = None) -> str:
    """What the chart shows, in plain words."""
    typeface = typeface or Typeface()
    a, b = typeface.spoken(picture.a, 1), typeface.spoken(picture.b, 2)
    said = [_("Chart of {a} and {b}: {present}.").format(a=a, b=b, present=_present(picture))]
    said += [f"{format_day(step.since)}: {level_word(step.level)}." for step in picture.steps]
    names = {picture.a.id: a, picture.b.id: b}
    shown = picture.deals[-MOST_DEALS:]
    if len(shown) < len(picture.deals):
        count = len(picture.deals) - len(shown)
        said.append(ngettext("{count} earlier deal.", "{count} earlier deals.", count).format(count=count))
    for number, line in enumerate(shown, len(picture.deals) - len(shown) + 1):
        said.append(f"{number}: {_sentence(names, line)} · {_details(line)}.")
    return " ".join(said)
