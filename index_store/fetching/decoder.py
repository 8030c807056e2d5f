"""The decoder: compressed answers, a piece at a time, so that a bomb is noticed before it has gone off."""

import zlib
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

import brotli

from index_store.errors import UnreadableInputError

ACCEPTED = "gzip, deflate, br"
GZIP_MARK = b"\x1f\x8b"

_PIECE_BYTES = 64 * 2**10
_GZIP = 16 + zlib.MAX_WBITS


def decoded(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """The content behind an HTTP Content-Encoding, in pieces of bounded size.

    Raises:
        UnreadableInputError: The encoding is not one of `ACCEPTED`, or the content is broken or cut off.
    """
    name = encoding.strip().lower().removeprefix("x-")
    if name in ("", "identity"):
        return iter(chunks)
    if name not in _DECODERS:
        raise UnreadableInputError(f"compressed as {encoding!r}, which was not asked for")
    return _checked(_DECODERS[name](_not_empty(chunks)))


def _not_empty(chunks: Iterable[bytes]) -> Iterator[bytes]:
    return (chunk for chunk in chunks if chunk)


def _checked(pieces: Iterator[bytes]) -> Iterator[bytes]:
    try:
        yield from pieces
    except (zlib.error, brotli.error) as error:
        raise UnreadableInputError("its compression is broken") from error


def _gunzip(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Of a file in several parts every one; what follows the last and is no part is left out."""
    inflater = zlib.decompressobj(_GZIP)
    for chunk in chunks:
        rest = chunk
        while rest:
            if inflater.eof:
                if not rest.startswith(GZIP_MARK[:1]):
                    return
                inflater = zlib.decompressobj(_GZIP)
            yield from _inflate(inflater, rest)
            rest = inflater.unused_data
    _check_end(inflater.eof)


def _deflate(chunks: Iterator[bytes]) -> Iterator[bytes]:
    first = next(chunks, b"")
    # Meant is zlib's format, but some servers send the bare stream, which never begins as zlib's header does.
    has_header = first[:1] and first[0] & 0x0F == zlib.DEFLATED
    inflater = zlib.decompressobj(zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS)
    for chunk in chain([first], chunks):
        yield from _inflate(inflater, chunk)
    _check_end(inflater.eof)


def _inflate(inflater: "zlib._Decompress", chunk: bytes) -> Iterator[bytes]:
    rest = chunk
    while not inflater.eof:
        piece = inflater.decompress(rest, _PIECE_BYTES)
        if piece:
            yield piece
        rest = inflater.unconsumed_tail
        if not rest and len(piece) < _PIECE_BYTES:  # a full piece may have left something inside
            return


def _unbrotli(chunks: Iterator[bytes]) -> Iterator[bytes]:
    decompressor = brotli.Decompressor()
    for chunk in chunks:
        rest = chunk
        while not decompressor.is_finished():
            piece = decompressor.process(rest, output_buffer_limit=_PIECE_BYTES)
            if not piece and decompressor.can_accept_more_data():
                break
            yield piece
            rest = b""  # it keeps what it has not unpacked yet
    _check_end(decompressor.is_finished())


def _check_end(is_whole: bool) -> None:
    if not is_whole:
        raise UnreadableInputError("cut off in the middle")


_DECODERS: dict[str, Callable[[Iterator[bytes]], Iterator[bytes]]] = {
    "gzip": _gunzip,
    "deflate": _deflate,
    "br": _unbrotli,
}
