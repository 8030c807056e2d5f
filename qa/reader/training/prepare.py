"""Write `train.jsonl` and the held-out `dev_*.jsonl` from the data folder.

python -m qa.reader.training.prepare DATA OUT [--leave-out NAME ...]
"""

import argparse
import logging
import random
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

from qa.reader.training import sources
from qa.reader.training.clutter import cluttered
from qa.reader.training.invented import invented_pairs
from qa.reader.training.mining import PassagePool, PremiseSwapper, unanswering
from qa.reader.training.pairs import Pair, read_rows, write_pairs

SEED = 20261
_log = logging.getLogger(__name__)
_SHARES = {  # colloquial text teaches little about news; XQuAD repeats paragraphs of SQuAD
    "squadshifts_reddit": 0.15,
    "squadshifts_amazon": 0.05,
    "squadshifts_newwiki": 0.6,
    "xquad_en": 0.6,
    "polnear": 0.6,
    "polnear-false": 0.6,
}
_REPEATS = {"realtimeqa_pairs": 3, "clapnq_dev": 2}  # shown in other windows, among other paragraphs
_NEAR = {"wiki": 0.45, "talk": 0.2, "news": 0.5}  # near misses a question
_NEAR_DATED_NEWS = 5
_INVENTED = 4500
_CLUTTERED = {"news": 0.4, "talk": 0.0}  # share of passages with bylines and links among the sentences


def main() -> None:
    """Parse the command line and write the files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--leave-out", action="append", default=[], metavar="NAME")
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    args.out.mkdir(parents=True, exist_ok=True)
    data: Path = args.data
    _write_measured(data, args.out)
    rng = random.Random(SEED)  # noqa: S311 - sampling, not secrets
    kept = (p for p in _marked(data) if p.source.split("-")[0] not in args.leave_out)
    marked = [p for p in kept if rng.random() < _SHARES.get(p.source, 1)]
    distractors = list(_unlabelled_news(data, args.leave_out))
    train = [*_with_negatives(marked, distractors, rng), *invented_pairs(_INVENTED, SEED)]
    train = [cluttered(p, rng) if rng.random() < _CLUTTERED.get(_kind(p.source), 0.1) else p for p in train]
    rng.shuffle(train)
    write_pairs(args.out / "train.jsonl", train)
    for (source, answered), count in sorted(Counter((p.source, bool(p.spans)) for p in train).items()):
        _log.info("%-28s %-9s %d", source, "answered" if answered else "null", count)
    _log.info("%d pairs", len(train))


def _write_measured(data: Path, out: Path) -> None:
    measured = {
        "squad": sources.squad_pairs(data / "squad_like", dev=True),
        "clapnq": sources.clapnq_pairs(data / "clapnq_dev", dev=True),
        "polnear": sources.quotation_pairs(data / "polnear", SEED, dev=True),
        "invented": invented_pairs(600, SEED + 1),
    }
    for name, pairs in measured.items():
        rows = list(pairs)
        random.Random(SEED).shuffle(rows)  # noqa: S311 - the first rows shall be a fair sample
        write_pairs(out / f"dev_{name}.jsonl", rows)


def _marked(data: Path) -> Iterator[Pair]:
    measured = {row["question"] for row in read_rows(data / "realtimeqa_small_dev" / "questions.jsonl")}
    measured_texts = {row["text"][:60] for row in read_rows(data / "realtimeqa_small_dev" / "articles.jsonl")}
    yield from sources.squad_pairs(data / "squad_like", dev=False)
    for pair in sources.dated_news_pairs(data / "realtimeqa_pairs", measured):
        if pair.passage[:60] not in measured_texts:
            yield pair
    yield from sources.multirc_pairs(data / "multirc_news")
    yield from sources.clapnq_pairs(data / "clapnq_dev", dev=False)
    yield from sources.quotesum_pairs(data / "quotesum_dev")
    yield from sources.quotation_pairs(data / "polnear", SEED)


def _with_negatives(marked: list[Pair], distractors: list[tuple[str, str]], rng: random.Random) -> Iterator[Pair]:
    answered = [p for p in marked if p.spans]
    pools = {
        "wiki": PassagePool((p.title, p.passage) for p in marked if _kind(p.source) == "wiki"),
        "talk": PassagePool((p.title, p.passage) for p in marked if _kind(p.source) == "talk"),
        "news": PassagePool([*_news(marked), *distractors]),
    }
    for pair in marked:
        kind = _kind(pair.source)
        for _ in range(_REPEATS.get(pair.source, 1)):
            yield _among_others(pair, pools["news"], rng) if pair.source == "realtimeqa_pairs" else pair
        wanted = _NEAR_DATED_NEWS if pair.source == "realtimeqa_pairs" else int(rng.random() < _NEAR[kind])
        if pair.spans and wanted and not pair.source.startswith(("polnear", "multirc")):
            for title, text in unanswering(pools[kind], pair, wanted):
                yield Pair(pair.question, title, text, (), 0.0, f"{pair.source}-near")
        elif pair.source == "multirc_news":
            for title, text in unanswering(pools["news"], pair, 1):
                yield Pair(pair.question, title, text, (), 0.0, "multirc_news-near")
    swapper = PremiseSwapper([p.question for p in answered], SEED)
    swappable = [p for p in answered if _kind(p.source) != "talk" and not p.source.startswith("polnear")]
    for altered in swapper.false_premises(swappable):
        if altered.source == "realtimeqa_pairs-false" or rng.random() < 0.6:
            yield altered


def _kind(source: str) -> str:
    if source in ("squadshifts_reddit", "squadshifts_amazon"):
        return "talk"
    return "news" if source.startswith(("realtimeqa", "polnear", "multirc")) else "wiki"


def _news(marked: list[Pair]) -> Iterator[tuple[str, str]]:
    for pair in marked:
        if _kind(pair.source) == "news":
            yield pair.title, pair.passage


def _unlabelled_news(data: Path, left_out: Collection[str]) -> Iterator[tuple[str, str]]:
    """Articles in pieces of about a passage, as distractors only."""
    for name in (name for name in ("qags_xsum", "polnear") if name not in left_out):
        for row in read_rows(data / name / "articles.jsonl"):
            words = row["text"].split()
            for at in range(0, min(len(words), 900), 130):
                yield row["title"], " ".join(words[at : at + 130])


def _among_others(pair: Pair, pool: PassagePool, rng: random.Random) -> Pair:
    """The answering paragraph, most of the time between paragraphs of other reports on like things."""
    if rng.random() < 0.3:
        return pair
    others = [text for _, text in unanswering(pool, pair, 6)]
    rng.shuffle(others)
    cut = [" ".join(text.split()[: rng.randint(20, 60)]) for text in others]
    before, after = cut[: rng.randint(0, 1)], cut[3 : 3 + rng.randint(0, 2)]
    lead = "".join(f"{text}\n\n" for text in before)
    spans = tuple((start + len(lead), end + len(lead)) for start, end in pair.spans)
    return replace(pair, passage=lead + pair.passage + "".join(f"\n\n{text}" for text in after), spans=spans)


if __name__ == "__main__":
    main()
