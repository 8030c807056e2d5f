"""Text that is hard to read, and scripts that are not Latin."""

import codecs

from tests.qa.cli.bad_input.case import Case, file

WESTERN = "The café’s owner said “no” – it would cost £5 million."
ARABIC = "قالت الوزيرة «لن نغلق الجسر» يوم الاثنين.\u200f وأضافت أن الإصلاح بدأ."
HEBREW = "\u202bראש העיר אמר: ״הגשר סגור״.\u202c The bridge is shut."
CHINESE = "市长周一关闭了大桥。“我们不能冒险，”她说。维修将持续六周。"
EMOJI = "The mayor wrote 👩‍👩‍👧‍👦🏳️‍🌈 and 🇳🇴👍🏽. Nobody answered."
STACKED = "Th" + "\u0301\u0323\u0308" * 400 + "e dam held."
WORD = "a" * 200_000
NO_SPACES = "市长关闭了大桥" * 1_000
INVISIBLE = "\u200b\u2060\ufeff\u200b"
ESCAPES = "The dam held.\x1b[2J\x1b]0;owned\x07 It was closed."
WINDOWS = "The dam held.\r\nIt was closed.\r"

CASES = (
    Case("nothing", file("a.txt", ""), said=("empty file",)),
    Case("blanks", file("a.txt", " \n\t\u3000\u2028\n" * 1000), said=("no text",)),
    Case("a header and nothing else", file("a.txt", "Title: Dam\nDate: 2025-06-15\n\n"), said=("no text after",)),
    Case("NUL bytes", file("a.txt", b"The dam\0 held.\0"), said=("looks like a binary file",)),
    Case("a program", file("a.txt", b"\x7fELF\2\1\1" + bytes(range(256)) * 40), said=("looks like a binary file",)),
    Case("control characters", file("a.txt", b"\x01\x02\x03 dam " * 500), said=("looks like a binary file",)),
    Case("escapes of a terminal", file("a.md", ESCAPES + " It rained." * 40), read=(ESCAPES + " It rained." * 40,)),
    Case("UTF-8 with a mark", file("a.txt", WESTERN.encode("utf-8-sig")), read=(WESTERN,)),
    Case("UTF-16 with a mark", file("a.txt", WESTERN.encode("utf-16")), read=(WESTERN,)),
    Case("UTF-16 without a mark", file("a.txt", WESTERN.encode("utf-16-le")), read=(WESTERN,)),
    Case("UTF-16, big end first", file("a.txt", codecs.BOM_UTF16_BE + WESTERN.encode("utf-16-be")), read=(WESTERN,)),
    Case("UTF-16 cut in a character", file("a.txt", WESTERN.encode("utf-16")[:-1]), read=(WESTERN[:-1] + "\ufffd",)),
    Case("UTF-32", file("a.txt", WESTERN.encode("utf-32")), read=(WESTERN,)),
    Case("Windows-1252", file("a.txt", WESTERN.encode("cp1252")), read=(WESTERN,)),
    Case("UTF-8 cut in a character", file("a.txt", (ARABIC * 3).encode()[:-2]), read=((ARABIC * 3)[:-2] + "\ufffd",)),
    Case(
        "half a surrogate pair in bytes",
        file("a.txt", (CHINESE * 6).encode() + b"\xed\xa0\x80"),
        read=(CHINESE * 6 + "\ufffd" * 3,),
    ),
    Case("line ends of other systems", file("a.txt", WINDOWS), read=("The dam held.\nIt was closed.\n",)),
    Case("one word of 200 KB", file("a.txt", WORD), read=(WORD,)),
    Case("7,000 characters without a space", file("a.txt", NO_SPACES), read=(NO_SPACES,)),
    Case("one line of 20,000 full stops", file("a.txt", "." * 20_000), read=("." * 20_000,)),
    Case("nothing that can be seen", file("a.txt", INVISIBLE), said=("no text",)),
    Case("right to left", file("a.txt", ARABIC), read=(ARABIC,)),
    Case("both directions", file("a.txt", HEBREW), read=(HEBREW,)),
    Case("Chinese", file("a.txt", CHINESE), read=(CHINESE,)),
    Case("emoji", file("a.txt", EMOJI), read=(EMOJI,)),
    Case("1,200 accents on one letter", file("a.txt", STACKED), read=(STACKED,)),
)
