"""Makes docs/demo.png: plays the demo and takes a picture of its first minutes (needs Debian's chromium).

.venv/bin/python docs/picture.py
"""

import io
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

from bot import logs
from bot.console.demo import run_demo
from bot.shell.demo import start_app

WIDTH = 110
# What is shown, from one line of the tour to the next.
SCENES = (("People post links", "Another newspaper"), ("Anybody can ask", "Tom Achebe  /relationship"))
BAR = "Reading (language models"
DOCS = Path(__file__).parent
# Rich's own page loads fonts from the network; this one takes what the machine has.
PAGE = """<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: "DejaVu Sans Mono", monospace; font-size: {char_height}px;
  line-height: {line_height}px; }}
{styles}
</style>
<defs><clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" /></clipPath>{lines}</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}<g class="{unique_id}-matrix">{matrix}</g></g></svg>"""


def main() -> None:
    """Play, cut, draw."""
    logs.set_up("ERROR")
    played = io.StringIO()
    console = _terminal(played)
    if missed := run_demo(start_app, console=console):
        sys.exit("\n".join(missed))
    lines = played.getvalue().splitlines()
    bare = [re.sub(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\", "", line) for line in lines]
    drawn = _terminal(io.StringIO(), record=True)
    for first, last in SCENES:
        begin = next(number for number, plain in enumerate(bare) if plain.startswith(first))
        end = next(number for number, plain in enumerate(bare) if plain.startswith(last))
        for line, plain in zip(lines[begin:end], bare[begin:end], strict=True):
            if BAR not in plain:
                drawn.print(Text.from_ansi(line))
    with tempfile.TemporaryDirectory() as folder:
        svg = Path(folder) / "demo.svg"
        svg.write_text(drawn.export_svg(title="seams demo", code_format=PAGE))
        height = float(re.search(r'viewBox="0 0 [\d.]+ ([\d.]+)"', svg.read_text())[1])  # type: ignore[index]
        width = float(re.search(r'viewBox="0 0 ([\d.]+)', svg.read_text())[1])  # type: ignore[index]
        subprocess.run(  # noqa: S603
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-sync",
             "--no-first-run", "--disable-background-networking", "--disable-component-update",
             f"--user-data-dir={folder}/profile", f"--window-size={int(width)},{int(height)}",
             f"--screenshot={DOCS / 'demo.png'}", svg.as_uri()],
            check=True,
        )  # fmt: skip


def _terminal(file: io.StringIO, *, record: bool = False) -> Console:
    return Console(
        file=file, width=WIDTH, record=record, force_terminal=True, color_system="truecolor", highlight=False
    )


if __name__ == "__main__":
    main()
