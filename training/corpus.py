"""Labelled texts -> passages: one shape for what we wrote, what was labelled on real news, and CORE.

Written passages (`passages/*.txt`) carry their labels inline: one sentence a line, companies as `[name|A]`,
role nouns as `[the bank|A*]`, ties as `= acq c A>B 1200000000 EUR s2`. Labels of real news are offsets
(`labels/*.jsonl`) into texts that are not part of the project.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.names import name_key
from bot.values import CompanyName

KINDS = {
    "acq": "acquisition",
    "mer": "merger",
    "inv": "investment",
    "par": "partnership",
    "sup": "supply",
    "lic": "licensing",
    "fin": "financing",
    "own": "ownership",
    "dep": "dependency",
    "com": "competition",
    "dis": "dispute",
    "lit": "litigation",
}
STATUSES = {"r": "rumored", "a": "announced", "c": "completed", "e": "ended", "d": "denied"}
# CORE's relations in our terms: kind, and whether "e1 RELATION e2" reads target first.
CORE = {
    "acquired_by": ("acquisition", True),
    "client_of": ("supply", True),
    "shareholder_of": ("investment", False),
    "subsidiary_of": ("ownership", True),
    "collaboration": ("partnership", False),
    "competitor_of": ("competition", False),
    "merged_with": ("merger", False),
}
MARK = re.compile(r"\[([^\[\]|]+)\|([A-Z])(\*?)\]")
TIE = re.compile(rf"= ({'|'.join(KINDS)})(\??) ([racde]) ([A-Z])>([A-Z])(?: [\d.]+ [A-Z]{{3}})? s(\d+)$")


@dataclass(frozen=True)
class Mention:
    """One place in a sentence that speaks of a company; offsets are characters of the sentence."""

    start: int
    end: int
    company: str
    role: bool = False


@dataclass(frozen=True)
class Sentence:
    """One sentence and the companies in it."""

    text: str
    mentions: tuple[Mention, ...]
    headline: bool = False


@dataclass(frozen=True)
class Stated:
    """A tie and the number of the sentence that states it; a doubtful one is neither right nor wrong."""

    kind: str
    status: str | None
    source: str
    target: str
    sentence: int
    doubtful: bool = False


@dataclass(frozen=True)
class Passage:
    """A few sentences in a row; `whole` says that every company and every tie in them is labelled."""

    lang: str
    sentences: tuple[Sentence, ...]
    ties: tuple[Stated, ...]
    whole: bool = True

    @property
    def text(self) -> str:
        """The sentences as an article has them: one paragraph, headlines apart."""
        return "".join(s.text + ("\n" if s.headline else " ") for s in self.sentences).rstrip()


def labels_of(names: Iterable[CompanyName], forms: Mapping[str, str]) -> dict[str, str]:
    """The label of each company that a reader names; `forms` maps the keys of its spellings to labels."""
    found = {}
    for company in names:
        keys = (name_key(form) for form in (company.name, *company.aliases))
        label = next((forms[key] for key in keys if key in forms), None)
        if label is not None:
            found[company.name] = label
    return found


def written(folder: Path) -> Iterator[Passage]:
    """The passages of every file in a folder, in the files' order."""
    for path in sorted(folder.glob("*.txt")):
        for lines in blocks(path.read_text(encoding="utf-8")):
            yield _written(lines)


def blocks(text: str) -> Iterator[list[str]]:
    """The lines of each passage; a blank line stands between two."""
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = [line.strip() for line in block.splitlines() if line.strip()]
        if lines:
            yield lines


def _written(lines: list[str]) -> Passage:
    sentences = tuple(_sentence(line) for line in lines[1:] if not line.startswith("= "))
    ties = [TIE.match(line) for line in lines[1:] if line.startswith("= ")]
    return Passage(
        lang=lines[0][2:4],
        sentences=sentences,
        ties=tuple(
            Stated(KINDS[t[1]], STATUSES[t[3]], t[4], t[5], int(t[6]) - 1, doubtful=bool(t[2]))
            for t in ties
            if t is not None and t[4] != t[5] and int(t[6]) <= len(sentences)
        ),
    )


def _sentence(line: str) -> Sentence:
    headline = line.startswith("H ")
    line = line[2:] if headline else line
    text, at, mentions = "", 0, []
    for mark in MARK.finditer(line):
        text += line[at : mark.start()]
        mentions.append(Mention(len(text), len(text) + len(mark[1]), mark[2], bool(mark[3])))
        text += mark[1]
        at = mark.end()
    return Sentence(text + line[at:], tuple(mentions), headline)


def labelled(labels: Path, texts: Path) -> Iterator[Passage]:
    """Real news: labels by id, hash and offsets; raises ValueError when a text isn't the one labelled.

    A label that says where its text is published (`pointer`) is passed over while the text is not there.
    """
    rows: dict[str, str] = {}
    for path in sorted(texts.glob("news-*.jsonl")):
        rows |= {r["id"]: r["text"] for r in map(json.loads, path.read_text(encoding="utf-8").splitlines())}
    for label in map(json.loads, labels.read_text(encoding="utf-8").splitlines()):
        if label["id"] not in rows and "pointer" in label:
            continue
        text = rows[label["id"]]
        if not hashlib.sha256(text.encode()).hexdigest().startswith(label["sha256"]):
            raise ValueError(f"{label['id']} is not the passage that was labelled")
        yield _labelled(label, text)


def _labelled(label: dict[str, Any], text: str) -> Passage:
    from bot.extraction.sentences import paragraphs, sentences

    text = text[: label.get("end")]  # a long passage may be labelled only up to there
    spans = [(a, b, str(n), False) for n, c in enumerate(label["companies"]) for a, b in _spans(text, c)]
    spans += [(a, b, str(n), True) for a, b, n in label.get("roles", ())]
    spans = _longest(spans)
    keep = [(a, b) for a, b, _, _ in spans]
    cuts = [s for p in paragraphs(text) for s in sentences(text, p, keep)]
    ties = [(t, False) for t in label["ties"]] + [(t, True) for t in label["doubtful"]]
    return Passage(
        lang=label["lang"],
        sentences=tuple(
            Sentence(
                text[s.start : s.end],
                tuple(
                    Mention(a - s.start, b - s.start, c, r)
                    for a, b, c, r in spans
                    if s.start <= a and b <= s.end
                ),
            )
            for s in cuts
        ),
        ties=tuple(
            Stated(t["kind"], t["status"], str(t["source"]), str(t["target"]), i, doubtful)
            for t, doubtful in ties
            for i, s in enumerate(cuts)
            if s.start < t["evidence"][1] and t["evidence"][0] < s.end
        ),
    )


def _spans(text: str, forms: list[list[int]]) -> Iterator[tuple[int, int]]:
    """Every place where one of a company's labelled forms stands."""
    for surface in {text[a:b] for a, b in forms}:
        for match in re.finditer(rf"(?<!\w){re.escape(surface)}(?!\w)", text):
            yield match.span()


def _longest(spans: list[tuple[int, int, str, bool]]) -> list[tuple[int, int, str, bool]]:
    kept: list[tuple[int, int, str, bool]] = []
    for span in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
        if all(span[1] <= k[0] or span[0] >= k[1] for k in kept):
            kept.append(span)
    return sorted(kept)


def core(path: Path) -> Iterator[Passage]:
    """CORE's training part: one pair a passage, the rest of the passage unlabelled."""
    for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        first, second = row["e1"], row["e2"]
        mentions = tuple(
            sorted(
                (Mention(e["start"], e["end"], name) for e, name in ((first, "A"), (second, "B"))),
                key=lambda m: m.start,
            )
        )
        relation = CORE.get(row["relation"])
        ties: tuple[Stated, ...] = ()
        if relation is not None:
            kind, backwards = relation
            source, target = ("B", "A") if backwards != bool(row["invert"]) else ("A", "B")
            ties = (Stated(kind, None, source, target, 0),)
        yield Passage("en", (Sentence(row["text"], mentions),), ties, whole=False)
