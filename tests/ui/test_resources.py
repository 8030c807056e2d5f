"""What all tabs share."""

import json
from pathlib import Path

import pytest

from index_store.errors import IndexNotFoundError
from tests.ui.served_chat import index
from ui.resources import load_engine


def make_index(folder: Path, title: str) -> Path:
    folder.mkdir()
    row = {"id": "one", "title": title, "text": "The board met on Monday and sold the ferry."}
    (folder / "articles.json").write_text(json.dumps([row]), encoding="utf-8")
    index(folder / "articles.json", folder / "index")
    return folder / "index"


def test_an_index_that_takes_the_place_of_another_is_the_one_that_is_asked(tmp_path: Path) -> None:
    old, new = make_index(tmp_path / "old", "Old"), make_index(tmp_path / "new", "New")
    data_dir = tmp_path / "index"
    old.rename(data_dir)
    first = load_engine(data_dir)
    assert load_engine(data_dir) is first
    data_dir.rename(tmp_path / "away")
    with pytest.raises(IndexNotFoundError):
        load_engine(data_dir)
    new.rename(data_dir)
    assert load_engine(data_dir).store.article("one").title == "New"
