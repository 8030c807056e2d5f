# mypy: disable-error-code="import-not-found,misc,no-any-return,no-untyped-call,unused-ignore"
"""Train the reader on two cores: one process a core, gradients averaged once a step.

python -m qa.reader.training.train PAIRS BASE OUT --minutes 60 [--start CHECKPOINT --rate 5e-5]

PAIRS is the folder `prepare` wrote, BASE a folder with MiniLM's model.safetensors and tokenizer.json. The learning
rate falls linearly to zero over the minutes (or --steps), so a run always ends converged. Two processes of one thread
beat one process of two threads where the cores are shared: threads wait for each other at every operation.
"""

import argparse
import json
import logging
import os
import pickle
import random
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, distributed, multiprocessing

from qa.reader.training.features import Batch, Encoded, batches, collate, encode
from qa.reader.training.model import ReaderNetwork, from_minilm
from qa.reader.training.pairs import read_pairs

SEED = 20260
PROCESSES = 2
_BATCH = 32
_WARM_UP = 0.03
_RELEVANCE_WEIGHT = 0.5
_CHECKPOINT_S = 420.0
_DEV_PAIRS = 64
_ENCODED = "encoded.pickle"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Run:
    """What the command line asks for."""

    pairs: Path
    base: Path
    out: Path
    minutes: float
    steps: int
    rate: float
    start: Path | None
    frozen_layers: int
    seed: int
    full_precision: bool


def main() -> None:
    """Parse the command line, train, leave `OUT/last.pt` and `OUT/log.jsonl`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("pairs", "base", "out"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--steps", type=int, default=0, help="end after so many steps instead; reproducible")
    parser.add_argument("--rate", type=float, default=1.8e-4)
    parser.add_argument("--start", type=Path, help="go on from this checkpoint")
    parser.add_argument("--frozen-layers", type=int, default=0, help="lowest layers left as they are; a fifth faster")
    parser.add_argument("--seed", type=int, default=SEED, help="of the new heads and of the order of the pairs")
    parser.add_argument("--full-precision", action="store_true", help="three times faster on a processor without bf16")
    run = Run(**vars(parser.parse_args()))
    run.out.mkdir(parents=True, exist_ok=True)
    if not (run.out / _ENCODED).exists():
        _encode_all(run)
    multiprocessing.spawn(_worker, args=(run,), nprocs=PROCESSES)


def _encode_all(run: Run) -> None:
    tokenizer = run.base / "tokenizer.json"
    encoded = encode(list(read_pairs(run.pairs / "train.jsonl")), tokenizer)
    dev = {
        path.stem: encode(list(read_pairs(path))[:_DEV_PAIRS], tokenizer)
        for path in sorted(run.pairs.glob("dev_*.jsonl"))
    }
    (run.out / _ENCODED).write_bytes(pickle.dumps((encoded, dev)))


def _worker(rank: int, run: Run) -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(1)
    torch.manual_seed(run.seed)
    store = f"file://{run.out.resolve()}/rendezvous-{os.getppid()}"
    distributed.init_process_group("gloo", init_method=store, rank=rank, world_size=PROCESSES)
    encoded, dev = pickle.loads((run.out / _ENCODED).read_bytes())  # noqa: S301 - written by _encode_all
    _log.info("%d pairs", len(encoded))
    trainer = Trainer(_network(run).to(torch.float32 if run.full_precision else torch.bfloat16), run)
    begun, last_saved, seen = time.monotonic(), time.monotonic(), 0
    progress = 0.0
    rng = random.Random(run.seed + (1 if run.start else 0))  # noqa: S311 - both processes must draw alike
    while progress < 1:
        for group in batches(encoded, _BATCH, rng):
            elapsed = (time.monotonic() - begun) / (60 * run.minutes)
            loss, progress = trainer.step(
                collate(group[rank::PROCESSES]), trainer.steps / run.steps if run.steps else elapsed
            )
            seen += _BATCH
            if rank == 0 and trainer.steps % 20 == 0:
                _log.info("step %d pairs %d loss %.3f progress %.3f", trainer.steps, seen, loss, progress)
            if rank == 0 and time.monotonic() - last_saved > _CHECKPOINT_S:
                last_saved = time.monotonic()
                _save(trainer, run.out)
            if progress >= 1:
                break
    if rank == 0:
        _save(trainer, run.out)
        _measure(trainer, dev, run.out, {"step": trainer.steps, "pairs": seen})
    distributed.barrier()


def _network(run: Run) -> ReaderNetwork:
    network = from_minilm(run.base / "model.safetensors")
    if run.start:
        network.load_state_dict(torch.load(run.start))
    return network


class Trainer:
    """Weights in bf16 for speed unless the run asks otherwise, fp32 masters for precision."""

    def __init__(self, network: ReaderNetwork, run: Run) -> None:
        self.network = network
        self.steps = 0
        self._rate = run.rate
        self._weights = network.trained(run.frozen_layers)
        for parameter in network.parameters():
            parameter.requires_grad_(False)
        for weight in self._weights:
            weight.requires_grad_(True)
        self._masters = [w.detach().float().clone().requires_grad_(True) for w in self._weights]
        matrices = [m for m in self._masters if m.dim() > 1]
        vectors = [m for m in self._masters if m.dim() == 1]
        groups = [{"params": matrices, "weight_decay": 0.01}, {"params": vectors, "weight_decay": 0.0}]
        self._optimizer = torch.optim.AdamW(groups, lr=run.rate, betas=(0.9, 0.98), eps=1e-6, fused=True)
        self._average_loss = 0.0

    def step(self, batch: Batch, progress: float) -> tuple[float, float]:
        """One update over all processes; the running loss and the agreed progress."""
        loss = reading_loss(self.network, batch)
        loss.backward()
        progress = self._share_gradients(progress)
        torch.nn.utils.clip_grad_norm_(self._masters, 1.0)
        rate = self._rate * min(progress / _WARM_UP, (1 - progress) / (1 - _WARM_UP), 1.0)
        for group in self._optimizer.param_groups:
            group["lr"] = max(rate, 0.0)
        self._optimizer.step()
        with torch.no_grad():
            for weight, master in zip(self._weights, self._masters, strict=True):
                weight.copy_(master)
                weight.grad = None
        self.steps += 1
        keep = min(0.98, 1 - 1 / self.steps)
        self._average_loss = keep * self._average_loss + (1 - keep) * loss.item()
        return self._average_loss, progress

    def _share_gradients(self, progress: float) -> float:
        flat = torch.cat([w.grad.float().flatten() for w in self._weights] + [torch.tensor([progress])])
        distributed.all_reduce(flat)
        flat /= PROCESSES
        at = 0
        for master in self._masters:
            master.grad = flat[at : at + master.numel()].view_as(master)
            at += master.numel()
        return float(flat[-1])

    def state(self) -> dict[str, Tensor]:
        """The network's weights, the trained ones in full precision."""
        masters = {id(w): m for w, m in zip(self._weights, self._masters, strict=True)}
        return {
            name: masters.get(id(parameter), parameter).detach().float().clone()
            for name, parameter in self.network.named_parameters()
        }


def reading_loss(network: ReaderNetwork, batch: Batch) -> Tensor:
    """Start and end cross-entropy, any accepted place counting, plus weighted binary relevance."""
    ids = torch.from_numpy(batch.ids)
    start, end, relevance = network(ids, torch.from_numpy(batch.segments), (ids != 0).long())
    blocked = ~torch.from_numpy(batch.allowed)
    loss = torch.zeros(())
    for logits, wanted in ((start, batch.starts), (end, batch.ends)):
        chances = torch.log_softmax(logits.float().masked_fill(blocked, -1e4), -1)
        accepted = chances.masked_fill(~torch.from_numpy(wanted), -1e4)
        loss = loss - torch.logsumexp(accepted, -1).mean() / 2
    target = torch.from_numpy(batch.relevance)
    known = ~torch.isnan(target)
    judged = torch.nn.functional.binary_cross_entropy_with_logits(relevance.float()[known], target[known])
    return loss + _RELEVANCE_WEIGHT * judged


def _save(trainer: Trainer, out: Path) -> None:
    torch.save(trainer.state(), out / "next.pt")
    (out / "next.pt").rename(out / "last.pt")


def _measure(trainer: Trainer, dev: dict[str, list[Encoded]], out: Path, row: dict[str, float]) -> None:
    figures = dict(row)
    for name, encoded in dev.items():
        hit, separation = dev_figures(trainer.network, encoded)
        figures[f"{name}.span"], figures[f"{name}.auc"] = round(hit, 3), round(separation, 3)
    (out / "dev.json").write_text(json.dumps(figures))
    _log.info("%s", figures)


def dev_figures(network: ReaderNetwork, encoded: list[Encoded]) -> tuple[float, float]:
    """Share of answered pairs whose best start is accepted, and the area under span score against answered."""
    scores, answered, hits = [], [], []
    with torch.inference_mode():
        for at in range(0, len(encoded), 16):
            part = [Encoded(e.question, e.title, e.passage[:240], e.spans, 0.0, e.early) for e in encoded[at : at + 16]]
            part = [e for e in part if all(end < 240 for _, end in e.spans)]
            if not part:
                continue
            batch = collate(part)
            ids = torch.from_numpy(batch.ids)
            start, end, _ = network(ids, torch.from_numpy(batch.segments), (ids != 0).long())
            blocked = ~torch.from_numpy(batch.allowed)
            start, end = (x.float().masked_fill(blocked, -1e4) for x in (start, end))
            null = start[:, 0] + end[:, 0]
            start[:, 0] = end[:, 0] = -1e4
            scores += (start.amax(-1) + end.amax(-1) - null).tolist()
            best = start.argmax(-1)
            for row, example in enumerate(part):
                answered.append(bool(example.spans))
                if example.spans:
                    hits.append(bool(batch.starts[row, best[row]]))
    order = np.argsort(np.argsort(scores))
    flags = np.array(answered)
    positives, negatives = flags.sum(), (~flags).sum()
    area = (order[flags].sum() - positives * (positives - 1) / 2) / max(positives * negatives, 1)
    return float(np.mean(hits)), float(area)


if __name__ == "__main__":
    main()
