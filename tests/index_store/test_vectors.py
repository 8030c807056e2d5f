import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index_store.errors import DataDirError, IndexDamagedError
from index_store.vectors import FolderVectors


@pytest.fixture
def vectors(tmp_path: Path) -> FolderVectors:
    FolderVectors.create(tmp_path / "vectors")
    return FolderVectors(tmp_path / "vectors")


def test_opening_again_and_again_does_not_lengthen_the_path(vectors: FolderVectors) -> None:
    spelling = vectors._spelling
    for _ in range(40):
        vectors.reopen()
    assert vectors._spelling == spelling


def test_a_second_client_sees_what_the_first_wrote_when_it_opens_again(vectors: FolderVectors) -> None:
    second = FolderVectors(vectors.path)
    for key in range(3):
        vectors.add([key], np.eye(4, dtype=np.float32)[key : key + 1])
        second.reopen()
        assert second.search(np.eye(4)[key], 1) == pytest.approx({key: 1.0})


def test_the_dimension_is_that_of_what_is_held(vectors: FolderVectors) -> None:
    assert vectors.dimension is None
    vectors.add([7], np.ones((1, 4), dtype=np.float32))
    assert vectors.dimension == 4
    assert vectors.holds(7)
    assert not vectors.holds(8)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DataDirError, match="vectors"):
        FolderVectors.create(tmp_path / "file" / "vectors")


def test_what_could_not_be_opened_opens_once_it_is_mended(vectors: FolderVectors) -> None:
    vectors.close()
    file = vectors.path / "chroma.sqlite3"
    file.rename(file.with_suffix(".away"))
    with pytest.raises(IndexDamagedError):
        FolderVectors(vectors.path)
    file.with_suffix(".away").replace(file)
    assert FolderVectors(vectors.path).count() == 0


_INTERRUPTED_IMPORT = """
import sys
from pathlib import Path
from index_store.vectors import FolderVectors

class Interrupting:
    def find_spec(self, name, *_):
        if name == "chromadb.config":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Interrupting())
try:
    FolderVectors(Path(sys.argv[1]))
except KeyboardInterrupt:
    print("interrupted")
"""


def test_an_interruption_while_chroma_is_imported_passes_as_it_is(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _INTERRUPTED_IMPORT, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert (ran.stdout, ran.stderr) == ("interrupted\n", "")
