"""The JSON text: a file of any size, parsed one value at a time."""

import codecs
import json
import re
from collections.abc import Iterator
from typing import BinaryIO

from index_store.errors import UnreadableInputError

_BLOCK_BYTES = 1 << 18  # read at once; with the longest value the only memory that is taken
_MAX_VALUE_CHARS = 64 << 20  # of one value: an article is never that long
_BLANKS = re.compile(r"[ \t\n\r]*")
_DECODER = json.JSONDecoder()
# Python's own parser, and no event parser: yajl puts "?" for half a surrogate pair and refuses the NaN that Python
# writes. It stops at the end of what was read so far; this near to it the fault may be the missing rest.
_EDGE_CHARS = 12


class JsonText:
    """Where reading has come to in a JSON file; values are taken from there on.

    Every method raises `UnreadableInputError` where the text is not what it asks for.
    """

    def __init__(self, file: BinaryIO, encoding: str) -> None:
        self._file = file
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._bytes = 0  # read before the last block
        self._text = ""  # read and not dropped
        self._at = 0
        self._dropped_lines = 0
        self._dropped_columns = 0  # of the line that `_text` begins in

    def peek(self) -> str:
        """The next character that is not blank; empty at the end."""
        while True:
            match = _BLANKS.match(self._text, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._read_on():
                return ""

    def take(self, mark: str) -> bool:
        """Whether `mark` comes next, which is then behind."""
        is_next = self.peek() == mark
        self._at += is_next
        return is_next

    def value(self) -> object:
        """The next value, whole."""
        self.peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                is_cut = error.msg.startswith("Unterminated") or error.pos >= len(self._text) - _EDGE_CHARS
                broken = self._broken(error.msg, error.pos)  # before more is read, which moves the text
                if not (is_cut and self._read_on()):
                    raise broken from error
            except ValueError as error:  # a number of more digits than Python reads
                raise UnreadableInputError(f"broken JSON: {error}") from error
            except RecursionError as error:
                raise UnreadableInputError("JSON nested too deeply") from error
            else:
                length = end - self._at
                # a number may go on: "1e+" was read up to the "e"
                if end < len(self._text) - len("e+") or not self._read_on():
                    self._at += length
                    return value

    def elements(self) -> Iterator[object]:
        """The values of the array that comes next."""
        self._expect("[")
        if self.take("]"):
            return
        yield self.value()
        while not self.take("]"):
            self._expect(",")
            yield self.value()

    def fields(self) -> Iterator[str]:
        """The names in the object that comes next; the caller takes the value before it asks for the next name."""
        self._expect("{")
        if self.take("}"):
            return
        yield self._name()
        while not self.take("}"):
            self._expect(",")
            yield self._name()

    def end(self) -> None:
        """Nothing may come next."""
        if self.peek():
            raise self._broken("Extra data", self._at)

    def _name(self) -> str:
        if self.peek() != '"':
            raise self._broken("Expecting property name enclosed in double quotes", self._at)
        name = str(self.value())
        self._expect(":")
        return name

    def _expect(self, mark: str) -> None:
        if not self.take(mark):
            raise self._broken(f"Expecting {mark!r} delimiter", self._at)

    def _read_on(self) -> bool:
        """Drops what is behind and reads as much again as is left, so that a long value is not parsed too often."""
        left = len(self._text) - self._at
        if left > _MAX_VALUE_CHARS:
            raise UnreadableInputError(f"a value of more than {_MAX_VALUE_CHARS >> 20} million characters")
        self._drop()
        more = ""
        while not more:
            block = self._file.read(max(_BLOCK_BYTES, left))
            more = self._decode(block)
            if not block:
                break
        self._text += more
        return bool(more)

    def _drop(self) -> None:
        lines = self._text.count("\n", 0, self._at)
        start = self._text.rfind("\n", 0, self._at) + 1
        self._dropped_lines += lines
        self._dropped_columns = self._at - start + (0 if lines else self._dropped_columns)
        self._text, self._at = self._text[self._at :], 0

    def _decode(self, block: bytes) -> str:
        before = len(self._decoder.getstate()[0])  # bytes of a character that was cut
        try:
            text = self._decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            at = self._bytes - before + error.start
            raise UnreadableInputError(f"not valid {error.encoding.upper()} (byte {at})") from error
        self._bytes += len(block)
        return text

    def _broken(self, fault: str, at: int) -> UnreadableInputError:
        line = self._text.count("\n", 0, at)
        column = at - self._text.rfind("\n", 0, at) + (0 if line else self._dropped_columns)
        return UnreadableInputError(f"broken JSON: {fault} (line {self._dropped_lines + line + 1}, column {column})")
