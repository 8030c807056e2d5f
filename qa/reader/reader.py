"""The reader: question, headline and passage go in, a reading comes out."""

import threading
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index_store.model_files import MODEL, TOKENIZER, usable_cpus, verified
from qa.reader.reading import Reading

if TYPE_CHECKING:  # both take a tenth of a second to import, and `--help` needs neither
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

READER_DIR = Path(__file__).parent


# As in training; the weights know no other layout: [CLS] question [SEP] title [SEP] passage [SEP].
_CLS, _SEP = 101, 102
_QUESTION_TOKENS = 48
_TITLE_TOKENS = 24
_WINDOW_TOKENS = 144  # of passage in one run, the longest seen in training; a longer passage is read in windows
_OVERLAP_TOKENS = 48  # more than the longest answer span

_loading = threading.Lock()  # first calls from several threads must not load the model several times


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads passages with the bundled cross-encoder: no key, no download, no GPU.

    One passage a run: int8 activations are scaled by what is in the run, so a neighbour would change the logits.
    One instance serves any number of threads; all instances share the model, which loads at first use and raises
    `ModelFileError` when it is not intact.
    """

    folder: Path = READER_DIR

    def read(self, question: str, title: str, passage: str) -> Reading:
        """Where `passage`, under its headline, would answer `question`; a missing headline is an empty string."""
        session, tokenizer = _load(self.folder)
        asked = _pieces(tokenizer, question).ids[:_QUESTION_TOKENS]
        headed = _pieces(tokenizer, title).ids[:_TITLE_TOKENS]
        encoding = _pieces(tokenizer, passage)
        offsets = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
        head = [_CLS, *asked, _SEP, *headed, *([_SEP] if headed else [])]
        starts = np.full(len(offsets), -np.inf, np.float32)
        ends = starts.copy()
        relevance = -np.inf
        for first, last in _windows(len(offsets)):
            start, end, judged = _run(session, head, len(asked) + 2, encoding.ids[first:last])
            np.maximum(starts[first:last], start, out=starts[first:last])
            np.maximum(ends[first:last], end, out=ends[first:last])
            relevance = max(relevance, judged)
        return Reading.of(offsets, starts, ends, float(relevance))

    def read_all(self, question: str, passages: Sequence[tuple[str, str]]) -> tuple[Reading, ...]:
        """A reading for each `(title, passage)`, in the order given; passages are read side by side, a core each."""
        if len(passages) < 2:
            return tuple(self.read(question, title, passage) for title, passage in passages)
        with ThreadPoolExecutor(min(usable_cpus(), len(passages)), thread_name_prefix="reader") as pool:
            return tuple(pool.map(lambda passage: self.read(question, *passage), passages))


def _windows(pieces: int) -> Iterable[tuple[int, int]]:
    step = _WINDOW_TOKENS - _OVERLAP_TOKENS
    for first in range(0, max(pieces - _OVERLAP_TOKENS, 1), step):
        yield first, min(first + _WINDOW_TOKENS, pieces)


def _run(
    session: "InferenceSession", head: Sequence[int], passage_segment: int, pieces: Sequence[int]
) -> tuple[NDArray[np.float32], NDArray[np.float32], float]:
    """Start and end logits of the passage's word-pieces minus null's, and the relevance logit."""
    ids = np.array([[*head, *pieces, _SEP]], dtype=np.int64)
    segments = np.zeros_like(ids)
    segments[0, passage_segment:] = 1
    start, end, relevance = session.run(None, {"input_ids": ids, "segment_ids": segments})
    inside = slice(len(head), len(head) + len(pieces))
    return start[0, inside] - start[0, 0], end[0, inside] - end[0, 0], float(relevance[0])


def _pieces(tokenizer: "Tokenizer", text: str) -> Any:
    encodable = text.encode("utf-8", "replace").decode("utf-8")  # the tokenizer refuses lone surrogates
    return tokenizer.encode(encodable, add_special_tokens=False)


def _load(folder: Path) -> "tuple[InferenceSession, Tokenizer]":
    with _loading:
        return _session(folder), _tokenizer(folder)


@lru_cache(maxsize=2)
def _session(folder: Path) -> "InferenceSession":
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # passages run side by side instead
    options.log_severity_level = 3  # errors; its warnings are about devices that this model does not use
    return onnxruntime.InferenceSession(
        verified(folder, MODEL),
        options,
        providers=["CPUExecutionProvider"],
        disabled_optimizers=["SkipLayerNormFusion"],  # the fused kernel is the slower one: a seventh of the time
    )


@lru_cache(maxsize=2)
def _tokenizer(folder: Path) -> "Tokenizer":
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_str(verified(folder, TOKENIZER).decode("utf-8"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer
