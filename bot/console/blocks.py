"""Block Kit blocks laid out for a terminal."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from rich.columns import Columns
from rich.console import Group, RenderableType
from rich.markdown import Markdown
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from bot.console.mrkdwn import Names, emoji, render_mrkdwn
from bot.console.plain import harmless, linked, one_line
from bot.console.values import Json

_BUTTON_STYLES = {"primary": "bold green", "danger": "bold red"}
_SPACED = frozenset({"header", "section", "rich_text", "input", "table", "data_table", "markdown"})
_BULLETS = ("•", "◦", "▪")


def render_blocks(blocks: Iterable[object], names: Names) -> list[RenderableType]:
    """What the blocks show, with blank lines where Slack leaves room; unknown kinds show their text."""
    parts: list[RenderableType] = []
    for block in blocks:
        if isinstance(block, Mapping):
            parts += [Text("")] if parts and block.get("type") in _SPACED else []
            parts.append(_render(block, names))
    return parts


def indented(part: RenderableType, columns: int) -> RenderableType:
    """`part` moved to the right."""
    return Padding(part, (0, 0, 0, columns)) if columns else part


def _render(block: Mapping[str, object], names: Names) -> RenderableType:
    show = _SHOW.get(str(block.get("type")))
    if show is not None:
        return show(block, names)
    return _joined((Text(line) for line in _any_text(block)), "\n")


def _header(block: Mapping[str, object], _names: Names) -> Text:
    return Text(_plain(block.get("text")), style="bold underline")


def _divider(_block: Mapping[str, object], _names: Names) -> Rule:
    return Rule(style="dim")


def _actions(block: Mapping[str, object], names: Names) -> Columns:
    return Columns([_element(element, names) for element in _dicts(block.get("elements"))], padding=(0, 1))


def _markdown(block: Mapping[str, object], _names: Names) -> Markdown:
    return Markdown(harmless(str(block.get("text", ""))), hyperlinks=False)


def _section(block: Mapping[str, object], names: Names) -> RenderableType:
    parts: list[RenderableType] = []
    if block.get("text") is not None:
        parts.append(_text(block.get("text"), names))
    fields = _dicts(block.get("fields"))
    if fields:
        grid = Table.grid(padding=(0, 3), expand=False)
        for left in range(0, len(fields), 2):
            grid.add_row(*(_text(field, names) for field in fields[left : left + 2]))
        parts.append(grid)
    accessory = block.get("accessory")
    if not isinstance(accessory, Mapping):
        return Group(*parts)
    row = Table.grid(padding=(0, 2), expand=True)
    row.add_column(ratio=1)
    row.add_column(justify="right", no_wrap=True)
    row.add_row(Group(*parts), _element(accessory, names))
    return row


def _context(block: Mapping[str, object], names: Names) -> Text:
    parts = []
    for element in _dicts(block.get("elements")):
        part = _image(element, names) if element.get("type") == "image" else _text(element, names)
        part.stylize_before("dim")
        parts.append(part)
    return _joined(parts, "  ")


def _element(element: Mapping[str, object], names: Names) -> Text:
    kind = str(element.get("type"))
    if kind == "button":
        style = _BUTTON_STYLES.get(str(element.get("style")), "bold cyan")
        return Text(f"[ {_plain(element.get('text'))} ]", style=style)
    if kind == "overflow":
        return Text("[ ⋯ ]", style="bold cyan")
    if kind == "image":
        return _image(element, names)
    shown = _plain(element.get("initial_option")) or _plain(element.get("placeholder")) or "choose"
    return Text(f"[ {shown} ▾ ]", style="bold cyan")


def _input(block: Mapping[str, object], _names: Names) -> RenderableType:
    element = block.get("element")
    holder = element if isinstance(element, Mapping) else {}
    label = Text.assemble((_plain(block.get("label")), "bold"))
    filled = harmless(str(holder.get("initial_value") or "")) or _plain(holder.get("initial_option"))
    if block.get("optional"):
        label.append(" (optional)", style="dim")
        if not filled:
            return label
    content = Text(filled) if filled else Text(_plain(holder.get("placeholder")), style="dim")
    parts: list[RenderableType] = [label, Panel(content, style="dim", padding=(0, 1))]
    if block.get("hint"):
        parts.append(Text(_plain(block.get("hint")), style="dim italic"))
    return Group(*parts)


def _image(block: Mapping[str, object], _names: Names) -> Text:
    label = one_line(str(block.get("alt_text", ""))) or "image"
    return linked(f"[image: {label}]", str(block.get("image_url", "")), "dim")


def _table(block: Mapping[str, object], names: Names) -> RenderableType:
    grid = Table(show_header=True, title=one_line(str(block.get("caption") or "")) or None)
    rows = [list(_cells(row)) for row in _list(block.get("rows"))]
    width = max((len(row) for row in rows), default=0)
    if not width:
        return Text("")
    for cell in (rows[0] + [{}] * width)[:width]:
        grid.add_column(_cell(cell, names))
    for row in rows[1:]:
        grid.add_row(*(_cell(cell, names) for cell in row))
    return grid


def _cells(row: object) -> Iterator[Json]:
    inner = row.get("cells") if isinstance(row, Mapping) else row
    yield from _dicts(inner)


def _cell(cell: Json, names: Names) -> Text:
    if cell.get("type") == "rich_text":
        return _joined((_rich_element(element, names) for element in _dicts(cell.get("elements"))), "\n")
    return Text(one_line(str(cell.get("text", cell.get("value", "")))))


def _rich_text(block: Mapping[str, object], names: Names) -> Text:
    return _joined((_rich_element(element, names) for element in _dicts(block.get("elements"))), "\n")


def _rich_element(element: Json, names: Names) -> Text:
    kind = element.get("type")
    inner = _dicts(element.get("elements"))
    if kind == "rich_text_list":
        return _rich_list(element, inner, names)
    text = _joined((_rich_inline(part, names) for part in inner), "")
    if kind == "rich_text_preformatted":
        text.stylize("cyan")
    if kind == "rich_text_quote":
        lines = text.split("\n", allow_blank=True)
        return _joined((Text.assemble(("▌ ", "dim")).append_text(line) for line in lines), "\n")
    return text


def _rich_list(element: Json, items: list[Json], names: Names) -> Text:
    depth = min(int(element.get("indent") or 0), 8) if str(element.get("indent") or 0).isdigit() else 0
    lines = []
    for number, item in enumerate(items, start=1):
        mark = f"{number}." if element.get("style") == "ordered" else _BULLETS[depth % len(_BULLETS)]
        lines.append(Text("  " * depth + mark + " ").append_text(_rich_element(item, names)))
    return _joined(lines, "\n")


def _rich_inline(part: Json, names: Names) -> Text:
    kind = part.get("type")
    if kind == "link":
        url = str(part.get("url", ""))
        return linked(str(part.get("text") or url), url, "blue")
    if kind == "user":
        return Text("@" + one_line(names.user(str(part.get("user_id")))), style="bold blue")
    if kind == "channel":
        return Text("#" + one_line(names.channel(str(part.get("channel_id")))), style="bold blue")
    if kind == "broadcast":
        return Text("@" + one_line(str(part.get("range"))), style="bold yellow")
    if kind == "emoji":
        return Text(emoji(str(part.get("name"))))
    return Text(
        harmless(str(part.get("text") or part.get("fallback") or "")), style=_style(part.get("style"))
    )


def _style(style: object) -> str:
    if not isinstance(style, Mapping):
        return ""
    words = [name for name in ("bold", "italic", "strike") if style.get(name)]
    return " ".join([*words, "cyan"] if style.get("code") else words)


def _text(text: object, names: Names) -> Text:
    if not isinstance(text, Mapping):
        return Text("")
    if text.get("type") == "mrkdwn":
        return render_mrkdwn(str(text.get("text", "")), names)
    return Text(harmless(str(text.get("text", ""))))


def _plain(text: object) -> str:
    if not isinstance(text, Mapping):
        return ""
    inner = text.get("text", "")
    return _plain(inner) if isinstance(inner, Mapping) else one_line(str(inner))


def _any_text(node: object) -> Iterator[str]:
    if isinstance(node, Mapping):
        if isinstance(node.get("text"), str):
            yield harmless(str(node["text"]))
        for child in node.values():
            yield from _any_text(child)
    elif isinstance(node, list):
        for child in node:
            yield from _any_text(child)


def _joined(parts: Iterable[Text], between: str) -> Text:
    return Text(between).join(parts)


def _list(items: object) -> list[object]:
    return items if isinstance(items, list) else []


def _dicts(items: object) -> list[Json]:
    return [item for item in _list(items) if isinstance(item, dict)]


_SHOW: Mapping[str, Callable[[Mapping[str, object], Names], RenderableType]] = MappingProxyType(
    {
        "actions": _actions,
        "context": _context,
        "context_actions": _actions,
        "data_table": _table,
        "divider": _divider,
        "header": _header,
        "image": _image,
        "input": _input,
        "markdown": _markdown,
        "rich_text": _rich_text,
        "section": _section,
        "table": _table,
    }
)
