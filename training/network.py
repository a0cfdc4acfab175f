"""The network in torch: the pretrained encoder in two halves, a head for names and one for pairs."""

import math

import torch
from torch import Tensor, nn

from bot.extraction.encoder.classes import CLASSES, STATUSES, TAGS
from bot.extraction.encoder.upper import FAR
from training.base import Base, Floats

_SPREAD = 0.05  # small beside the states, of which a pair starts as a copy


class Layer(nn.Module):
    """One transformer layer, normalised after each half, as in BERT."""

    def __init__(self, hidden: int, heads: int, inner: int, epsilon: float) -> None:
        super().__init__()
        self.heads, self.size = heads, hidden // heads
        self.q, self.k, self.v, self.ao = (nn.Linear(hidden, hidden) for _ in range(4))
        self.fi, self.fo = nn.Linear(hidden, inner), nn.Linear(inner, hidden)
        self.aln, self.oln = nn.LayerNorm(hidden, epsilon), nn.LayerNorm(hidden, epsilon)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """`x` is (batch, tokens, hidden); `bias` is added to the attention scores."""
        return self._after(x, bias, *self._seen(x))

    def beside(self, x: Tensor, bias: Tensor, kept: Tensor) -> tuple[Tensor, Tensor]:
        """The same for tokens that see also what was `kept` of others; and what is to be kept of these.

        What is kept are keys and values: (2, batch, heads, tokens, hidden / heads).
        """
        q, *seen = self._seen(x)
        made = torch.stack(seen)
        return self._after(x, bias, q, *torch.cat([kept, made], dim=3).unbind()), made

    def _seen(self, x: Tensor) -> list[Tensor]:
        """Queries, keys and values, (batch, heads, tokens, hidden / heads) each."""
        parts = (self.q, self.k, self.v)
        return [f(x).view(*x.shape[:2], self.heads, self.size).transpose(1, 2) for f in parts]

    def _after(self, x: Tensor, bias: Tensor, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
        scores = q @ k.transpose(2, 3) / math.sqrt(self.size) + bias
        mixed = (scores.softmax(-1) @ v).transpose(1, 2).reshape(x.shape)
        x = self.aln(x + self.drop(self.ao(mixed)))
        inner: Tensor = self.oln(x + self.drop(self.fo(nn.functional.gelu(self.fi(x)))))
        return inner


class Lower(nn.Module):
    """Token ids -> the states of the middle layer; its word vectors are left as they are."""

    def __init__(self, base: Base, kept: list[int], layers: int) -> None:
        super().__init__()
        t = base.tensors
        self.word = nn.Embedding.from_pretrained(torch.from_numpy(t["emb.word"][kept]))
        self.position = nn.Embedding.from_pretrained(
            torch.from_numpy(
                t["emb.pos"].reshape(-1, base.hidden) + t["emb.type"].reshape(-1, base.hidden)[0]
            )
        )
        self.norm = nn.LayerNorm(base.hidden, base.epsilon)
        _copy(self.norm, t, "emb.ln")
        self.norm.requires_grad_(False)  # as both embeddings are that come from pretrained ones
        self.layers = _layers(base, range(layers))

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """`ids` and `mask` (1 for a token, 0 for padding) are (batch, tokens)."""
        places = torch.arange(ids.shape[1])[None]
        bias = (1.0 - mask)[:, None, None, :] * FAR
        x: Tensor = self.norm(self.word(ids) + self.position(places))
        for layer in self.layers:
            x = layer(x, bias)
        return x


class Upper(nn.Module):
    """States of the middle layer -> tags of every token, and the classes and statuses of pairs.

    Two tokens stand for each pair. They start as what the middle layer made of the two companies' names, see
    the text and each other, and are seen by none: so a window is read once for all its pairs (as in PURE's
    approximation, Zhong and Chen 2021, with the states themselves in the place of position markers).
    """

    def __init__(self, base: Base, layers: range) -> None:
        super().__init__()
        self.first, self.second = (nn.Parameter(torch.zeros(base.hidden)) for _ in range(2))
        self.layers = _layers(base, layers)
        self.drop = nn.Dropout(0.1)
        self.flat = nn.LayerNorm(base.hidden)
        self.tags = nn.Linear(base.hidden, TAGS)
        self.even = nn.LayerNorm(2 * base.hidden)  # the states differ little: unscaled, nothing is learnt
        self.mix = nn.Linear(2 * base.hidden, base.hidden)
        self.classes = nn.Linear(base.hidden, len(CLASSES) + 1)
        self.statuses = nn.Linear(base.hidden, len(STATUSES))
        nn.init.normal_(self.first, std=_SPREAD)
        nn.init.normal_(self.second, std=_SPREAD)

    def forward(
        self, states: Tensor, mask: Tensor, first: Tensor, second: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Logits of tags (batch, tokens, 5), classes and statuses (batch, pairs, ...).

        `first`, `second`: (batch, pairs, tokens), weights of each pair's tokens; rows sum to 1.
        """
        width, pairs = states.shape[1], first.shape[1]
        a, b = first @ states + self.first, second @ states + self.second
        x = torch.cat([states, a, b], dim=1)
        number = torch.arange(pairs)
        number = torch.cat([number, number])
        apart = (number[:, None] != number[None, :]).to(states.dtype)
        among = torch.cat([torch.ones(width, 2 * pairs, dtype=states.dtype), apart], dim=0)
        text = (1.0 - mask)[:, None, :].expand(-1, width + 2 * pairs, -1)
        bias = torch.cat([text, among[None].expand(states.shape[0], -1, -1)], dim=2)[:, None] * FAR
        for layer in self.layers:
            x = layer(x, bias)
        pair = torch.cat([x[:, width : width + pairs], x[:, width + pairs :]], dim=2)
        return self.tagged(x[:, :width]), *self.paired(pair)

    def tagged(self, x: Tensor) -> Tensor:
        """Logits of the tags of tokens."""
        found: Tensor = self.tags(self.drop(self.flat(x)))
        return found

    def paired(self, pair: Tensor) -> tuple[Tensor, Tensor]:
        """Logits of classes and statuses; `pair` is (..., 2 * hidden), both tokens of a pair."""
        mixed = self.drop(nn.functional.gelu(self.mix(self.drop(self.even(pair)))))
        return self.classes(mixed), self.statuses(mixed)


class Reading(nn.Module):
    """The upper half as it is run: a window once, alone, and then any pairs beside what was kept of it.

    It comes to what `Upper` does with both at once, as no token of the text sees a pair's.
    """

    def __init__(self, upper: Upper) -> None:
        super().__init__()
        self.upper = upper

    def forward(
        self, states: Tensor, ends: Tensor, bias: Tensor, kept: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Logits of tags, classes and statuses, and what is to be kept of these tokens.

        `states` (batch, tokens, hidden) are even in number: of pairs the first and the second in turn, of
        which `ends` (batch, tokens, 2) says which it is, (0, 0) for the text's. `bias` is (batch, tokens,
        kept and new tokens), `kept` (2 * layers, batch, heads, kept tokens, hidden / heads).
        """
        upper = self.upper
        x = states + ends[:, :, :1] * upper.first + ends[:, :, 1:] * upper.second
        made = []
        for i, layer in enumerate(upper.layers):
            x, new = layer.beside(x, bias[:, None], kept[2 * i : 2 * i + 2])
            made.append(new)
        pair = x.reshape(x.shape[0], x.shape[1] // 2, 2 * x.shape[2])
        return upper.tagged(x), *upper.paired(pair), torch.cat(made)


class Network(nn.Module):
    """Both halves; the first `lower` layers are the lower one."""

    def __init__(self, base: Base, kept: list[int], lower: int) -> None:
        """`kept` are the ids of the base's pieces."""
        super().__init__()
        self.lower, self.upper = Lower(base, kept, lower), Upper(base, range(lower, base.layers))

    def forward(
        self, ids: Tensor, mask: Tensor, first: Tensor, second: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Logits as of `Upper`."""
        found: tuple[Tensor, Tensor, Tensor] = self.upper(self.lower(ids, mask), mask, first, second)
        return found


def _layers(base: Base, numbers: range) -> nn.ModuleList:
    made = nn.ModuleList(Layer(base.hidden, base.heads, base.inner, base.epsilon) for _ in numbers)
    for layer, number in zip(made, numbers, strict=True):
        for name in ("q", "k", "v", "ao", "fi", "fo", "aln", "oln"):
            _copy(getattr(layer, name), base.tensors, f"l{number}.{name}")
    return made


def _copy(module: nn.Linear | nn.LayerNorm, tensors: dict[str, Floats], name: str) -> None:
    with torch.no_grad():
        module.weight.copy_(torch.from_numpy(tensors[f"{name}.w"]))
        module.bias.copy_(torch.from_numpy(tensors[f"{name}.b"]))
