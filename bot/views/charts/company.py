"""A company's chart: how it stands to its partners, and its deals by year and kind."""

from collections import Counter
from collections.abc import Mapping, Sequence

from bot.locale import _, ngettext
from bot.pictures import CompanyPicture, took_place
from bot.values import Level, TieKind
from bot.views.charts.canvas import (
    FAINT,
    GRID,
    HEADING,
    INK,
    MARGIN,
    PAPER,
    SMALL,
    STROKES,
    TITLE,
    WIDTH,
    Canvas,
    Stroke,
)
from bot.views.charts.typeface import Typeface
from bot.views.charts.words import kind_noun, kinds_of
from bot.views.dates import format_day
from bot.views.words import joined, level_word

MOST_PARTNERS = 10
MOST_YEARS = 8
_ROW = 88
_BARS = 300
_KEY_ROW = 48

# Grey levels and hatches tell kinds apart where colours don't.
_KIND_STYLES: Mapping[TieKind, tuple[str, str | None]] = {
    TieKind.ACQUISITION: ("#0b4f8a", None),
    TieKind.MERGER: ("#7fb2dd", "//"),
    TieKind.INVESTMENT: ("#d98324", None),
    TieKind.PARTNERSHIP: ("#f3c98b", ".."),
    TieKind.SUPPLY: ("#2f7d4f", None),
    TieKind.LICENSING: ("#a8d5b5", "\\\\"),
    TieKind.FINANCING: ("#6b4fa0", "xx"),
}


def draw(picture: CompanyPicture, typeface: Typeface | None = None) -> Canvas:
    """The chart, as high as it needs to be."""
    shown = picture.partners[:MOST_PARTNERS]
    years = _years(picture)
    kinds = [kind for kind in _KIND_STYLES if any(kind in counts for counts in years.values())]
    more = len(picture.partners) - len(shown)
    list_height = 70 + _ROW * len(shown) + (44 if more else 0)
    highest = max((counts.total() for counts in years.values()), default=0)
    bars_height = 140 + highest * _unit(highest) + 70 + _KEY_ROW * -(-len(kinds) // 2) if years else 0
    canvas = Canvas(150 + list_height + bars_height + MARGIN, typeface or Typeface())
    _title(canvas, picture)
    _partners(canvas, 150, picture, more)
    if years:
        _bars(canvas, 150 + list_height, years, kinds)
    return canvas


def _title(canvas: Canvas, picture: CompanyPicture) -> None:
    room = WIDTH - 2 * MARGIN
    canvas.text(MARGIN, 56, canvas.typeface.name(picture.company, 1), size=TITLE, bold=True, room=room)
    canvas.text(MARGIN, 108, _subtitle(picture), size=SMALL, colour=FAINT, room=room)


def _subtitle(picture: CompanyPicture) -> str:
    return _("What articles posted here say, {day}").format(day=format_day(picture.now))


def _partners(canvas: Canvas, top: float, picture: CompanyPicture, more: int) -> None:
    canvas.text(MARGIN, top + 24, _partners_title(picture), size=HEADING, bold=True)
    y = top + 70
    for number, line in enumerate(picture.partners[:MOST_PARTNERS], 2):
        canvas.line([(MARGIN, y), (WIDTH - MARGIN, y)], Stroke(GRID, 2))
        shown = canvas.typeface.name(line.company, number)
        canvas.text(MARGIN, y + 28, shown, bold=True, room=500)
        kinds = joined(kinds_of(line))
        canvas.text(MARGIN, y + 64, kinds, size=SMALL, colour=FAINT, room=500)
        _scale(canvas, 560, y + 44, line.level)
        y += _ROW
    if more:
        said = _("and {count} more").format(count=more)
        canvas.text(MARGIN, y + 26, said, size=SMALL, colour=FAINT)


def _scale(canvas: Canvas, x: float, y: float, level: Level) -> None:
    """Five places from broken to allied, that of the level filled, and its word."""
    for place in Level:
        at = x + 24 + 48 * (place.number + 2)
        if place is level:
            canvas.dot(at, y, 18, fill=STROKES[level].colour)
        else:
            canvas.dot(at, y, 8, fill=PAPER, edge=FAINT)
    word = level_word(level)
    canvas.text(x + 270, y, word, bold=True, colour=STROKES[level].colour, room=WIDTH - MARGIN - x - 270)


def _partners_title(picture: CompanyPicture) -> str:
    count = len(picture.partners)
    return ngettext("{count} active relationship", "{count} active relationships", count).format(count=count)


def _years(picture: CompanyPicture) -> dict[str, Counter[TieKind]]:
    """The deals of the last years by kind; what lies before them together, under "…" and the year."""
    by_year: dict[int, Counter[TieKind]] = {}
    for deal in picture.deals:
        by_year.setdefault(took_place(deal).year, Counter())[deal.kind] += 1
    if not by_year:
        return {}
    last = max(by_year)
    first = min(by_year)
    if last - first >= MOST_YEARS:
        first = last - MOST_YEARS + 2
    found = {str(year): by_year.get(year, Counter()) for year in range(first, last + 1)}
    before = sum((counts for year, counts in by_year.items() if year < first), Counter[TieKind]())
    return {_("before"): before, **found} if before else found


def _bars(
    canvas: Canvas, top: float, years: Mapping[str, Counter[TieKind]], kinds: Sequence[TieKind]
) -> None:
    canvas.text(MARGIN, top + 44, _("Deals by year"), size=HEADING, bold=True)
    highest = max(counts.total() for counts in years.values())
    floor = top + 140 + highest * _unit(highest)
    step = (WIDTH - 2 * MARGIN) / len(years)
    width = min(90.0, step * 0.7)
    for number, (year, counts) in enumerate(years.items()):
        middle = MARGIN + step * (number + 0.5)
        y = floor
        for kind in kinds:
            if counts[kind]:
                height = counts[kind] * _unit(highest)
                y -= height
                fill, hatch = _KIND_STYLES[kind]
                canvas.box(middle - width / 2, y, width, height, fill=fill, hatch=hatch, edge=INK, thick=1.5)
        if counts:
            canvas.text(middle, y - 24, str(counts.total()), bold=True, across="center")
        canvas.text(middle, floor + 30, year, size=SMALL, across="center", room=step - 8)
    canvas.line([(MARGIN, floor), (WIDTH - MARGIN, floor)], Stroke())
    _key(canvas, floor + 70, kinds)


def _unit(highest: int) -> float:
    """The height of one deal: no taller than wide, and less where a year has many."""
    return min(70.0, _BARS / highest) if highest else 0.0


def _key(canvas: Canvas, top: float, kinds: Sequence[TieKind]) -> None:
    half = (WIDTH - 2 * MARGIN) / 2
    for number, kind in enumerate(kinds):
        x, y = MARGIN + half * (number % 2), top + _KEY_ROW * (number // 2) + 14
        fill, hatch = _KIND_STYLES[kind]
        canvas.box(x, y - 17, 48, 34, fill=fill, hatch=hatch, edge=INK, thick=1.5)
        canvas.text(x + 64, y, kind_noun(kind), size=SMALL, room=half - 80)


def describe(picture: CompanyPicture, typeface: Typeface | None = None) -> str:
    """What the chart shows, in plain words."""
    typeface = typeface or Typeface()
    name = typeface.spoken(picture.company, 1)
    spoken = [
        (line.level, typeface.spoken(line.company, number))
        for number, line in enumerate(picture.partners[:MOST_PARTNERS], 2)
    ]
    said = [_("Chart of {company}: {count}.").format(company=name, count=_partners_title(picture))]
    for level in reversed(Level):
        names = [each for stands, each in spoken if stands is level]
        if names:
            said.append(
                _("{level}: {names}.").format(
                    level=level_word(level).capitalize(), names=joined(names, most=len(names))
                )
            )
    years = [
        _("{year}: {count}").format(year=year, count=counts.total())
        for year, counts in _years(picture).items()
        if counts
    ]
    if years:
        said.append(_("Deals by year: {years}.").format(years=", ".join(years)))
    return " ".join(said)
