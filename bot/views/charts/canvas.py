"""A sheet of pixels to draw on: 1080 wide, from the top down, and legible on a phone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from math import hypot
from typing import Literal

from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import BoxStyle, Circle, FancyBboxPatch, Patch, PathPatch, Polygon, Rectangle
from matplotlib.path import Path
from matplotlib.text import Text

from bot.values import Level
from bot.views.charts.typeface import Typeface

WIDTH = 1080
MARGIN = 40
INK, FAINT, GRID, PAPER = "#16191d", "#4a5360", "#d5dae1", "#ffffff"
TITLE, HEADING, BODY, SMALL = 44, 32, 28, 24  # pixels

Dash = Literal["solid"] | tuple[int, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a line is drawn; `width` is in pixels."""

    colour: str = INK
    width: float = 3.0
    dash: Dash = "solid"


# Told apart without colour by their dashes and widths, and by the word that always stands beside.
STROKES: Mapping[Level, Stroke] = {
    Level.ALLIED: Stroke("#0b4f8a", 8.0),
    Level.COOPERATING: Stroke("#1976b8"),
    Level.NEUTRAL: Stroke("#5b6673", 4.0, (0, (1, 1.6))),
    Level.STRAINED: Stroke("#b45309", 4.0, (0, (4, 2))),
    Level.BROKEN: Stroke("#9b1c1c", 4.0, (0, (6, 2, 1, 2))),
}

Across = Literal["left", "center", "right"]
Point = tuple[float, float]
_DPI = 100
_POINT = 72 / _DPI  # of a pixel


class Canvas:
    """One picture while it is drawn. Every position and size is in pixels, y growing downwards."""

    def __init__(self, height: float, typeface: Typeface) -> None:
        self.typeface = typeface
        self.height = round(height)
        self.figure = Figure(figsize=(WIDTH / _DPI, self.height / _DPI), dpi=_DPI, facecolor=PAPER)
        self._agg = FigureCanvasAgg(self.figure)
        self._axes = self.figure.add_axes((0, 0, 1, 1))
        self._axes.set_xlim(0, WIDTH)
        self._axes.set_ylim(self.height, 0)
        self._axes.axis("off")
        self.texts: list[Text] = []

    def text(
        self,
        x: float,
        y: float,
        said: str,
        *,
        size: float = BODY,
        bold: bool = False,
        colour: str = INK,
        across: Across = "left",
        room: float | None = None,
    ) -> Text | None:
        """Write a line whose middle is at `y`; nothing for an empty text.

        What is wider than `room` pixels is written smaller, and cut if that is not enough.
        """
        if room is not None and self.measure(self.typeface.writable(said)[:400], size, bold=bold) > room:
            size = max(min(size, SMALL), 0.75 * size)
        shown = self.fit(said, room, size, bold=bold) if room is not None else self.typeface.writable(said)
        if not shown:
            return None
        text = self._axes.text(
            x,
            y,
            shown,
            fontproperties=self.typeface.font(size * _POINT, bold=bold),
            color=colour,
            ha=across,
            va="center_baseline",
            parse_math=False,
            zorder=5,
        )
        self.texts.append(text)
        return text

    def wrapped(self, said: str, room: float, size: float, *, bold: bool = False, most: int = 2) -> list[str]:
        """A text in at most `most` lines of `room` pixels, broken between words where that goes."""
        lines: list[str] = []
        words = self.typeface.writable(said).split()
        while words and len(lines) < most - 1:
            count = len(words)
            while count > 1 and self.measure(" ".join(words[:count]), size, bold=bold) > room:
                count -= 1
            lines.append(self.fit(" ".join(words[:count]), room, size, bold=bold))
            words = words[count:]
        return [*lines, self.fit(" ".join(words), room, size, bold=bold)] if words else lines

    def fit(self, said: str, room: float, size: float, *, bold: bool = False) -> str:
        """As much of a text as `room` pixels hold, with an ellipsis where it is cut."""
        text = self.typeface.writable(said)[:400]
        if self.measure(text, size, bold=bold) <= room:
            return text
        low, high = 0, len(text)
        while low < high:  # the longest beginning that fits
            middle = (low + high + 1) // 2
            if self.measure(text[:middle].rstrip() + "…", size, bold=bold) <= room:
                low = middle
            else:
                high = middle - 1
        return text[:low].rstrip() + "…"

    def measure(self, said: str, size: float, *, bold: bool = False) -> float:
        """How many pixels wide a text is."""
        font = self.typeface.font(size * _POINT, bold=bold)
        renderer: RendererAgg = self._agg.get_renderer()  # type: ignore[no-untyped-call]
        measured = renderer.get_text_width_height_descent(said, font, ismath=False)  # type: ignore[no-untyped-call]
        return float(measured[0])

    def line(self, points: Sequence[Point], stroke: Stroke, *, over: float = 2) -> None:
        """Join points; `over` says how far in front."""
        xs, ys = zip(*points, strict=True)
        line = Line2D(
            xs,
            ys,
            color=stroke.colour,
            linewidth=stroke.width * _POINT,
            linestyle=stroke.dash,
            zorder=over,
            solid_capstyle="butt",
        )
        self._axes.add_line(line)

    def curve(self, start: Point, bend: Point, end: Point, stroke: Stroke) -> None:
        """A line that a third point pulls towards itself."""
        path = Path([start, bend, end], [Path.MOVETO, Path.CURVE3, Path.CURVE3])
        patch = PathPatch(
            path,
            facecolor="none",
            edgecolor=stroke.colour,
            linewidth=stroke.width * _POINT,
            linestyle=stroke.dash,
            zorder=1,
        )
        self._axes.add_patch(patch)

    def arrow(self, start: Point, end: Point, stroke: Stroke) -> None:
        """A line with a head at its end."""
        dx, dy = end[0] - start[0], end[1] - start[1]
        length = max(hypot(dx, dy), 1e-9)
        ux, uy = dx / length, dy / length
        back, half = min(24.0, length), 9 + stroke.width / 2
        neck = (end[0] - ux * back, end[1] - uy * back)
        self.line([start, neck], stroke)
        wings = [(neck[0] - uy * half, neck[1] + ux * half), (neck[0] + uy * half, neck[1] - ux * half)]
        self._axes.add_patch(Polygon([end, *wings], facecolor=stroke.colour, linewidth=0, zorder=2))

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str = PAPER,
        edge: str | None = None,
        thick: float = 2,
        hatch: str | None = None,
        rounded: float = 0,
    ) -> None:
        """A rectangle from its upper left corner."""
        patch: Patch
        if rounded:
            style = BoxStyle.Round(pad=0, rounding_size=rounded)
            patch = FancyBboxPatch((x, y), width, height, boxstyle=style)
        else:
            patch = Rectangle((x, y), width, height)
        patch.set(
            facecolor=fill,
            edgecolor=edge or fill,
            linewidth=thick * _POINT if edge else 0,
            hatch=hatch,
            zorder=3,
        )
        self._axes.add_patch(patch)

    def dot(self, x: float, y: float, radius: float, *, fill: str, edge: str | None = None) -> None:
        """A filled circle."""
        dot = Circle((x, y), radius, facecolor=fill, edgecolor=edge or fill, linewidth=3 * _POINT, zorder=4)
        self._axes.add_patch(dot)

    def png(self) -> bytes:
        """The finished picture: the same bytes for the same drawing."""
        file = BytesIO()
        self.figure.savefig(file, format="png", dpi=_DPI, metadata=dict(Software=None))  # noqa: C408 - PNG's key, no text of ours
        return file.getvalue()
