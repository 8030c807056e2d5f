"""The index as options and the environment name it: where it is, with which embedding, and what keeps its vectors."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from llama_index.core.base.embeddings.base import BaseEmbedding

from index_store.chroma_server import chroma_server_from
from index_store.embedding import embedding_from
from index_store.settings import StoreSettings
from qa.engine import resolve_data_dir
from qa.llm import read_environment


@dataclass(frozen=True, slots=True)
class ConfiguredIndex:
    """What a store is opened with."""

    data_dir: Path
    embedder: BaseEmbedding
    settings: StoreSettings


def configured_index(data_dir: Path | None, environment: Mapping[str, str] | None = None) -> ConfiguredIndex:
    """The index at `data_dir`, else where the environment says; all else as the environment says.

    Raises:
        ModelSettingsError: a variable that names an embedding model holds a value that cannot be used.
        ChromaServerSettingsError: a variable that names a Chroma server holds a value that cannot be used.
    """
    variables = read_environment() if environment is None else environment
    settings = StoreSettings(chroma=chroma_server_from(variables))
    return ConfiguredIndex(resolve_data_dir(data_dir), embedding_from(variables), settings)
