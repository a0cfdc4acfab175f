"""A company's map: who stands around it, tied by what, and how these are tied to each other."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import atan2, pi, sin

import networkx

from bot.answers import DealLine
from bot.company_answer import PartnerLine
from bot.locale import _, ngettext
from bot.pictures import Edge, MapPicture
from bot.values import SYMMETRIC_KINDS, Company, Level
from bot.views.charts.canvas import (
    FAINT,
    MARGIN,
    PAPER,
    SMALL,
    STROKES,
    TITLE,
    WIDTH,
    Canvas,
    Point,
    Stroke,
)
from bot.views.charts.typeface import Typeface
from bot.views.charts.words import stands, tie_noun
from bot.views.words import level_word

_SEED = 7
_TOP = 150
_GAP = 34
_NODE = 26  # pixels of a name
_BOX = 296  # width of a neighbour's box
_CORE = 230  # of the company's
_THIN = 2.5
_LEVELS_A_ROW = 3
_MOST_SIDE_EDGES = 6  # told under the map; all are drawn
_LINE = 36


@dataclass(frozen=True, slots=True)
class _Node:
    """A box around `x`, `y` and the lines in it: the name, then how the company stands to it."""

    x: float
    y: float
    width: float
    height: float
    name: tuple[str, ...]
    detail: tuple[str, ...]


def draw(picture: MapPicture, typeface: Typeface | None = None) -> Canvas:
    """The map, as high as its neighbours need; the key of the lines is under it."""
    typeface = typeface or Typeface()
    probe = Canvas(100, typeface)
    lines = _around(picture)
    half = -(-len(lines) // 2)
    right, left = lines[:half], lines[half:]
    boxes = {line.company.id: _measure(probe, picture, line) for line in lines}
    column = max([_height(boxes, right), _height(boxes, left), 240.0])
    levels, key = _levels(picture), _key_rows(probe, picture)
    rows = -(-len(levels) // _LEVELS_A_ROW) + len(key)
    canvas = Canvas(_TOP + column + 60 + 46 * rows + MARGIN, typeface)
    core_name = tuple(canvas.wrapped(typeface.name(picture.company, 1), _CORE - 24, 30, bold=True, most=3))
    core = _Node(WIDTH / 2, _TOP + column / 2, _CORE, 40 + 40 * len(core_name), core_name, ())
    nodes = _column(boxes, right, column, 1) | _column(boxes, left, column, -1)
    _title(canvas, picture)
    for edge in picture.edges:
        _side_edge(canvas, core, nodes[edge.a_id], nodes[edge.b_id], edge)
    for line in lines:
        _main_edge(canvas, core, nodes[line.company.id], line)
    for node in nodes.values():
        _node(canvas, node)
    _core(canvas, core)
    _key(canvas, _TOP + column + 60, levels, key)
    return canvas


def _around(picture: MapPicture) -> list[PartnerLine]:
    """The neighbours in the order in which they stand around: those tied to each other close together."""
    graph = networkx.Graph()
    middle = picture.company.id
    graph.add_nodes_from([middle, *(line.company.id for line in picture.neighbours)])
    graph.add_edges_from((middle, line.company.id) for line in picture.neighbours)
    graph.add_edges_from((edge.a_id, edge.b_id) for edge in picture.edges)
    places = networkx.spring_layout(graph, seed=_SEED)
    x, y = places[middle]

    def angle(line: PartnerLine) -> float:
        at = places[line.company.id]
        return atan2(at[1] - y, at[0] - x)

    return sorted(picture.neighbours, key=angle)


def _measure(canvas: Canvas, picture: MapPicture, line: PartnerLine) -> _Node:
    number = 2 + picture.neighbours.index(line)
    name = canvas.typeface.name(line.company, number)
    names = tuple(canvas.wrapped(name, _BOX - 28, _NODE, bold=True))
    details = tuple(canvas.wrapped(stands(line), _BOX - 28, SMALL, most=3))
    return _Node(0, 0, _BOX, 20 + _LINE * (len(names) + len(details)), names, details)


def _height(boxes: dict[str, _Node], lines: list[PartnerLine]) -> float:
    return sum(boxes[line.company.id].height + _GAP for line in lines)


def _column(boxes: dict[str, _Node], lines: list[PartnerLine], column: float, side: int) -> dict[str, _Node]:
    """The boxes of one side, spread over the whole height, bent a little around the middle."""
    spare = (column - _height(boxes, lines)) / max(1, len(lines))
    placed = {}
    top: float = _TOP
    # Angles grow against the clock: upwards on the right, downwards on the left.
    for line in reversed(lines) if side > 0 else lines:
        box = boxes[line.company.id]
        y = top + (spare + _GAP + box.height) / 2
        bend = sin(pi * (y - _TOP) / column)
        x = WIDTH / 2 + side * (WIDTH / 2 - MARGIN / 2 - _BOX / 2 - 50 * (1 - bend))
        placed[line.company.id] = _Node(x, y, box.width, box.height, box.name, box.detail)
        top += spare + _GAP + box.height
    return placed


def _title(canvas: Canvas, picture: MapPicture) -> None:
    room = WIDTH - 2 * MARGIN
    said = _("Around {company}").format(company=canvas.typeface.name(picture.company, 1))
    canvas.text(MARGIN, 56, said, size=TITLE, bold=True, room=room)
    known = _("What articles posted here say of the companies tied to it")
    canvas.text(MARGIN, 108, known, size=SMALL, colour=FAINT, room=room)


def _main_edge(canvas: Canvas, core: _Node, node: _Node, line: PartnerLine) -> None:
    """The tie of the company: an arrow where what was told last has a direction."""
    end = _inner(node, 8)
    start = _rim(core, end)
    stroke = STROKES[line.level]
    tie = line.ties[0] if line.ties else None
    kind = None if tie is None else tie.deal.kind if isinstance(tie, DealLine) else tie.bond.kind
    if tie is None or kind in SYMMETRIC_KINDS:
        canvas.line([start, end], stroke)
    elif tie.target.id == line.company.id:
        canvas.arrow(start, end, stroke)
    else:
        canvas.arrow(end, start, stroke)


def _side_edge(canvas: Canvas, core: _Node, a: _Node, b: _Node, edge: Edge) -> None:
    """The tie of two neighbours, thinner; it bends around what lies between."""
    start, end = _inner(a, 0), _inner(b, 0)
    x, y = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    if (a.x < WIDTH / 2) == (b.x < WIDTH / 2):
        inwards = -1 if a.x > WIDTH / 2 else 1
        bend = (x + inwards * min(170.0, 50 + abs(start[1] - end[1]) / 4), y)
    else:
        bend = (x, y + (150 if y >= core.y else -150))
    canvas.curve(start, bend, end, _thin(edge.level))


def _thin(level: Level) -> Stroke:
    return replace(STROKES[level], width=_THIN)


def _inner(node: _Node, away: float) -> Point:
    """The middle of the side of a box that looks at the company, `away` pixels before it."""
    side = 1 if node.x > WIDTH / 2 else -1
    return node.x - side * (node.width / 2 + away), node.y


def _rim(node: _Node, towards: Point) -> Point:
    """Where a line from the middle of a box to a point leaves it."""
    dx, dy = towards[0] - node.x, towards[1] - node.y
    scale = max(abs(dx) / (node.width / 2 + 8), abs(dy) / (node.height / 2 + 8), 1e-9)
    return node.x + dx / scale, node.y + dy / scale


def _node(canvas: Canvas, node: _Node) -> None:
    x, y = node.x - node.width / 2, node.y - node.height / 2
    canvas.box(x, y, node.width, node.height, edge=FAINT, thick=2, rounded=14)
    at = y + 10 + _LINE / 2
    for said in node.name:
        canvas.text(node.x, at, said, size=_NODE, bold=True, across="center")
        at += _LINE
    for said in node.detail:
        canvas.text(node.x, at, said, size=SMALL, colour=FAINT, across="center")
        at += _LINE


def _core(canvas: Canvas, core: _Node) -> None:
    x, y = core.x - core.width / 2, core.y - core.height / 2
    canvas.box(x, y, core.width, core.height, fill="#0e2a3d", rounded=18)
    for number, said in enumerate(core.name):
        canvas.text(core.x, y + 40 + 40 * number, said, size=30, bold=True, colour=PAPER, across="center")


def _levels(picture: MapPicture) -> list[Level]:
    found = {line.level for line in picture.neighbours}
    return [level for level in reversed(Level) if level in found]


def _key_rows(probe: Canvas, picture: MapPicture) -> list[tuple[str, Level | None]]:
    """What stands under the map: the ties of neighbours with the level of each, and what is left out."""
    names = {key: probe.fit(said, 290, SMALL) for key, said in _names(picture, probe.typeface.name).items()}
    shown = picture.edges[:_MOST_SIDE_EDGES]
    rows: list[tuple[str, Level | None]] = [(_side_words(edge, names), edge.level) for edge in shown]
    more = len(picture.edges) - len(shown)
    if more:
        said = ngettext("and {count} more tie between them", "and {count} more ties between them", more)
        rows.append((said.format(count=more), None))
    if picture.left_out:
        said = ngettext("and {count} more company", "and {count} more companies", picture.left_out)
        rows.append((said.format(count=picture.left_out), None))
    return rows


def _key(canvas: Canvas, top: float, levels: list[Level], rows: list[tuple[str, Level | None]]) -> None:
    step = (WIDTH - 2 * MARGIN) / _LEVELS_A_ROW
    for number, level in enumerate(levels):
        x, y = MARGIN + step * (number % _LEVELS_A_ROW), top + 46 * (number // _LEVELS_A_ROW)
        canvas.line([(x, y), (x + 100, y)], STROKES[level])
        canvas.text(x + 116, y, level_word(level), size=SMALL, room=step - 130)
    top += 46 * -(-len(levels) // _LEVELS_A_ROW)
    for number, (said, of) in enumerate(rows):
        y = top + 46 * number
        if of is not None:
            canvas.line([(MARGIN, y), (MARGIN + 100, y)], _thin(of))
        canvas.text(MARGIN + 116, y, said, size=SMALL, room=WIDTH - 2 * MARGIN - 116)


def _names(picture: MapPicture, name: Callable[[Company, int], str]) -> dict[str, str]:
    return {line.company.id: name(line.company, number) for number, line in enumerate(picture.neighbours, 2)}


def _side_words(edge: Edge, names: Mapping[str, str]) -> str:
    return _("{kind}, {level}: {a} – {b}").format(
        a=names[edge.a_id],
        b=names[edge.b_id],
        kind=tie_noun(edge.kind, rumored=edge.rumored),
        level=level_word(edge.level),
    )


def describe(picture: MapPicture, typeface: Typeface | None = None) -> str:
    """What the map shows, in plain words."""
    typeface = typeface or Typeface()
    count = len(picture.neighbours)
    said = [
        ngettext(
            "Map of {company} and {count} company tied to it.",
            "Map of {company} and {count} companies tied to it.",
            count,
        ).format(company=typeface.spoken(picture.company, 1), count=count)
    ]
    names = _names(picture, typeface.spoken)
    said += [f"{names[line.company.id]} – {stands(line)}." for line in picture.neighbours]
    said += [f"{_side_words(edge, names)}." for edge in picture.edges]
    if picture.left_out:
        more = ngettext("And {count} more company.", "And {count} more companies.", picture.left_out)
        said.append(more.format(count=picture.left_out))
    return " ".join(said)
