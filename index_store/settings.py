"""How articles are cut, stored and searched."""

from dataclasses import dataclass, field

from index_store.chroma_server import ChromaServer

# How passages are embedded (`indexing.embedded_text`), words analysed (`lexical`) and quotations found (`quotations`):
# whoever changes what one of them makes of an article counts it up, so that older indexes are refused.
_RECIPE = "headed-2 english-stems-1 quotations-6"


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """Settings of the store; those that shape what is stored are part of its fingerprint."""

    passage_tokens: int = 200  # word-pieces of a passage at most: the embedder reads 256, headline included
    batch_passages: int = 256  # passages written per transaction: what a kill loses, against commits per second
    candidates: int = 60  # passages that each kind of search contributes before fusion
    dense_weight: float = 0.3  # share of the dense score in the fused one, the lexical has the rest; docs/retrieval.md
    title_boost: float = 0.5  # weight of a term's BM25 in the headline against the same term in the passage
    chroma: ChromaServer | None = field(default=None, repr=False)  # what keeps the vectors; None: the data directory

    @property
    def recipe(self) -> str:
        """What the index stores to recognise passages, words or quotations made otherwise."""
        return f"sentences-2/{self.passage_tokens} {_RECIPE}"
