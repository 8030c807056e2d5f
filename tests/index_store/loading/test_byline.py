"""Authors and the day under the headline."""

from datetime import date

import pytest

from index_store.loading.byline import day_under, join_names, meta_authors


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        pytest.param(["By Jo Doe"], "Jo Doe", id="by"),
        pytest.param(["View all posts by Jo Doe"], "Jo Doe", id="a link's text"),
        pytest.param(["Jo Doe; JO DOE", "jo doe"], "Jo Doe", id="once"),
        pytest.param(["Jo Doe and Ann Lee"], "Jo Doe, Ann Lee", id="and"),
        pytest.param(["J.O. Doe, Ann Lee, and Kim Ray"], "J.O. Doe, Ann Lee, Kim Ray", id="as written"),
        pytest.param(["Byron Lee"], "Byron Lee", id="a name that begins so"),
        pytest.param(["Username"], "", id="a placeholder"),
        pytest.param(["No Author", "admin"], "", id="placeholders"),
        pytest.param(["Article by"], "", id="nobody"),
        pytest.param(["https://valley.example/jo-doe"], "", id="an address"),
        pytest.param(["x" * 81], "", id="a sentence"),
        pytest.param([" " * 20_000 + "Jo  Doe"], "Jo Doe", id="spaces, in no time"),
        pytest.param([], "", id="nothing"),
    ],
)
def test_names_are_taken_as_they_are_written(names: list[str], expected: str) -> None:
    assert join_names(names) == expected


@pytest.mark.parametrize(
    "tag",
    [
        '<meta name="author" content="Jo O&#39;Dell">',
        "<META content='Jo O&#39;Dell' NAME='author'/>",
    ],
)
def test_meta_tags_name_authors(tag: str) -> None:
    assert meta_authors([tag, "<meta name='generator' content='x'>"]) == ["Jo O'Dell"]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        pytest.param("<p>By Jo Doe</p><p>June 15, 2025</p>", date(2025, 6, 15), id="English"),
        pytest.param("<p>15 Jun. 2025 | 09:00</p>", date(2025, 6, 15), id="short"),
        pytest.param("<p>Written: 2025-06-15 15:03 / Updated: 2025-06-17</p>", date(2025, 6, 15), id="two"),
        pytest.param("<p>Updated on 2025-06-17, first 2025-06-15</p>", date(2025, 6, 15), id="the update first"),
        pytest.param("<p>Updated: June 17, 2025</p>", None, id="the update alone"),
        pytest.param(f"<p>{'The bridge was built on June 15, 1925, by the region. ' * 3}</p>", None, id="told"),
        pytest.param("<p>a</p>" * 8 + "<p>June 15, 2025</p>", None, id="far below"),
        pytest.param("<script>var day = '2025-06-15'</script><p>a</p>", None, id="in a script"),
        pytest.param("<aside><p>June 15, 2025</p></aside>", None, id="of another article"),
        pytest.param("<p>06/07/2025</p>", None, id="two days to two readers"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_the_day_under_a_headline_is_one_in_a_line_of_its_own(markup: str, expected: date | None) -> None:
    html = "<p>January 1, 2020</p><h1>Bridge closed</h1>"

    assert day_under(html + markup, len(html)) == expected
