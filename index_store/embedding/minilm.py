"""MiniLM: the all-MiniLM-L6-v2 bundled in `index_store/minilm`, which needs no server."""

import asyncio
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from llama_index.core.base.embeddings.base import BaseEmbedding
from pydantic import Field

from index_store.embedding.text import encodable
from index_store.model_files import MODEL, TOKENIZER, checksums, usable_cpus, verified

if TYPE_CHECKING:  # both take a tenth of a second to import, and `--help` needs neither
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

MINILM_DIR = Path(__file__).parents[1] / "minilm"

_loading = threading.Lock()  # first calls from several threads must not load the model several times


class MiniLMEmbedding(BaseEmbedding):
    """all-MiniLM-L6-v2 as a LlamaIndex embedding: no key, no download, no GPU.

    Vectors have 384 dimensions and unit length; beyond 256 word-pieces a text is cut. A text's vector depends
    on the text alone, not on its batch or the number of threads. One instance serves any number of threads;
    all instances share the model, which loads at first use and raises `ModelFileError` when it is not intact.
    """

    dimension: ClassVar[int] = 384

    model_name: str = "all-MiniLM-L6-v2 int8"
    embed_batch_size: int = Field(default=64, gt=0, le=2048)  # texts the threads share out between two progress steps
    threads: int = Field(default_factory=usable_cpus, gt=0)  # texts computed at once
    folder: Path = Field(default=MINILM_DIR, exclude=True)

    @classmethod
    def class_name(cls) -> str:
        """The name LlamaIndex serialises this class under."""
        return "MiniLMEmbedding"

    @property
    def fingerprint(self) -> str:
        """All that decides the vectors: an index is searched only with the fingerprint it was built with."""
        sums = checksums(self.folder)
        return f"{self.model_name} {sums[MODEL][:12]}+{sums[TOKENIZER][:12]} dim={self.dimension} unit"

    def _get_text_embedding(self, text: str) -> list[float]:
        """One text a run: int8 activations are scaled by what is in the run, so neighbours would change the vector."""
        session, tokenizer = _load(self.folder)
        ids = np.array([tokenizer.encode(encodable(text)).ids], dtype=np.int64)
        vector: list[float] = session.run(None, {"input_ids": ids})[0][0].tolist()
        return vector

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)  # the model was trained without a prefix for questions

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        if len(texts) < 2 or self.threads == 1:
            return [self._get_text_embedding(text) for text in texts]
        # Whole texts side by side, a core each: faster than sharing one text's work out among the cores.
        with ThreadPoolExecutor(min(self.threads, len(texts)), thread_name_prefix="minilm") as pool:
            return list(pool.map(self._get_text_embedding, texts))

    async def _aget_text_embedding(self, text: str) -> list[float]:
        return await asyncio.to_thread(self._get_text_embedding, text)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return await asyncio.to_thread(self._get_query_embedding, query)

    async def _aget_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return await asyncio.to_thread(self._get_text_embeddings, texts)


def token_starts(text: str) -> Sequence[int]:
    """Character offset at which each word-piece of `text` begins, ascending, without cutting at 256.

    Pieces of one character (a Korean syllable has up to three) begin at the same offset.
    """
    with _loading:
        tokenizer = _tokenizer(MINILM_DIR, cut=False)
    return [start for start, _ in tokenizer.encode(encodable(text), add_special_tokens=False).offsets]


def _load(folder: Path) -> "tuple[InferenceSession, Tokenizer]":
    with _loading:
        return _session(folder), _tokenizer(folder, cut=True)


@lru_cache(maxsize=2)
def _session(folder: Path) -> "InferenceSession":
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3  # errors; its warnings are about devices that this model does not use
    return onnxruntime.InferenceSession(
        verified(folder, MODEL),
        options,
        providers=["CPUExecutionProvider"],
        disabled_optimizers=["SkipLayerNormFusion"],  # the fused kernel is the slower one: a seventh of the time
    )


@lru_cache(maxsize=4)
def _tokenizer(folder: Path, *, cut: bool) -> "Tokenizer":
    """One that cuts at 256 pieces, or one that does not: the limit is state of the tokenizer, not of a call."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_str(verified(folder, TOKENIZER).decode("utf-8"))
    if not cut:
        tokenizer.no_truncation()
    return tokenizer
