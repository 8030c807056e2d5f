from pathlib import Path

import pytest

from ui.notices import index_command, plain


def test_the_command_names_the_data_directory_as_a_shell_needs_it() -> None:
    assert index_command(Path("my index")) == "article-qa --data-dir 'my index' index path/to/articles"


def test_the_command_is_short_for_the_users_own_directory() -> None:
    assert index_command(None) == "article-qa index path/to/articles"


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        pytest.param("costs $5m or $6m", r"costs \$5m or \$6m", id="latex"),
        pytest.param(":red[x]", r"\:red\[x\]", id="directive"),
        pytest.param("![](http)", r"\!\[\]\(http\)", id="image"),
        pytest.param("one\ntwo", "one two", id="lines"),
        pytest.param("see http://x.example/a*b now", "see `http://x.example/a*b` now", id="address"),
        pytest.param("www.x.example", "`www.x.example`", id="host"),
        pytest.param("ask a_b@x.example!", "ask `a_b@x.example!`", id="mailbox"),
    ],
)
def test_a_message_is_shown_as_it_is(message: str, shown: str) -> None:
    assert plain(message) == shown
