"""Compressed answers."""

import gzip
import tracemalloc
import zlib
from collections.abc import Callable, Iterator

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index_store.errors import UnreadableInputError
from index_store.fetching.decoder import decoded
from tests.index_store.web_site import Site, answer


def bare_deflate(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


ENCODINGS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "gzip": ("gzip", gzip.compress),
    "x-gzip": ("X-GZip", gzip.compress),
    "gzip in parts": ("gzip", lambda content: gzip.compress(content[:9]) + gzip.compress(content[9:])),
    "gzip and more": ("gzip", lambda content: gzip.compress(content) + b"\0\0trailing"),
    "deflate": ("deflate", zlib.compress),
    "bare deflate": ("deflate", bare_deflate),
    "brotli": ("br", brotli.compress),
    "none": ("", bytes),
    "identity": ("identity", bytes),
}


@pytest.mark.parametrize("name", ENCODINGS)
@given(content=st.binary(max_size=300) | st.integers(0, 30_000).map(lambda n: b"news " * n), size=st.integers(1, 99))
def test_what_was_packed_comes_out_however_it_is_cut(name: str, content: bytes, size: int) -> None:
    encoding, pack = ENCODINGS[name]
    packed = pack(content)

    chunks = [packed[start : start + size * 97] for start in range(0, len(packed), size * 97)]

    assert b"".join(decoded(chunks, encoding)) == content


@pytest.mark.parametrize("name", ["gzip", "deflate", "bare deflate", "brotli"])
def test_what_is_cut_off_is_no_whole_answer(name: str) -> None:
    encoding, pack = ENCODINGS[name]
    packed = pack(bytes(range(256)) * 20)

    with pytest.raises(UnreadableInputError, match="cut off in the middle"):
        list(decoded([packed[: len(packed) // 2]], encoding))


def bomb(name: str, megabytes: int = 100) -> bytes:
    """Zeros, packed to less than a hundredth."""
    block = bytes(2**20)
    if name == "brotli":
        packer = brotli.Compressor(quality=1)
        return b"".join([*(packer.process(block) for _ in range(megabytes)), packer.finish()])
    wbits = {"gzip": 31, "deflate": 15, "bare deflate": -15}[name]
    squeezer = zlib.compressobj(wbits=wbits)
    return b"".join(squeezer.compress(block) for _ in range(megabytes)) + squeezer.flush()


@pytest.mark.parametrize("name", ["gzip", "deflate", "bare deflate", "brotli"])
def test_a_bomb_is_left_before_it_has_gone_off(site: Site, name: str) -> None:
    packed = bomb(name)
    site.pages["/a"] = answer(packed, Content_Encoding=ENCODINGS[name][0])
    assert len(packed) < 2**20

    tracemalloc.start()
    with pytest.raises(UnreadableInputError, match="larger than 2 MB"):
        site.fetcher(body_bytes=2 * 2**20).fetch(site.url("/a"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 30 * 2**20


def test_pieces_are_small_whatever_is_sent() -> None:
    for name in ("gzip", "deflate", "brotli"):
        pieces: Iterator[bytes] = decoded([bomb(name, 8)], ENCODINGS[name][0])
        assert max(map(len, pieces)) <= 2**20


def test_packed_nothing_is_counted_as_it_is_sent(site: Site) -> None:
    site.pages["/a"] = answer(gzip.compress(b"") * 150_000, Content_Encoding="gzip")  # 3 MB that unpack to nothing

    with pytest.raises(UnreadableInputError, match="larger than 1 MB"):
        site.fetcher(body_bytes=2**20).fetch(site.url("/a"))
