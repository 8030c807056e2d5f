"""The pictures of the documentation: each is taken, small and shown."""

import re

import pytest

from tests.ui.screenshots import IMAGES, MOST_KB, PICTURES
from tests.ui.served_chat import ROOT

NAMES = {picture.file.name for picture in PICTURES}


def test_every_picture_is_there_and_no_other() -> None:
    assert {path.name for path in IMAGES.iterdir()} == NAMES


@pytest.mark.parametrize("name", sorted(NAMES))
def test_a_picture_is_small_and_shown(name: str) -> None:
    assert (IMAGES / name).stat().st_size <= 1000 * MOST_KB
    shown = (ROOT / "docs" / "pictures.md").read_text(encoding="utf-8")
    assert re.search(rf"!\[[^\]]+\]\(images/{re.escape(name)}\)", shown)
