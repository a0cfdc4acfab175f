"""Samples -> a trained network. Deterministic for one seed, one number of threads and one build of torch."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from training.network import Network
from training.samples import UNKNOWN, Sample

BATCH_TOKENS = 1_400  # of a batch's windows and pairs together


@dataclass(frozen=True)
class Schedule:
    """How long and fast to train; AdamW's rates, warmed up over a tenth of the steps, then linear to 0."""

    epochs: int = 4
    rate: float = 2e-4
    head_rate: float = 1e-3
    seed: int = 7


def fit(
    network: Network,
    epochs: Sequence[Sequence[Sample]],
    schedule: Schedule,
    pad: int,
    report: Callable[[str], None],
    keep: Callable[[], None],
) -> None:
    """Train in place on each epoch's samples; `keep` is called after each."""
    rng = random.Random(schedule.seed)
    named = list(network.upper.named_parameters())
    body = [p for n, p in named if n.startswith("layers")]
    heads = [p for n, p in named if not n.startswith("layers")]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": schedule.rate}, {"params": heads, "lr": schedule.head_rate}],
        weight_decay=0.01,
    )
    planned = [list(_batches(epoch, rng)) for epoch in epochs]
    steps = sum(len(batches) for batches in planned)
    warm = max(1, steps // 10)
    pace = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm)))
    )
    done, total, began = 0, 0.0, time.perf_counter()
    for number, batches in enumerate(planned):
        network.train()
        network.lower.eval()
        for batch in batches:
            with torch.autocast("cpu", torch.bfloat16):
                loss = batch_loss(network, batch, pad)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            pace.step()
            done, total = done + 1, total + loss.item()
            if done % 100 == 0:
                seconds = time.perf_counter() - began
                report(f"epoch {number} step {done}/{steps} loss {total / 100:.4f} {seconds:.0f} s")
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
