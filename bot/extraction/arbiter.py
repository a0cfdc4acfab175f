"""How sure a tie is, from what the rules and the network say of it: a logistic regression.

Its coefficients are fitted on labelled passages that the network was not trained on (`training/arbiter.py`),
so a confidence is about the share of ties with such signs that are right.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, log

from bot.values import TieKind

# What is left of a rule's own confidence where all else speaks against it: a regression over all rules ranks
# the sure ones too low.
BELIEVED = 0.88
_FAR = 30.0  # log odds beyond which no probability differs
_SUREST = 0.995  # beyond it a probability says no more


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What speaks for a tie in one sentence; probabilities from 0 to 1.

    `rule` is None where no rule tells it, `network` where the network was not asked. `rival` is its
    probability for the likeliest other tie of the two, `same` for their being one company; `masked` and
    `masked_rival` are its second look's, without the names, and `masked` is None where it took none. `named`
    is how sure the tagger is of the less sure of the two names.
    """

    kind: TieKind
    rule: float | None
    network: float | None
    rival: float = 0.0
    same: float = 0.0
    masked: float | None = None
    masked_rival: float = 0.0
    named: float = 1.0
    role: bool = False  # a noun stands for one of the two
    across: bool = False  # only a sentence before names one of the two
    far: bool = False  # that is further up than the one before


def confidence(signs: Signs, weights: Mapping[str, float]) -> float:
    """How sure the tie is, 0 to 1; a feature without a weight counts nothing."""
    total = sum(weights.get(name, 0.0) * value for name, value in features(signs).items())
    weighed = 1.0 / (1.0 + exp(-max(-_FAR, min(_FAR, total))))
    return round(max(weighed, BELIEVED * (signs.rule or 0.0)), 3)


def features(signs: Signs) -> dict[str, float]:
    """The regression's features by name; those that are 0 may be left out."""
    found = {"bias": 1.0, f"kind {signs.kind}": 1.0, "named": signs.named}
    if signs.rule is not None:
        found |= {"rule": 1.0, "rule odds": _odds(signs.rule)}
    if signs.network is not None:
        found |= {
            "network": 1.0,
            "network odds": _odds(signs.network),
            "rival odds": _odds(signs.rival),
            "same odds": _odds(signs.same),
        }
        if signs.rule is not None:
            found["both odds"] = _odds(signs.network)
    if signs.masked is not None:
        found |= {
            "masked": 1.0,
            "masked odds": _odds(signs.masked),
            "masked rival odds": _odds(signs.masked_rival),
        }
        if signs.rule is not None:
            found["both masked odds"] = _odds(signs.masked)
    return found | {"role": float(signs.role), "across": float(signs.across), "far": float(signs.far)}


def _odds(probability: float) -> float:
    """The logarithm of the odds."""
    held = min(_SUREST, max(1.0 - _SUREST, probability))
    return log(held / (1.0 - held))
