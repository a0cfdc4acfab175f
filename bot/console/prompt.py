"""The prompt after the tour: links, files, pasted text, slash commands and buttons, typed at a terminal."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.console.elements import inputs, interactive, label_of
from bot.console.plain import one_line
from bot.console.stage import CHANNEL, Stage
from bot.console.tour import MADRID
from bot.console.values import View
from bot.queries import Command

COMMANDS = tuple(map(str, Command))
_READABLE = frozenset({".txt", ".text", ".md", ".htm", ".html", ".pdf"})
_MAX_FILE = 20 * 1024 * 1024
_LEAVE = frozenset({"quit", "exit", "q", ":q", "bye"})
_END_OF_TEXT = "."
_MENTION = "@seams"
_WORDS_OF_AN_ARTICLE = 12  # a line of so many words, with nothing else to it, begins a pasted text

ReadLine = Callable[[str], str]

_HELP = (
    ("https://...", "post a link; Seams reads the page"),
    ("a path", "post a file of yours as an article: .txt, .html or .pdf"),
    ("paste", f"type or paste an article's text; end it with a line that holds only a dot ({_END_OF_TEXT})"),
    ("/deals NAME ...", "any slash command: " + ", ".join(COMMANDS) + "; each answers help"),
    (
        f"{_MENTION} QUESTION",
        "ask in plain words, as in a thread: what about OpenAI and Microsoft since June?",
    ),
    ("home", "look at the app's Home"),
    ("press LABEL", "press the newest button of that label, for example: press Share"),
    ("week", "let time pass until Monday 9:00, when the digest is due"),
    ("help, quit", "this list; the end (also Ctrl-D)"),
)


class Prompt:
    """Reads lines until the person leaves; `read_line(prompt)` raises EOFError at the end of the input."""

    def __init__(self, stage: Stage, read_line: ReadLine, *, commands: Sequence[str] = COMMANDS) -> None:
        self._stage, self._read_line, self._commands = stage, read_line, tuple(commands)
        self._verbs: Mapping[str, Callable[[str], None]] = {
            "help": lambda _rest: self._help(),
            "?": lambda _rest: self._help(),
            "home": lambda _rest: stage.show_home(stage.reader),
            "paste": self._paste,
            "press": self._press,
            "week": lambda _rest: self._week(),
        }

    def run(self) -> None:
        """Ask for lines and do what they say."""
        self._stage.narrate(f"Your turn, as {self._name()} in #{CHANNEL}. Links, files, text, commands:")
        self._help()
        while True:
            try:
                line = self._read_line("\n> ").strip()
            except EOFError:
                break
            except KeyboardInterrupt:  # clears the line, as in a shell
                self._stage.console.print(Text("\nTo end, type quit or press Ctrl-D.", style="dim"))
                continue
            if line.casefold() in _LEAVE:
                break
            if line:
                self._stage.clock.advance(timedelta(minutes=1))
                self.handle(line)
        self._stage.console.print(Text("Bye. Nothing of this is kept.", style="dim"))

    def handle(self, line: str) -> None:
        """Do what one line says."""
        word, _, rest = line.partition(" ")
        path = _path_in(line)
        verb = self._verbs.get(word.casefold())
        if path is not None:
            self._post_file(path)
        elif line.startswith("/"):
            self._command(word.casefold(), rest.strip())
        elif "http://" in line or "https://" in line or word.casefold() == _MENTION:
            self._stage.share(self._stage.reader, line)
        elif verb is not None:
            verb(rest.strip())
        elif len(line.split()) >= _WORDS_OF_AN_ARTICLE:
            self._paste(line)
        else:
            self._hint(line)

    def _name(self) -> str:
        return one_line(self._stage.workspace.user(self._stage.reader).real_name)

    def _help(self) -> None:
        table = Table.grid(padding=(0, 3))
        for left, right in _HELP:
            table.add_row(Text(left, style="bold green"), Text(right))
        self._stage.console.print(Padding(table, (0, 0, 0, 2)))

    def _say(self, text: str) -> None:
        self._stage.console.print(Text(one_line(text), style="yellow"))

    def _command(self, command: str, text: str) -> None:
        if command in self._commands:
            self._stage.ask(self._stage.reader, command, text)
        else:
            self._say(f"{command} is no command here. There are: {', '.join(self._commands)}. Or type help.")

    def _post_file(self, path: Path) -> None:
        problem = _problem_with(path)
        if problem:
            self._say(problem)
            return
        try:
            content = path.read_bytes()
        except OSError as error:
            self._say(f"{path} can't be read: {error.strerror}.")
            return
        self._stage.share(self._stage.reader, self._stage.news.publish_file(path.name, content))

    def _paste(self, first: str) -> None:
        self._say(f"Go on with the text. End it with a line that holds only a dot ({_END_OF_TEXT}).")
        text = self._read_text(first)
        if text:
            self._stage.share(self._stage.reader, self._stage.news.publish_text(text))
        else:
            self._say("No text, so nothing was posted.")

    def _read_text(self, first: str = "") -> str:
        lines = [first] if first else []
        try:
            while (line := self._read_line("")) != _END_OF_TEXT:
                lines.append(line)
        except EOFError:
            pass
        return "\n".join(lines).strip()

    def _press(self, label: str) -> None:
        known = self._labels()
        wanted = next((name for name in known if name.casefold() == label.casefold()), None) or next(
            (name for name in known if name.casefold().startswith(label.casefold())), None
        )
        if wanted is None:
            buttons = f"There are: {', '.join(known)}." if known else "There are no buttons yet."
            self._say(f"No button says {label}. {buttons}")
            return
        view = self._stage.press(self._stage.reader, wanted)
        if view is not None:
            self._fill(view)

    def _fill(self, view: View) -> None:
        self._stage.show_view(view)
        filled: dict[str, object] = {}
        for block_id, label, element in inputs(view.body["blocks"]):
            if element.get("multiline"):
                self._say(f"{label}: end it with a line that holds only a dot ({_END_OF_TEXT}).")
                answer = self._read_text()
            else:
                answer = self._read_line(f"{one_line(label)}: ").strip()
            if answer:
                filled[block_id] = answer
        after = self._stage.submit(view, filled)
        if after.open:
            self._stage.show_view(after)

    def _week(self) -> None:
        now = self._stage.clock().astimezone(MADRID)
        monday = (now + timedelta(days=7 - now.weekday())).replace(hour=9, minute=0)
        self._stage.move_to(monday, f"Monday, {monday.day} {monday:%B}")
        self._stage.let_clock_tick()

    def _labels(self) -> list[str]:
        reader = self._stage.workspace.user(self._stage.reader).id
        labels = [
            label_of(element)
            for message in reversed(self._stage.workspace.everything(CHANNEL))
            if message.only_for in (None, reader)
            for _, element in interactive(message.blocks)
        ]
        return [one_line(label) for label in dict.fromkeys(labels) if label]

    def _hint(self, line: str) -> None:
        near = next((c for c in self._commands if c.lstrip("/") == line.split()[0].casefold()), None)
        if near:
            self._say(f"Commands begin with a slash: {near} {line.partition(' ')[2]}".rstrip())
        else:
            self._say("That is no link, file, command or text I know. Type help to see what goes.")


def _path_in(line: str) -> Path | None:
    """The file that a line names, with quotes, `file://` or `~` as terminals leave them; None for no path."""
    bare = line.strip("'\"").removeprefix("file://").replace("\\ ", " ")
    looks_like_one = Path(bare).suffix.casefold() in _READABLE and "://" not in bare
    try:
        path = Path(bare).expanduser()
        exists = path.is_file() or (path.is_dir() and "/" in bare.strip("/"))
    except (OSError, ValueError, RuntimeError):
        return None
    is_command = bare.startswith("/") and "/" not in bare.split()[0][1:]
    return path if exists or (looks_like_one and not is_command) else None


def _problem_with(path: Path) -> str | None:
    if path.is_dir():
        return f"{path} is a folder; name one file in it."
    if not path.is_file():
        return f"There is no file {path}."
    if path.suffix.casefold() not in _READABLE:
        return f"{path.name} is none of {', '.join(sorted(_READABLE))}."
    size = path.stat().st_size
    if not 0 < size <= _MAX_FILE:
        return f"{path.name} is empty." if not size else f"{path.name} is larger than 20 MB."
    return None
