import asyncio
import pickle
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from llama_index.core.embeddings import MockEmbedding

from index_store.embedding import MINILM_DIR, MiniLMEmbedding, embedding_fingerprint, token_starts
from index_store.errors import ModelFileError

TEXTS = [
    "The harbour master closed the port on Tuesday.",
    "Port shut",
    "The orchestra will tour three cities in spring, and tickets go on sale next week. " * 6,
    "Größe, café, naïve – “quoted” words and an emoji 🙂",
    "",
]


@pytest.fixture(scope="module")
def embedding() -> MiniLMEmbedding:
    return MiniLMEmbedding(threads=2)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    for name in ("model.onnx", "tokenizer.json", "SHA256SUMS"):
        shutil.copyfile(MINILM_DIR / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize("text", TEXTS, ids=["sentence", "fragment", "paragraph", "unicode", "empty"])
def test_vector_has_384_dimensions_and_unit_length(embedding: MiniLMEmbedding, text: str) -> None:
    vector = np.array(embedding.get_text_embedding(text))
    assert vector.shape == (embedding.dimension,) == (384,)
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_vector_does_not_depend_on_neighbours(embedding: MiniLMEmbedding) -> None:
    alone = [embedding.get_text_embedding(text) for text in TEXTS]
    assert embedding.get_text_embedding_batch(TEXTS) == alone
    assert embedding.get_text_embedding_batch(TEXTS[::-1]) == alone[::-1]


def test_vector_does_not_depend_on_the_number_of_threads(embedding: MiniLMEmbedding) -> None:
    single = MiniLMEmbedding(threads=1)
    assert single.get_text_embedding_batch(TEXTS) == embedding.get_text_embedding_batch(TEXTS)


def test_one_instance_serves_several_threads(embedding: MiniLMEmbedding) -> None:
    alone = [embedding.get_text_embedding(text) for text in TEXTS]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(embedding.get_text_embedding, TEXTS * 4)) == alone * 4


def test_question_and_passage_are_embedded_alike(embedding: MiniLMEmbedding) -> None:
    assert embedding.get_query_embedding(TEXTS[0]) == embedding.get_text_embedding(TEXTS[0])


def test_async_calls_give_the_same_vectors(embedding: MiniLMEmbedding) -> None:
    async def vectors() -> list[list[float]]:
        query = await embedding.aget_query_embedding(TEXTS[0])
        text = await embedding.aget_text_embedding(TEXTS[0])
        return [query, text, *await embedding.aget_text_embedding_batch(TEXTS)]

    alone = [embedding.get_text_embedding(text) for text in TEXTS]
    assert asyncio.run(vectors()) == [alone[0], alone[0], *alone]


@pytest.mark.parametrize(
    ("text", "related", "unrelated"),
    [
        pytest.param(
            "The harbour master closed the port on Tuesday.",
            "Ships could not dock after the seaport was shut.",
            "The orchestra will tour three cities in spring.",
            id="paraphrase",
        ),
        pytest.param(
            "Who won the mayoral election?",
            "Dana Orlova was elected mayor with 54 percent of the vote.",
            "The mayor opened a new swimming pool.",
            id="question",
        ),
    ],
)
def test_related_texts_are_closer_than_unrelated(
    embedding: MiniLMEmbedding, text: str, related: str, unrelated: str
) -> None:
    query, near, far = np.array(embedding.get_text_embedding_batch([text, related, unrelated]))
    assert query @ near > query @ far + 0.1


def test_only_the_first_256_pieces_count(embedding: MiniLMEmbedding) -> None:
    start = "port " * 254  # with [CLS] and [SEP] around it, the 256 that the model reads
    full = embedding.get_text_embedding(start)
    assert embedding.get_text_embedding(start + "orchestra " * 5000) == full
    assert embedding.get_text_embedding("port " * 253 + "orchestra") != full


def test_lone_surrogate_is_read_as_a_question_mark(embedding: MiniLMEmbedding) -> None:
    assert embedding.get_text_embedding("port \ud83d shut") == embedding.get_text_embedding("port ? shut")
    assert token_starts("port \ud83d shut") == [0, 5, 7]


def test_instance_survives_pickling(embedding: MiniLMEmbedding) -> None:
    copy = pickle.loads(pickle.dumps(embedding))  # noqa: S301 - our own bytes
    assert copy.threads == 2
    assert copy.get_text_embedding(TEXTS[0]) == embedding.get_text_embedding(TEXTS[0])


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_altered_model_file_is_refused(copied: Path, name: str) -> None:
    content = bytearray((copied / name).read_bytes())
    content[len(content) // 2] ^= 1
    (copied / name).write_bytes(content)
    with pytest.raises(ModelFileError, match=rf"{name}.* is not the one that was shipped; install"):
        MiniLMEmbedding(folder=copied).get_text_embedding("port")


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "SHA256SUMS"])
def test_missing_model_file_is_named(copied: Path, name: str) -> None:
    (copied / name).unlink()
    with pytest.raises(ModelFileError, match=rf"cannot read model file .*{name}.*; install"):
        MiniLMEmbedding(folder=copied).get_text_embedding("port")


def test_checksums_that_lack_a_file_are_refused(copied: Path) -> None:
    (copied / "SHA256SUMS").write_text("")
    with pytest.raises(ModelFileError, match="does not list the model files"):
        _ = MiniLMEmbedding(folder=copied).fingerprint


def test_import_loads_neither_model_nor_runtime() -> None:
    code = "import sys, index_store.embedding as e; e.MiniLMEmbedding(); sys.exit('onnxruntime' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_fingerprint_names_model_files_and_dimension(embedding: MiniLMEmbedding) -> None:
    model, tokenizer = (line[:12] for line in (MINILM_DIR / "SHA256SUMS").read_text().splitlines())
    expected = f"all-MiniLM-L6-v2 int8 {model}+{tokenizer} dim=384 unit"
    assert embedding.fingerprint == embedding_fingerprint(embedding) == expected


class PrefixedEmbedding(MockEmbedding):
    text_instruction: str = "passage: "


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        pytest.param(MockEmbedding(embed_dim=5), "MockEmbedding unknown dim=5 free", id="dimension"),
        pytest.param(MockEmbedding(embed_dim=5, model_name="m"), "MockEmbedding m dim=5 free", id="model name"),
        pytest.param(MockEmbedding(embed_dim=4), "MockEmbedding unknown dim=4 unit", id="unit length"),
        pytest.param(
            PrefixedEmbedding(embed_dim=5),
            "PrefixedEmbedding unknown dim=5 free text_instruction='passage: '",
            id="prefix",
        ),
    ],
)
def test_fingerprint_of_any_embedding_holds_what_decides_its_vectors(model: MockEmbedding, expected: str) -> None:
    assert embedding_fingerprint(model) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Port shut, again", [0, 5, 9, 11], id="words and punctuation"),
        pytest.param("“café” 🙂 ok", [0, 1, 5, 7, 9], id="offsets count characters"),
        pytest.param("한국 ok", [0, 0, 0, 1, 1, 1, 3], id="several pieces in one character"),
        pytest.param("", [], id="empty"),
    ],
)
def test_token_starts_are_character_offsets(text: str, expected: list[int]) -> None:
    assert token_starts(text) == expected


def test_token_starts_go_on_beyond_what_the_model_reads() -> None:
    assert token_starts("port " * 1000) == list(range(0, 5000, 5))
