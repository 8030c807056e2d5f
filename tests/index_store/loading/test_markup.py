"""Elements of a page."""

from index_store.loading.markup import Element, find_elements, meta_tags, plain


def test_elements_are_found_in_any_case_and_with_what_is_in_them() -> None:
    html = '<p><H1 class="a">Bridge <b>closed</b></H1 ><h1>Second</h1><h1>open'

    assert list(find_elements(html, "h1", 9)) == [
        Element('<H1 class="a">', "Bridge <b>closed</b>", html.index("</H1")),
        Element("<h1>", "Second", html.index("</h1>")),
    ]
    assert len(list(find_elements(html, "h1", 1))) == 1


def test_a_page_of_open_tags_takes_no_time_out_of_hand() -> None:
    hostile = "<h1 " * 500_000 + "<h1>" * 500_000 + "<meta " * 500_000

    assert list(find_elements(hostile, "h1", 20)) == []
    assert meta_tags(hostile) == []


def test_meta_tags_are_found_whole() -> None:
    assert meta_tags('<head><META name="a"\n content="b"/><metal><meta x></head>') == [
        '<META name="a"\n content="b"/>',
        "<meta x>",
    ]


def test_what_is_shown_is_on_one_line() -> None:
    assert plain(" Bridge<br>\n<i>closed</i> &amp; open &lt;1") == "Bridge closed & open <1"
