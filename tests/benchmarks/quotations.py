"""Quotations and speakers against PolNeAR, a corpus of US political news annotated by hand.

Run: `python -m tests.benchmarks.quotations [dev|held] [--errors N]`; the folder of the development data is read
from ARTICLE_QA_DATA. A third of the articles, crc32(article id) % 3 == 0, is held back: rules are made on the rest.

Definitions
    part      What is compared: the words in quotation marks. A gold row is cut at paragraph ends; a "mixed" row, which
              spans a paraphrase too, and a "direct" one are cut to the marked words in them (a mixed row without any is
              left out; a direct row with one mark or none, as inside a quotation over paragraphs, is taken whole).
              A prediction is cut at paragraph ends. Articles that write quotation marks as
              two apostrophes are left out: their quotations are not in the export of the corpus.
    strict    A predicted part counts if it has the same first and last character as the gold part, after marks,
              punctuation and white space are stripped at both ends.
    tolerant  It counts if the two share more than half of the longer one's characters.
    F1        Over parts, each matched once. A marked string that no annotator attributed to a source, such as the
              title of a work, counts against precision.
    speaker   Over gold rows with a source, every row once, judged on the prediction that overlaps its first part most;
              a row without a prediction is wrong.
              named:    the source's name was read off the source itself ("ner_in_source"): right if the last word of
                        the gold name (suffixes and case aside) is the last word of the predicted one, or a word of it
                        while the mentions overlap (gold "Doe" for "an adviser to Doe").
              coref:    the name comes from silver coreference, said to be 80 % right: same test.
              nameless: no gold name ("the spokeswoman", an unresolved "she"): right if the predicted mention overlaps
                        the gold mention, or is spelled the same way ("the official").
              mention:  over all rows: the predicted mention overlaps the gold mention.
              overall:  over all rows: named and nameless as above; coref rows by mention or silver name.
    speed     Processor time of `find_quotations` alone, in this process.
"""

import json
import os
import re
import sys
import time
import zlib
from collections import Counter, defaultdict
from pathlib import Path

from index_store.quotations import Quotation, find_quotations

_DATA = Path(os.environ.get("ARTICLE_QA_DATA", Path(__file__).parents[3] / "shared" / "data")) / "polnear"
_MARKED = re.compile(r"[\"“”„«]([^\"“”„«»]*)(?:[\"“”»]|$)")
_MARKS = re.compile(r"[\"“”„«»]")
_EDGE = " \t\n\xa0\"“”„«»'‘’`″.,;:?!…-–—―()[]"
_SUFFIXES = {"jr", "sr", "ii", "iii", "iv"}


def load(part: str) -> tuple[dict[str, str], dict[str, list[dict]]]:
    """Texts and gold rows of one part: "dev" or "held"."""
    held = part == "held"
    articles = [json.loads(line) for line in (_DATA / "articles.jsonl").open(encoding="utf-8")]
    # quotations written with two apostrophes are not in the export of the corpus
    articles = [row for row in articles if "''" not in row["text"]]
    texts = {row["id"]: row["text"] for row in articles if (zlib.crc32(row["id"].encode()) % 3 == 0) == held}
    rows = defaultdict(list)
    for line in (_DATA / "quotes_direct.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        if row["article_id"] in texts:
            rows[row["article_id"]].append(row)
    return texts, rows


def strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return start, end


def cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The stretch cut at line ends, each piece stripped; empty pieces are left out."""
    pieces, position = [], start
    for line in text[start:end].split("\n"):
        pieces.append(strip(text, position, position + len(line)))
        position += len(line) + 1
    return [piece for piece in pieces if piece[0] < piece[1]]


def gold_parts(text: str, row: dict) -> list[tuple[int, int]]:
    if row["type"] == "direct" and len(_MARKS.findall(row["quote"])) < 2:
        return cut(text, row["start"], row["end"])
    found = []
    for match in _MARKED.finditer(row["quote"]):
        found += cut(text, row["start"] + match.start(1), row["start"] + match.end(1))
    return found


def overlap(one: tuple[int, int], other: tuple[int, int]) -> int:
    return min(one[1], other[1]) - max(one[0], other[0])


def last_word(name: str) -> str:
    tokens = [token for token in re.findall(r"[\w'’-]+", name.lower()) if token not in _SUFFIXES]
    return re.sub(r"['’]s?$", "", tokens[-1]) if tokens else ""


def match_parts(gold: list[tuple[int, int]], predicted: list[tuple[int, int]], *, strict: bool) -> int:
    free = list(predicted)
    hits = 0
    for part in gold:
        best = max(free, key=lambda other: overlap(part, other), default=None)
        if best is None or overlap(part, best) <= 0:
            continue
        longer = max(part[1] - part[0], best[1] - best[0])
        if best == part or (not strict and overlap(part, best) * 2 > longer):
            hits += 1
            free.remove(best)
    return hits


def speaker_is_right(text: str, row: dict, quotation: Quotation) -> dict[str, bool]:
    gold = (row["speaker_start"], row["speaker_end"])
    mention = quotation.speaker_start >= 0 and overlap(gold, (quotation.speaker_start, quotation.speaker_end)) > 0
    last = last_word(row["speaker_name"] or "")
    within = mention and last in re.findall(r"[\w-]+", quotation.speaker.lower())
    name = bool(last) and (within or last == last_word(quotation.speaker))
    written = text[quotation.speaker_start : quotation.speaker_end].lower()
    alike = quotation.speaker_start >= 0 and written == row["speaker"].lower()
    if row["name_from"] is None:
        return {"nameless": mention or alike, "overall": mention or alike, "mention": mention}
    if row["name_from"].startswith("coref"):
        return {"coref": name, "overall": name or mention, "mention": mention}
    return {"named": name, "overall": name, "mention": mention}


def main() -> None:
    part = sys.argv[1] if len(sys.argv) > 1 else "dev"
    texts, rows = load(part)
    started = time.process_time()
    predictions = {key: find_quotations(text) for key, text in texts.items()}
    seconds = time.process_time() - started
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    for key, text in texts.items():
        marked = [quotation for quotation in predictions[key] if quotation.kind in ("direct", "mixed")]
        score_article(text, rows[key], marked, counts, wrong)
    report(part, texts, predictions, counts, seconds)
    if "--errors" in sys.argv:
        wanted = [case for case in wrong if len(sys.argv) < 5 or sys.argv[4] in case]
        sys.stdout.write("\n".join(wanted[:: max(1, len(wanted) // int(sys.argv[3]))]) + "\n")


def score_article(text: str, rows: list[dict], marked: list[Quotation], counts: Counter[str], wrong: list[str]) -> None:
    predicted = [piece for quotation in marked for piece in cut(text, quotation.start, quotation.end)]
    parts = {row["id"]: gold_parts(text, row) for row in rows}
    gold = sorted({part for found in parts.values() for part in found})
    counts["gold"] += len(gold)
    counts["predicted"] += len(predicted)
    counts["strict"] += match_parts(gold, predicted, strict=True)
    counts["tolerant"] += match_parts(gold, predicted, strict=False)
    for row in rows:
        if row["speaker"] is None or not parts[row["id"]]:
            continue
        first = parts[row["id"]][0]
        best = max(marked, key=lambda quotation: overlap(first, (quotation.start, quotation.end)), default=None)
        missed = best is None or overlap(first, (best.start, best.end)) <= 0
        judged = speaker_is_right(text, row, Quotation(0, 0, "direct") if missed or best is None else best)
        counts["rows"] += 1
        counts["missed"] += missed
        for name, right in judged.items():
            counts[f"{name} rows"] += 1
            counts[f"{name} right"] += right
        if not judged["overall"]:
            wrong.append(describe(text, row, best, missed=missed))


def describe(text: str, row: dict, best: Quotation | None, *, missed: bool) -> str:
    left, right = max(0, row["start"] - 250), row["end"] + 150
    shown = f"{text[left : row['start']]}⟦{row['quote'][:150]}⟧{text[row['end'] : right]}"
    got = "MISSED" if missed or best is None else f"{best.speaker!r} by {best.verb!r}"
    return f"-- {row['speaker']!r} ({row['speaker_name']}, {row['name_from']}) got {got}\n   {shown!r}"


def report(
    part: str,
    texts: dict[str, str],
    predictions: dict[str, tuple[Quotation, ...]],
    counts: Counter[str],
    seconds: float,
) -> None:
    lines = [f"{part}: {len(texts)} articles, {counts['gold']} gold parts, {counts['predicted']} predicted"]
    for name in ("strict", "tolerant"):
        precision, recall = counts[name] / counts["predicted"], counts[name] / counts["gold"]
        f1 = 2 * precision * recall / (precision + recall)
        lines.append(f"spans {name:9} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}")
    for name in ("named", "coref", "nameless", "mention", "overall"):
        total = counts[f"{name} rows"]
        lines.append(f"speaker {name:9} {counts[f'{name} right'] / total:.3f}  of {total}")
    found = sum(len(quotations) for quotations in predictions.values())
    characters = sum(map(len, texts.values()))
    lines.append(
        f"speaker overall, rows found only {counts['overall right'] / (counts['rows'] - counts['missed']):.3f}"
    )
    lines.append(f"missed rows {counts['missed']} of {counts['rows']}")
    lines.append(
        f"{found} quotations in {seconds:.2f} s: {found / seconds:.0f}/s, {characters / seconds / 1e6:.2f} MB/s"
    )
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
