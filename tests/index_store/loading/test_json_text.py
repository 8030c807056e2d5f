"""JSON read one value at a time."""

import io
import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index_store.errors import UnreadableInputError
from index_store.loading.json_text import JsonText

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


class SmallBlocks(io.BytesIO):
    """A file that gives a few bytes at a time, as if every value lay across the end of a block."""

    def __init__(self, content: bytes, size: int) -> None:
        super().__init__(content)
        self._size = size

    def read(self, size: int | None = -1) -> bytes:
        return super().read(self._size)


def text_of(content: str | bytes, size: int = 1 << 20) -> JsonText:
    raw = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    return JsonText(SmallBlocks(raw, size), "utf-8")


@given(
    values=st.lists(VALUES, max_size=5),
    size=st.integers(1, 40),
    ensure_ascii=st.booleans(),
    indent=st.sampled_from([None, 2]),
)
def test_wherever_blocks_end_the_elements_are_those_of_the_whole(
    values: list[object], size: int, ensure_ascii: bool, indent: int | None
) -> None:
    content = json.dumps(values, ensure_ascii=ensure_ascii, indent=indent)
    text = text_of(content, size)

    assert repr(list(text.elements())) == repr(json.loads(content))  # repr: NaN equals nothing
    text.end()


@given(fields=st.dictionaries(st.text(), VALUES, max_size=5), size=st.integers(1, 40))
def test_wherever_blocks_end_the_fields_are_those_of_the_whole(fields: dict[str, object], size: int) -> None:
    text = text_of(json.dumps(fields), size)

    assert repr([(name, text.value()) for name in text.fields()]) == repr(list(fields.items()))


@pytest.mark.parametrize("size", [1, 7, 1000])
@pytest.mark.parametrize(
    "content",
    [
        '[1,\n  {"a": 1,\n "b" 2}]',
        '[1,\n "a\tb"]',
        "[1,\n\n  tru]",
        "[1,\n 2",
        '["a\\qb"]',
        '["abc',
        "[1,\n2]\n x",
        "[1}",
    ],
)
def test_a_fault_is_named_and_placed_as_in_the_whole(content: str, size: int) -> None:
    def read(text: JsonText) -> None:
        list(text.elements())
        text.end()

    with pytest.raises(json.JSONDecodeError) as whole:
        json.loads(content)
    with pytest.raises(UnreadableInputError) as parts:
        read(text_of(content, size))

    fault = whole.value
    assert str(parts.value) == f"broken JSON: {fault.msg} (line {fault.lineno}, column {fault.colno})"


@pytest.mark.parametrize("size", [1, 3, 100])
def test_bytes_that_are_not_utf8_are_placed(size: int) -> None:
    with pytest.raises(UnreadableInputError, match=r"^not valid UTF-8 \(byte 12\)$"):
        list(text_of('["ä", "b", "'.encode()[:12] + b'\xe9"]', size).elements())


@pytest.mark.parametrize(
    ("content", "take"),
    [
        pytest.param("[1]", lambda text: list(text.fields()), id="an array for an object"),
        pytest.param("{}", lambda text: list(text.elements()), id="an object for an array"),
        pytest.param("{1: 2}", lambda text: list(text.fields()), id="a name that is none"),
        pytest.param("", JsonText.value, id="nothing"),
        pytest.param("[" * 100_000, JsonText.value, id="nested"),
        pytest.param("9" * 5000, JsonText.value, id="a number without end"),
    ],
)
def test_what_is_not_there_is_refused(content: str, take: Callable[[JsonText], object]) -> None:
    with pytest.raises(UnreadableInputError):
        take(text_of(content))


def test_half_a_surrogate_pair_stays_what_it_is() -> None:
    assert text_of(r'"a\ud800b"', 3).value() == "a\ud800b"
