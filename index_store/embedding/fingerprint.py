"""The fingerprint: what tells one embedding from another."""

import numpy as np
from llama_index.core.base.embeddings.base import BaseEmbedding

from index_store.embedding.minilm import MiniLMEmbedding
from index_store.embedding.openai_embedding import OpenAIEmbedding


def embedding_fingerprint(model: BaseEmbedding) -> str:
    """What an index stores to recognise the embedding it was built with.

    Of a model that is none of ours: its class, name, instructions, and the dimension and normalisation found by
    embedding one word, which for a remote model is one request.
    """
    if isinstance(model, MiniLMEmbedding | OpenAIEmbedding):
        return model.fingerprint
    instructions = {name: getattr(model, name, None) for name in ("text_instruction", "query_instruction")}
    probe = np.asarray(model.get_text_embedding("dimension"))
    length = "unit" if abs(float(np.linalg.norm(probe)) - 1) < 1e-3 else "free"
    prefixes = "".join(f" {name}={value!r}" for name, value in instructions.items() if value)
    return f"{type(model).__name__} {model.model_name} dim={probe.size} {length}{prefixes}"
