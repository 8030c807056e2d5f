"""The language an article says it is written in."""

import pytest

from index_store.loading.language import page_language, read_language


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param("en", "en", id="a tag"),
        pytest.param(" EN_gb ", "en-GB", id="a locale"),
        pytest.param("zh-hant-tw", "zh-Hant-TW", id="a script and a country"),
        pytest.param("es-419", "es-419", id="a region"),
        pytest.param("de_DE.UTF-8", "de-DE", id="a system's locale"),
        pytest.param("English", "en", id="a name"),
        pytest.param(["fr", "de"], "fr", id="the first of several"),
        pytest.param("und", "", id="undetermined"),
        pytest.param("Klingonese", "", id="a word that is no tag"),
        pytest.param("en, de", "", id="a list in one string"),
        pytest.param(5, "", id="a number"),
        pytest.param([], "", id="none of several"),
    ],
)
def test_a_language_is_read_as_a_tag_or_not_at_all(written: object, expected: str) -> None:
    assert read_language(written) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param('<html class="a" lang="de-AT"><meta property="og:locale" content="en_US">', "de-AT", id="root"),
        pytest.param("<html xml:lang=fr>", "fr", id="root of XML"),
        pytest.param('<html data-lang="x"><meta property="og:locale" content="it_IT">', "it-IT", id="OpenGraph"),
        pytest.param('<html lang=""><meta http-equiv="Content-Language" content="nl">', "nl", id="as a header"),
        pytest.param("<html><p lang='en'>A word", "", id="of a part"),
    ],
)
def test_a_page_says_its_language_at_its_root_or_in_a_meta_tag(html: str, expected: str) -> None:
    assert page_language(html) == expected
