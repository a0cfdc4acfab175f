"""How well a network does on labelled passages with the names given: its pairs and its tags alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from bot.extraction.encoder.classes import IN_NAME, NAME, SAME
from training.fit import tensors
from training.network import Network
from training.samples import UNKNOWN, Pair, Sample

THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)


@dataclass(frozen=True)
class Judged:
    """A pair with what the network says of it: probabilities of classes and of statuses."""

    pair: Pair
    classes: tuple[float, ...]
    statuses: tuple[float, ...]


def judged(
    network: Network, samples: Sequence[Sample], pad: int
) -> Iterator[tuple[Sample, Tensor, list[Judged]]]:
    """Every sample with the likeliest tag of each token and its judged pairs."""
    network.eval()
    with torch.no_grad():
        for sample in samples:
            tags, classes, statuses = network(*tensors([sample], pad))
            pairs = [
                Judged(
                    pair, tuple(classes[0, i].sigmoid().tolist()), tuple(statuses[0, i].softmax(0).tolist())
                )
                for i, pair in enumerate(sample.pairs)
            ]
            yield sample, tags[0].argmax(1), pairs


def report(network: Network, samples: Sequence[Sample], pad: int) -> Iterator[str]:
    """Lines: precision, recall and F1 of pairs by threshold; statuses, roles, and names."""
    everything = list(judged(network, samples, pad))
    pairs = [j for _, _, of in everything for j in of]
    ties = [j for j in pairs if SAME in j.pair.open]
    for threshold in THRESHOLDS:
        right = false = missed = 0
        for j in ties:
            said = {i for i, p in enumerate(j.classes[:SAME]) if p >= threshold}
            right += len(said & j.pair.wanted)
            false += len(said - j.pair.wanted - j.pair.open)
            missed += len(j.pair.wanted - said)
        yield f"pairs at {threshold}: {_rates(right, right + false, right + missed)}"
    told = [j for j in ties if j.pair.status != UNKNOWN]
    held = sum(max(range(len(j.statuses)), key=j.statuses.__getitem__) == j.pair.status for j in told)
    yield f"statuses {held / max(1, len(told)):.3f} of {len(told)}"
    roles = [j for j in pairs if SAME not in j.pair.open]
    same = [(j.classes[SAME] >= 0.5, SAME in j.pair.wanted) for j in roles]
    yield f"roles: {_rates(sum(a and b for a, b in same), sum(a for a, _ in same), sum(b for _, b in same))}"
    found = [(_spans(tags.tolist()), _spans(sample.tags)) for sample, tags, _ in everything]
    counts = (sum(len(a & b) for a, b in found), sum(len(a) for a, _ in found), sum(len(b) for _, b in found))
    yield f"names: {_rates(*counts)}"


def _rates(right: int, said: int, wanted: int) -> str:
    precision, recall = right / max(1, said), right / max(1, wanted)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return f"P {precision:.3f} R {recall:.3f} F1 {f1:.3f} ({wanted})"


def _spans(tags: Sequence[int]) -> set[tuple[int, int]]:
    """Half-open token spans of names."""
    found, start = set(), None
    for i, tag in enumerate([*tags, 0]):
        if start is not None and tag != IN_NAME:
            found.add((start, i))
            start = None
        if tag == NAME or (tag == IN_NAME and start is None):
            start = i
    return found
