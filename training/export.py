"""A trained network -> two ONNX files with weights of 7 bits in 8.

Processors without VNNI add the products of 8-bit numbers up in 16 bits, which overflow: with a bit to spare
every processor comes to the same sums.
"""

from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.network import Network


def export(network: Network, folder: Path) -> None:
    """Write both halves with their weights as integers; activations are quantised as they run."""
    network.eval()
    ids, mask, weights = torch.zeros(2, 8, dtype=torch.long), torch.ones(2, 8), torch.full((2, 3, 8), 0.125)
    states = network.lower(ids, mask)
    window = {0: "batch", 1: "tokens"}
    pairs = {0: "batch", 1: "pairs", 2: "tokens"}
    _export(
        network.lower,
        {"ids": ids, "mask": mask},
        {"states": window},
        {"ids": window, "mask": window},
        folder / "lower.onnx",
    )
    _export(
        network.upper,
        {"states": states, "mask": mask, "first": weights, "second": weights},
        {"tags": window, "classes": {0: "batch", 1: "pairs"}, "statuses": {0: "batch", 1: "pairs"}},
        {"states": window, "mask": window, "first": pairs, "second": pairs},
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
