import pytest

from qa.engine import ArticleQueryEngine
from qa.naming import named_share


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        pytest.param((), 1.0, id="no name"),
        pytest.param(("Brask",), 1.0, id="in the text"),
        pytest.param(("Zorrin",), 0.0, id="nowhere"),
        pytest.param(("Norlindian",), 1.0, id="a relative of a name"),
        pytest.param(("U.S.",), 1.0, id="too short to tell"),
    ],
)
def test_the_share_of_names_that_an_article_holds(
    names: tuple[str, ...], expected: float, engine: ArticleQueryEngine
) -> None:
    assert named_share(names, engine.store.article("report"), engine.store) == expected


def test_a_rare_name_that_is_missing_weighs_more(engine: ArticleQueryEngine) -> None:
    assert 0 < named_share(("Brask", "Zorrin"), engine.store.article("report"), engine.store) < 0.5
