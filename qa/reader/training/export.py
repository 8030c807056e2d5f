# mypy: disable-error-code="import-not-found,misc,no-any-return,no-untyped-call,unused-ignore"
"""Write `model.onnx`, `tokenizer.json` and `SHA256SUMS` of the reader from a training checkpoint.

python -m qa.reader.training.export CHECKPOINT BASE [--into FOLDER] [--reference FILE]
"""

import argparse
import hashlib
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from tokenizers import Tokenizer
from torch import Tensor, nn

from qa.reader.training.model import ReaderNetwork

OPSET = 17
IR_VERSION = 8  # the format of that opset's time; onnx would stamp its newest, which older onnxruntimes refuse


class _OnePassage(nn.Module):
    """The network as it runs: one sequence, no padding, so no mask."""

    def __init__(self, network: ReaderNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, segments: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        return self.network(ids, segments, None)


def main() -> None:
    """Export the checkpoint named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("base", type=Path)
    parser.add_argument("--into", type=Path, default=Path(__file__).parents[1], help="default: the package")
    parser.add_argument("--reference", type=Path, help="also keep the full-precision graph in this file")
    args = parser.parse_args()
    args.into.mkdir(parents=True, exist_ok=True)
    network = ReaderNetwork()
    network.load_state_dict(torch.load(args.checkpoint))
    with tempfile.TemporaryDirectory() as folder:
        reference = args.reference or Path(folder) / "reference.onnx"
        export_graph(network.eval(), reference)
        quantize(reference, args.into / "model.onnx")
    tokenizer = Tokenizer.from_file(str(args.base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.save(str(args.into / "tokenizer.json"), pretty=False)
    names = ("model.onnx", "tokenizer.json")
    sums = [f"{hashlib.sha256((args.into / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    (args.into / "SHA256SUMS").write_text("".join(sums), encoding="ascii", newline="\n")


def export_graph(network: ReaderNetwork, destination: Path) -> None:
    """Write the graph at full precision."""
    ids = torch.randint(1000, 2000, (1, 24), generator=torch.Generator().manual_seed(0))
    segments = torch.zeros_like(ids)
    torch.onnx.export(
        _OnePassage(network),
        (ids, segments),
        destination,
        input_names=["input_ids", "segment_ids"],
        output_names=["start", "end", "relevance"],
        dynamic_axes={name: {1: "pieces"} for name in ("input_ids", "segment_ids", "start", "end")},
        opset_version=OPSET,
        dynamo=False,  # the newer exporter writes its own opset and leaves shape arithmetic in the graph
    )


def quantize(reference: Path, destination: Path) -> None:
    """Write the graph with int8 weights, one scale a column.

    Seven of the eight bits are used: with all of them x86 processors without VNNI overflow and give other logits,
    and against full precision it measured the same.
    """
    with tempfile.TemporaryDirectory() as folder:
        prepared = Path(folder) / "prepared.onnx"
        quant_pre_process(reference, prepared)
        quantize_dynamic(prepared, destination, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    graph = onnx.load(destination)
    graph.ir_version = IR_VERSION
    domains = {node.domain for node in graph.graph.node}
    for opset in [opset for opset in graph.opset_import if opset.domain not in domains]:
        graph.opset_import.remove(opset)  # the quantizer declares every domain it knows
    onnx.checker.check_model(graph)
    onnx.save(graph, destination)


if __name__ == "__main__":
    main()
