"""The choice of an embedding: the bundled one, unless the environment names another."""

from collections.abc import Mapping

from llama_index.core.base.embeddings.base import BaseEmbedding

from index_store.embedding.minilm import MiniLMEmbedding
from index_store.embedding.openai_embedding import OpenAIEmbedding
from index_store.endpoint import Endpoint, Environment
from index_store.errors import ModelSettingsError

_MODEL = "ARTICLE_QA_EMBEDDING_MODEL"
_URL = "ARTICLE_QA_EMBEDDING_BASE_URL"
_MOST_DIMENSIONS = 65_536


def embedding_from(env: Mapping[str, str]) -> BaseEmbedding:
    """The model that ARTICLE_QA_EMBEDDING_MODEL names, from the server of the models that write; else the bundled one.

    ARTICLE_QA_EMBEDDING_BASE_URL names a server of its own, which is then sent ARTICLE_QA_EMBEDDING_API_KEY and never
    the other server's key. ARTICLE_QA_EMBEDDING_DIMENSION asks for shorter vectors where a model has them.

    Raises:
        ModelSettingsError: a value cannot be used; the message names its variable.
    """
    variables = Environment(env)
    model = variables.text(_MODEL)
    if model is None:
        if variables.text(_URL):
            raise ModelSettingsError(f"{_URL} names a server, but no model; set {_MODEL} to one it serves")
        return MiniLMEmbedding()
    own = variables.text(_URL) is not None
    url_variable = _URL if own else "OPENAI_BASE_URL"
    key_variable = "ARTICLE_QA_EMBEDDING_API_KEY" if own else "OPENAI_API_KEY"
    endpoint = Endpoint.from_environment(variables, url_variable=url_variable, key_variable=key_variable)
    if endpoint.base_url is None and endpoint.api_key is None:
        raise ModelSettingsError(f"{_MODEL} names a model, but nothing says where; set OPENAI_API_KEY or {_URL}")
    return OpenAIEmbedding(
        model_name=model,
        endpoint=endpoint,
        dimension=variables.whole("ARTICLE_QA_EMBEDDING_DIMENSION", 1, _MOST_DIMENSIONS),
        url_variable=url_variable,
        key_variable=key_variable,
    )
