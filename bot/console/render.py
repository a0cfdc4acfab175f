"""A stand-in workspace as one of its readers sees it, for a terminal: messages, threads, modals, App Home."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.text import Text

from bot.console.blocks import indented, render_blocks
from bot.console.mrkdwn import Names, emoji, render_mrkdwn
from bot.console.plain import linked, one_line
from bot.console.times import moment_of
from bot.console.values import Json, Message, View
from bot.console.workspace import Workspace

_THREAD_INDENT = 4
_BODY_INDENT = 2


class Screen:
    """Lays out what `reader` sees, in their time zone."""

    def __init__(self, workspace: Workspace, reader: str, folder: Path | None = None) -> None:
        """`reader` is a user's id or name; files that are posted are put into `folder`, if there is one."""
        self._workspace = workspace
        self._folder = folder
        self._zone = ZoneInfo(workspace.user(reader).timezone)
        self.names = Names(workspace.user_name, workspace.channel_name, self._zone)

    def message(self, message: Message) -> RenderableType:
        """One message: who and when, its content, its reactions; a reply is moved to the right."""
        parts: list[RenderableType] = []
        if message.only_for is not None:
            parts.append(Text("Only visible to you", style="dim italic"))
        parts.append(self._byline(message))
        parts.append(indented(self._content(message), _BODY_INDENT))
        if message.reactions:
            parts.append(indented(self._reactions(message), _BODY_INDENT))
        return indented(Group(*parts), _THREAD_INDENT if message.is_reply else 0)

    def thread(self, where: str, ts: str) -> RenderableType:
        """A message and the replies under it."""
        replies = self._workspace.thread(where, ts)
        return Group(*(self.message(m) for m in (self._workspace.message(where, ts), *replies)))

    def view(self, view: View) -> RenderableType:
        """A modal with its title and buttons, or an App Home."""
        body = view.body
        parts = render_blocks(body.get("blocks") or [], self.names)
        parts += [Text(f"{one_line(k)}: {one_line(v)}", style="bold red") for k, v in view.errors.items()]
        if view.kind == "home":
            return Panel(Group(*parts), title="Seams: Home", title_align="left", padding=(0, 1))
        title = Text(_word(body.get("title"), "Seams"), style="bold")
        buttons = Text.assemble(("[ " + _word(body.get("close"), "Close") + " ]", "dim"))
        if body.get("submit"):
            buttons.append("  [ " + _word(body.get("submit"), "Submit") + " ]", style="bold green")
        return Panel(Group(*parts, Text(""), buttons), title=title, title_align="left", padding=(0, 1))

    def _byline(self, message: Message) -> Text:
        line = Text.assemble((one_line(self._workspace.real_name(message.user)), "bold"))
        if message.bot_id:
            line.append(" ").append("APP", style="dim reverse")
        line.append("  " + _clock(moment_of(message.ts).astimezone(self._zone)), style="dim")
        return line

    def _content(self, message: Message) -> RenderableType:
        parts = render_blocks(message.blocks, self.names)
        if not parts and message.text:
            parts.append(render_mrkdwn(message.text, self.names))
        for file in message.files:
            parts += self._file(file)
        for preview in message.attachments:
            parts.append(
                Text("┃ " + one_line(str(preview.get("title") or preview.get("fallback") or "")), "dim")
            )
        if message.edited and parts:
            parts.append(Text("(edited)", style="dim"))
        return Group(*parts)

    def _file(self, file: Json) -> list[RenderableType]:
        """A file by its title, the words that stand for a picture, and where it was put to be looked at."""
        name = str(file.get("title") or file.get("name") or "file")
        parts: list[RenderableType] = [linked(f"📎 {name}", str(file.get("url_private", "")))]
        if file.get("alt_txt"):
            parts.append(Text(one_line(str(file["alt_txt"])), style="dim"))
        if self._folder is not None:
            path = self._folder / Path(str(file.get("name"))).name
            path.write_bytes(self._workspace.file(str(file["id"]))["content"] or b"")
            parts.append(Text(f"To look at it: {path}", style="green"))
        return parts

    def _reactions(self, message: Message) -> Text:
        line = Text()
        for reaction in message.reactions:
            line.append(f" {emoji(reaction.name)} {len(reaction.users)} ", style="on grey15")
            line.append(" ")
        return line


def _clock(moment: datetime) -> str:
    return f"{moment:%a} {moment.day} {moment:%b %H:%M}"


def _word(text: object, otherwise: str) -> str:
    return one_line(str(text.get("text") or otherwise)) if isinstance(text, dict) else otherwise
