"""Train the reader's network and write its weights: `make train`.

    python -m training [--texts FOLDER] [--out FOLDER] [--seed N] [--held FILE]

`--texts` holds the openly licensed news and CORE's training part, which are not part of the project.
`--held` are labels to report on afterwards.
"""

import argparse
import random
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import torch

from bot.extraction.encoder.model import WEIGHTS
from bot.extraction.encoder.tokens import Vocabulary
from training.base import load_base
from training.corpus import Passage, core, labelled, written
from training.export import export
from training.fit import Schedule, fit
from training.joining import with_joined
from training.network import Network
from training.renaming import listed_names, renamed
from training.samples import Sample, masked_samples, samples
from training.score import report as report_scores
from training.vocabulary import kept_pieces, write_vocabulary

HERE = Path(__file__).parent
TEXTS = HERE.parents[1] / "shared" / "data"
LOWER = 6  # of the base's 12 layers: they read a text without its pairs
# Each round starts where the one before ended; the last teaches the second look.
ROUNDS = (
    Schedule(epochs=9),
    Schedule(epochs=6, rate=1.5e-4, head_rate=7.5e-4, seed=8),
    Schedule(epochs=1, rate=1.5e-4, head_rate=6e-4, seed=9, masked=True),
)
CORE_SHARE = 600  # of CORE's 4,000 passages, drawn anew for each epoch
RENAMED = 0.6  # the share of passages that stand under other names in an epoch
# Of a masked epoch: the share of passages that are read with their names too, and the shares of the pairs
# that are drawn: of the tied ones, of the untied in sentences that tie others, of all else.
WITH_NAMES = 0.2
TIED, BESIDE_TIED, UNTIED = 0.8, 0.35, 0.12


def main() -> None:
    """Read the command line, train, export."""
    asked = _arguments()
    torch.manual_seed(asked.seed)
    base = load_base()
    own = list(written(asked.passages))
    real = [p for path in sorted((HERE / "labels").rglob("*.jsonl")) for p in labelled(path, asked.texts)]
    encyclopaedic = list(core(asked.texts / "core-train.jsonl"))
    kept = kept_pieces(base, (s.text for p in (*own, *real, *encyclopaedic) for s in p.sentences))
    asked.out.mkdir(parents=True, exist_ok=True)
    write_vocabulary(base, kept, asked.out / "vocabulary.json")
    vocabulary = Vocabulary(asked.out / "vocabulary.json")
    network = Network(base, kept, LOWER)
    whole = [*own, *real, *real]  # what real news there is counts twice
    begun = 0
    for schedule in ROUNDS:
        make = _masked_epoch if schedule.masked else _epoch
        epoch = partial(make, whole, encyclopaedic, vocabulary, asked.seed + begun)
        fit(network, epoch, schedule, vocabulary.pad, say, lambda: export(network, asked.out))
        begun += schedule.epochs
    for held in asked.held:
        say(f"{held}:")
        for line in report_scores(
            network, list(samples(labelled(held, asked.texts), vocabulary)), vocabulary.pad
        ):
            say(f"  {line}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training")
    parser.add_argument("--texts", type=Path, default=TEXTS)
    parser.add_argument("--passages", type=Path, default=HERE / "passages")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--held", type=Path, action="append", default=[])
    return parser.parse_args()


def _epoch(
    whole: Sequence[Passage], encyclopaedic: Sequence[Passage], vocabulary: Vocabulary, seed: int, number: int
) -> list[Sample]:
    """Each passage once, as it is or under other names, alone or among others, and a share of CORE."""
    rng = random.Random(seed + number)
    listed = listed_names()
    passages = [renamed(p, listed, rng) if rng.random() < RENAMED else p for p in whole]
    sampled = rng.sample(list(encyclopaedic), min(CORE_SHARE, len(encyclopaedic)))
    rng.shuffle(passages)
    return _said(list(samples([*with_joined(passages, rng), *sampled], vocabulary)))


def _masked_epoch(
    whole: Sequence[Passage], encyclopaedic: Sequence[Passage], vocabulary: Vocabulary, seed: int, number: int
) -> list[Sample]:
    """Pairs without names, drawn from all passages, and a share of the passages with names."""
    rng = random.Random(seed + number)

    def is_drawn(tied: bool, telling: bool) -> bool:
        return rng.random() < (TIED if tied else BESIDE_TIED if telling else UNTIED)

    sampled = rng.sample(list(encyclopaedic), min(CORE_SHARE, len(encyclopaedic)))
    made = list(masked_samples([*whole, *sampled], vocabulary, is_drawn))
    shown = rng.sample(list(whole), int(WITH_NAMES * len(whole)))
    return _said(made) + _epoch(shown, encyclopaedic[:0], vocabulary, seed, number)


def _said(made: list[Sample]) -> list[Sample]:
    """The samples, with a word of how many they are."""
    pairs = [p for s in made for p in s.pairs]
    say(f"{len(made)} windows, {len(pairs)} pairs, {sum(bool(p.wanted) for p in pairs)} of them tied")
    return made


def say(line: str) -> None:
    """Say how far the training is."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
