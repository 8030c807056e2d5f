"""Stock LlamaIndex, to compare with: its ingestion pipeline and its fusion retriever, both over Chroma."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import chromadb
from llama_index.core import VectorStoreIndex
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.ingestion import IngestionPipeline
from llama_index.core.llms import MockLLM
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.core.schema import Document, TextNode
from llama_index.retrievers.bm25 import BM25Retriever
from llama_index.vector_stores.chroma import ChromaVectorStore

from index_store.article import Article
from index_store.catalog import Catalog, StoredPassage
from index_store.layout import CATALOG_FILE
from index_store.scope import Scope
from index_store.settings import StoreSettings
from index_store.vectors import FolderVectors

_COLLECTION = "stock"
_BATCH = 2_000  # ChromaVectorStore fails above Chroma's limit of 5,461
_TOP = 60  # of each kind, as in `StoreSettings.candidates`


def ingest(articles: Sequence[Article], embedder: BaseEmbedding, folder: Path) -> int:
    """Indexes with the stock pipeline, chunks as long as our passages; returns how many chunks."""
    splitter = SentenceSplitter(chunk_size=StoreSettings().passage_tokens, chunk_overlap=0, include_metadata=False)
    pipeline = IngestionPipeline(transformations=[splitter, embedder], vector_store=_vector_store(folder))
    return len(pipeline.run(documents=[_document(article) for article in articles]))


def fusion_retriever(index: Path, embedder: BaseEmbedding, folder: Path) -> QueryFusionRetriever:
    """The stock retriever over the passages and vectors of one of our indexes; its Chroma is kept in `folder`."""
    nodes = list(_nodes(index))
    store = _vector_store(folder)
    for start in range(store.client.count(), len(nodes), _BATCH):  # goes on where it was broken off
        store.add(nodes[start : start + _BATCH])
    vectors = VectorStoreIndex.from_vector_store(store, embed_model=embedder).as_retriever(similarity_top_k=_TOP)
    words = BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=_TOP)
    return QueryFusionRetriever(
        [vectors, words], llm=MockLLM(), num_queries=1, similarity_top_k=_TOP, mode="reciprocal_rerank", use_async=False
    )


def _vector_store(folder: Path) -> ChromaVectorStore:
    client = chromadb.PersistentClient(str(folder))
    collection = client.get_or_create_collection(
        _COLLECTION, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
    )
    return ChromaVectorStore(chroma_collection=collection)


def _document(article: Article) -> Document:
    day = article.published.isoformat() if article.published else ""
    return Document(
        text=article.text, doc_id=article.id, metadata={"title": article.title, "source": article.source, "day": day}
    )


def _nodes(index: Path) -> Iterator[TextNode]:
    catalog = Catalog(index / CATALOG_FILE, create=False)
    keys = catalog.keys_in(Scope())
    vectors = FolderVectors(index / catalog.placement.vectors)
    for start in range(0, len(keys), _BATCH):
        part = keys[start : start + _BATCH]
        passages, rows = catalog.passages(part), vectors.readable(part)
        yield from (_node(passages[key], rows[key].tolist()) for key in part)
    vectors.close()
    catalog.close()


def _node(stored: StoredPassage, vector: list[float]) -> TextNode:
    metadata = {"title": stored.title, "source": stored.source}
    return TextNode(text=stored.passage.text, id_=stored.passage.id, metadata=metadata, embedding=vector)
