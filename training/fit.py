"""Samples -> a trained network. Deterministic for one seed, one number of threads and one build of torch."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from training.network import Network
from training.samples import UNKNOWN, Sample

_WARM, _START = 0.05, 0.05  # the share of the training that warms up, and the share of the rates it starts at
_LOWER_RATE = 0.4  # the share of the rate at which the lower layers learn: what they know serves any text
_REPORTED = 100  # steps
BATCH_TOKENS = 1_400  # of a batch's windows and pairs together


@dataclass(frozen=True)
class Schedule:
    """How long and fast to train: AdamW's rates, warmed up at first, then linear to 0."""

    epochs: int
    rate: float = 2e-4
    head_rate: float = 1e-3
    seed: int = 7
    masked: bool = False  # whether most of it is read without the names

    def pace(self, done: float) -> float:
        """The share of the rates after a share of the training."""
        return min(_START + done / _WARM, 1.0, (1.0 - done) / (1.0 - _WARM))


def fit(
    network: Network,
    epoch: Callable[[int], Sequence[Sample]],
    schedule: Schedule,
    pad: int,
    report: Callable[[str], None],
    keep: Callable[[], None],
) -> None:
    """Train in place; `epoch` gives each epoch's samples, `keep` is called after it."""
    rng = random.Random(schedule.seed)
    named = list(network.upper.named_parameters())
    body = [p for n, p in named if n.startswith("layers")]
    heads = [p for n, p in named if not n.startswith("layers")]
    lower = list(network.lower.layers.parameters())
    optimiser = torch.optim.AdamW([{"params": of} for of in (lower, body, heads)], weight_decay=0.01)
    rates = (_LOWER_RATE * schedule.rate, schedule.rate, schedule.head_rate)
    began = time.perf_counter()
    # Where the processor has no wide registers for them, numbers of 16 bits take ten times as long.
    short = "AVX512" in torch.backends.cpu.get_cpu_capability()
    for number in range(schedule.epochs):
        batches = list(_batches(epoch(number), rng))
        network.train()
        network.lower.eval()  # it learns without dropout
        total = 0.0
        for step, batch in enumerate(batches, start=1):
            pace = schedule.pace((number + step / len(batches)) / schedule.epochs)
            for group, rate in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = rate * pace
            with torch.autocast("cpu", torch.bfloat16, enabled=short):
                loss = batch_loss(network, batch, pad)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            total += loss.item()
            if step % _REPORTED == 0:
                seconds = time.perf_counter() - began
                report(
                    f"epoch {number} step {step}/{len(batches)} loss {total / _REPORTED:.4f} {seconds:.0f} s"
                )
                total = 0.0
        keep()


def _batches(samples: Sequence[Sample], rng: random.Random) -> Iterator[list[Sample]]:
    """Batches of windows of similar length, in random order."""
    order = sorted(samples, key=lambda s: (_size(s) // 8, rng.random()))
    batches: list[list[Sample]] = [[]]
    for sample in order:
        if batches[-1] and (len(batches[-1]) + 1) * max(map(_size, (*batches[-1], sample))) > BATCH_TOKENS:
            batches.append([])
        batches[-1].append(sample)
    rng.shuffle(batches)
    yield from (b for b in batches if b)


def _size(sample: Sample) -> int:
    return len(sample.ids) + 2 * len(sample.pairs)


def tensors(batch: Sequence[Sample], pad: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Ids, mask, and the weights of the tokens of either company of each pair."""
    width, pairs = max(len(s.ids) for s in batch), max(1, *(len(s.pairs) for s in batch))
    ids = torch.full((len(batch), width), pad)
    mask = torch.zeros(len(batch), width)
    first, second = (torch.zeros(len(batch), pairs, width) for _ in range(2))
    for row, sample in enumerate(batch):
        ids[row, : len(sample.ids)] = torch.tensor(sample.ids)
        mask[row, : len(sample.ids)] = 1.0
        for column, pair in enumerate(sample.pairs):
            first[row, column, list(pair.first)] = 1.0 / len(pair.first)
            second[row, column, list(pair.second)] = 1.0 / len(pair.second)
    return ids, mask, first, second


def batch_loss(network: Network, batch: Sequence[Sample], pad: int) -> Tensor:
    """The loss of one batch: of its tags, its pairs' classes, and a little of their statuses."""
    tags, classes, statuses = network(*tensors(batch, pad))
    wanted = torch.full(tags.shape[:2], UNKNOWN)
    target, weight = torch.zeros(classes.shape), torch.zeros(classes.shape)
    status = torch.full(classes.shape[:2], UNKNOWN)
    for row, sample in enumerate(batch):
        wanted[row, : len(sample.tags)] = torch.tensor(sample.tags)
        for column, pair in enumerate(sample.pairs):
            target[row, column, list(pair.wanted)] = 1.0
            weight[row, column] = 1.0
            weight[row, column, list(pair.open)] = 0.0
            status[row, column] = pair.status
    loss = torch.zeros(())
    if (wanted != UNKNOWN).any():
        loss = loss + 4.0 * nn.functional.cross_entropy(
            tags.float().flatten(0, 1), wanted.flatten(), ignore_index=UNKNOWN
        )
    asked = sum(len(s.pairs) for s in batch)
    if asked:
        found = nn.functional.binary_cross_entropy_with_logits(
            classes.float(), target, weight, reduction="sum"
        )
        loss = loss + 1.5 * found / asked
    if (status != UNKNOWN).any():
        loss = loss + 0.3 * nn.functional.cross_entropy(
            statuses.float().flatten(0, 1), status.flatten(), ignore_index=UNKNOWN
        )
    return loss
