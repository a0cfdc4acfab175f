"""A trained network -> two ONNX files with weights of 7 bits in 8.

Processors without VNNI add the products of 8-bit numbers up in 16 bits, which overflow: with a bit to spare
every processor comes to the same sums.
"""

from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.network import Network, Reading


def export(network: Network, folder: Path) -> None:
    """Write both halves with their weights as integers; activations are quantised as they run."""
    network.eval()
    ids, mask = torch.zeros(2, 8, dtype=torch.long), torch.ones(2, 8)
    states = network.lower(ids, mask)
    layers = network.upper.layers
    kept = torch.zeros(2 * len(layers), 2, layers[0].heads, 6, layers[0].size)
    window = {0: "batch", 1: "tokens"}
    _export(
        network.lower,
        {"ids": ids, "mask": mask},
        {"states": window},
        {"ids": window, "mask": window},
        folder / "lower.onnx",
    )
    pairs = {0: "batch", 1: "pairs"}
    _export(
        Reading(network.upper).eval(),
        {"states": states, "ends": torch.zeros(2, 8, 2), "bias": torch.zeros(2, 8, 14), "kept": kept},
        {"tags": window, "classes": pairs, "statuses": pairs, "made": {1: "batch", 3: "tokens"}},
        {
            "states": window,
            "ends": window,
            "bias": window | {2: "seen"},
            "kept": {1: "batch", 3: "held"},
        },
        folder / "upper.onnx",
    )


def _export(
    module: nn.Module,
    inputs: dict[str, Tensor],
    outputs: dict[str, dict[int, str]],
    axes: dict[str, dict[int, str]],
    path: Path,
) -> None:
    whole = path.with_suffix(".float.onnx")
    torch.onnx.export(
        module,
        tuple(inputs.values()),
        str(whole),
        input_names=list(inputs),
        output_names=list(outputs),
        dynamic_axes=axes | outputs,
        opset_version=17,
        dynamo=False,
    )
    onnx.checker.check_model(str(whole))
    quantize_dynamic(str(whole), str(path), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    whole.unlink()
