"""What is wrong with written passages, and what they hold: `python -m training.checking FILE...`."""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from training.corpus import MARK, TIE, blocks

_OPEN = re.compile(r"[\[\]|]")
_CODES = re.compile(r"# (es|en|fr) \S+$")


def problems(text: str) -> Iterator[str]:
    """One line a fault, with the line that has it."""
    for lines in blocks(text):
        if not _CODES.match(lines[0]):
            yield f"no '# es style' line: {lines[0]}"
        said = [line for line in lines[1:] if not line.startswith("= ")]
        letters = [{m[2] for m in MARK.finditer(line)} for line in said]
        for line in said:
            if _OPEN.search(MARK.sub("", line)):
                yield f"a broken mark: {line}"
        for line in lines[1:]:
            if line.startswith("= "):
                yield from _tie_problems(line, letters)


def _tie_problems(line: str, letters: list[set[str]]) -> Iterator[str]:
    tie = TIE.match(line)
    if tie is None or tie[4] == tie[5]:
        yield f"a broken tie: {line}"
        return
    number = int(tie[6])
    if not 1 <= number <= len(letters):
        yield f"no such sentence: {line}"
        return
    spoken = set().union(*letters[:number])
    for letter in (tie[4], tie[5]):
        if letter not in spoken:
            yield f"{letter} is neither in the sentence nor before it: {line}"


def main(files: list[str]) -> int:
    """Print the faults and the counts of all files; 1 when there is a fault."""
    kinds: Counter[str] = Counter()
    faults = passages = barren = 0
    for file in files:
        text = Path(file).read_text(encoding="utf-8")
        for problem in problems(text):
            faults += 1
            sys.stdout.write(f"{file}: {problem}\n")
        for lines in blocks(text):
            ties = [line for line in lines if line.startswith("= ")]
            passages, barren = passages + 1, barren + (not ties)
            kinds.update(line[2:5] for line in ties)
    sys.stdout.write(f"{passages} passages, {barren} without a tie; {dict(kinds.most_common())}\n")
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
