"""Flat-start LF-MMI training: no alignments, two single-thread workers that average their networks."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch

from speechrecipe.features import NOBODY
from speechrecipe.g2p import PHONES, pronunciations
from speechrecipe.kaldi_reader import start_from
from speechrecipe.mfcc import SIZE, TRANSFORM
from speechrecipe.mmi import Chains, chain, log_odds, phone_trigram
from speechrecipe.network import Network, Shape

LONGEST_FRAMES = 1200
AVERAGE_EVERY = 15
BESIDE = 0.45  # how often somebody is silent before an utterance, and how often after it
STATE = "after"  # a pass; files `after.WORKER.PASSES`
ALONE = 0.03  # how often there is nothing but a line on which nobody speaks


@dataclass(frozen=True)
class Schedule:
    """`copies`: which feature copies are gone through, in this order; `frames`: of a batch."""

    copies: tuple[int, ...]
    first_rate: float = 2.5e-3
    last_rate: float = 1e-4
    frames: int = 6000
    workers: int = 2


class Nobody:
    """Lines on which nobody speaks, so that hiss, hum, clicks and tones are learned to be no words."""

    def __init__(self, base: Path) -> None:
        self.features = np.load(base.with_suffix(".npy"))
        self.ends = np.cumsum(json.loads(base.with_suffix(".json").read_text("utf8")))

    def some(self, rng: np.random.RandomState, longest: int) -> np.ndarray:
        which = rng.randint(len(self.ends))
        start = self.ends[which - 1] if which else 0
        whole = self.features[start : self.ends[which]]
        frames = min(rng.randint(5, longest), len(whole))
        begin = rng.randint(0, len(whole) - frames + 1)
        return np.asarray(whole[begin : begin + frames], np.float32)


class Copy:
    """One feature copy of the corpus, sorted into batches of similar length."""

    def __init__(self, base: Path, language: str) -> None:
        self.nobody = Nobody(base.with_name(NOBODY))
        number = {p: i for i, p in enumerate(PHONES[language])}
        self.features = np.load(base.with_suffix(".npy"), mmap_mode="r")
        self.utterances, start = [], 0
        for frames, sentence in json.loads(base.with_suffix(".json").read_text("utf8")):
            said = [pronunciations(w, language) for w in sentence.split()]
            if all(said):
                words = [tuple(number[p] for p in ways[0]) for ways in said]
                if 3 * sum(map(len, words)) + 12 <= frames < LONGEST_FRAMES:
                    self.utterances.append((start, frames, words))
            start += frames

    def batches(self, rng: np.random.RandomState, frames: int) -> list[list[int]]:
        order = sorted(range(len(self.utterances)), key=lambda i: self.utterances[i][1] + rng.uniform(0, 25))
        batches, batch, longest = [], [], 0
        for i in order:
            longest = max(longest, self.utterances[i][1])
            if batch and longest * (len(batch) + 1) > frames:
                batches.append(batch)
                batch, longest = [], self.utterances[i][1]
            batch.append(i)
        batches.append(batch)
        rng.shuffle(batches)
        return batches

    def load(self, batch: list[int], context: int, rng: np.random.RandomState) -> tuple[torch.Tensor, torch.Tensor, Chains]:
        chosen = [self._variant(self.utterances[i], rng) for i in batch]
        frames = [-(-len(f) // 3) * 3 for f, _ in chosen]
        chains = [chain(words) for _, words in chosen]
        size = max(len(p) for p, _ in chains)
        x = np.empty((len(chosen), max(frames) + 2 * context, SIZE), np.float32)
        phones, optional = np.zeros((2, len(chosen), size), np.int64)
        for j, (f, _) in enumerate(chosen):
            x[j, :context], x[j, context : context + len(f)], x[j, context + len(f) :] = f[0], f, f[-1]
            phones[j, : len(chains[j][0])], optional[j, : len(chains[j][1])] = chains[j]
        outputs = torch.tensor([n // 3 for n in frames])
        sizes = torch.tensor([len(p) for p, _ in chains])
        return torch.from_numpy(x), outputs, Chains(torch.from_numpy(phones), torch.from_numpy(optional), sizes)

    def _variant(self, utterance: tuple[int, int, list[tuple[int, ...]]], rng: np.random.RandomState) -> tuple[np.ndarray, list[tuple[int, ...]]]:
        """An utterance as somebody else says it, from one of three first frames on, or nobody instead."""
        start, frames, words = utterance
        if rng.rand() < ALONE:
            return self.nobody.some(rng, max(frames, 6)), []
        f = another_speaker(np.asarray(self.features[start + rng.randint(0, 3) : start + frames], np.float32), rng)
        before = [self.nobody.some(rng, 60)] if rng.rand() < BESIDE else []
        after = [self.nobody.some(rng, 60)] if rng.rand() < BESIDE else []
        return np.concatenate([*before, f, *after]), words


_BACK = np.linalg.inv(TRANSFORM)


def another_speaker(cepstra: np.ndarray, rng: np.random.RandomState) -> np.ndarray:
    """The same speech from a vocal tract of another length, through another handset, with gaps of time and band.

    Seven voices are few. Cepstra are a linear image of the log mel spectrum, so that all of this is one
    matrix and one offset for each utterance, and costs next to nothing.
    """
    bins = np.arange(SIZE)
    warped = np.clip(bins * rng.uniform(0.87, 1.15), 0, SIZE - 1)
    low = np.minimum(warped.astype(int), SIZE - 2)
    warp = np.zeros((SIZE, SIZE))
    warp[low, bins] = 1 - (warped - low)
    warp[low + 1, bins] += warped - low
    tilt = np.interp(bins, np.linspace(0, SIZE - 1, 6), rng.normal(0, 0.35, 6)) + rng.normal(0, 0.6)
    if rng.rand() < 0.4:
        width = rng.randint(1, 6)
        at = rng.randint(0, SIZE - width)
        mean = (cepstra.mean(0) @ _BACK @ warp)[at : at + width]
        warp[:, at : at + width] = 0
        tilt[at : at + width] += mean
    out = cepstra @ (_BACK @ warp @ TRANSFORM).astype(np.float32) + (tilt @ TRANSFORM).astype(np.float32)
    if rng.rand() < 0.4 and len(out) > 60:
        width = rng.randint(3, 12)
        at = rng.randint(0, len(out) - width)
        out[at : at + width] = out.mean(0)
    return out


def train(
    language: str, features: Path, target: Path, shape: Shape, schedule: Schedule, worker: int, start: Path | None = None
) -> None:
    """Runs one of the workers; all of them must run at the same time. Writes `network.pt` and `shape.json`.

    With `start`, a final.mdl of the same shape, training goes on from there. What was broken off goes on after its
    last whole pass, and ends as if it had never been: the caller sees to it that `target` holds nothing of another
    training (`forget`).
    """
    torch.manual_seed(0)
    torch.set_num_threads(1)
    target.mkdir(parents=True, exist_ok=True)
    rng = np.random.RandomState(5)
    copy = Copy(features / str(schedule.copies[0]), language)
    sample = np.asarray(copy.features[:200_000], np.float32)
    network = Network(2 * len(PHONES[language]), shape, torch.from_numpy(sample.mean(0)), torch.from_numpy(sample.std(0)))
    if start:
        start_from(network, start)
    trigram = phone_trigram([u[2] for u in copy.utterances], len(PHONES[language]))
    optimiser = torch.optim.Adam(network.parameters(), lr=schedule.first_rate, betas=(0.9, 0.98), weight_decay=1e-6)
    print(f"{sum(p.numel() for p in network.parameters())} parameters", flush=True)
    step, began, own = 0, time.time(), np.random.RandomState(100 + worker)
    done = _passes_done(target, schedule.workers)
    if done:
        print(f"goes on after pass {done - 1}", flush=True)
        state = torch.load(target / f"{STATE}.{worker}.{done}")
        network.load_state_dict(state["network"])
        optimiser.load_state_dict(state["optimiser"])
        rng.set_state(state["order"])
        own.set_state(state["own"])
        step = state["step"]
    for index, name in list(enumerate(schedule.copies))[done:]:
        copy = Copy(features / str(name), language)
        batches = copy.batches(rng, schedule.frames)  # the same order in all workers
        mine = batches[: len(batches) // schedule.workers * schedule.workers][worker :: schedule.workers]
        gained = frames_seen = 0.0
        network.train()
        for k, batch in enumerate(mine):
            progress = (index + k / len(mine)) / len(schedule.copies)
            rate = schedule.first_rate * (schedule.last_rate / schedule.first_rate) ** progress * min(1, (step + 1) / 100)
            for group in optimiser.param_groups:
                group["lr"] = rate
            x, frames, chains = copy.load(batch, shape.context, own)
            scores = network(x)[:, : int(frames.max())]
            odds, gradient = log_odds(scores, frames, chains, trigram)
            # Small scores keep the silence between beam and score limits in the decoder.
            penalty = 1.25e-5 * (scores**2).mean() * scores.shape[2]
            optimiser.zero_grad()
            torch.autograd.backward([scores, penalty], [-gradient / frames.sum(), None])
            torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
            optimiser.step()
            gained, frames_seen, step = gained + odds.sum().item(), frames_seen + frames.sum().item(), step + 1
            if schedule.workers > 1 and (step % AVERAGE_EVERY == 0 or k == len(mine) - 1):
                _average(network, target, worker, schedule.workers, step)
            if k % 50 == 0:
                print(f"pass {index} batch {k}/{len(mine)} criterion {gained / frames_seen:.4f} {time.time() - began:.0f} s", flush=True)
        if worker == 0:
            torch.save(network.state_dict(), target / "network.part")
            os.replace(target / "network.part", target / "network.pt")
            (target / "shape.json").write_text(json.dumps(asdict(shape)))
        state = {"network": network.state_dict(), "optimiser": optimiser.state_dict(), "step": step}
        _keep(target, worker, index + 1, state | {"order": rng.get_state(), "own": own.get_state()})
        print(f"pass {index} done: criterion {gained / frames_seen:.4f}, {time.time() - began:.0f} s", flush=True)


def forget(folder: Path) -> None:
    """Removes what a training that was broken off would go on from."""
    for path in folder.glob(f"{STATE}.*"):
        path.unlink()


def _keep(folder: Path, worker: int, passes: int, state: dict[str, object]) -> None:
    """The state before stays: another worker may be broken off before it has kept its own."""
    path = folder / f"{STATE}.{worker}.{passes}"
    torch.save(state, f"{path}.part")
    os.replace(f"{path}.part", path)
    for old in folder.glob(f"{STATE}.{worker}.*"):
        if old.suffix != ".part" and int(old.name.split(".")[2]) < passes - 1:
            old.unlink()


def _passes_done(folder: Path, workers: int) -> int:
    """How many passes all workers have kept the state of."""
    kept = ({int(p.name.split(".")[2]) for p in folder.glob(f"{STATE}.{w}.*") if p.suffix != ".part"} for w in range(workers))
    return max(set.intersection(*kept), default=0)


def _average(network: Network, folder: Path, worker: int, workers: int, step: int) -> None:
    """Exchanges networks through files and goes on with their mean."""
    mine = folder / f".{worker}.{step}"
    torch.save(network.state_dict(), f"{mine}.part")
    os.replace(f"{mine}.part", mine)
    states = []
    for other in range(workers):
        path = folder / f".{other}.{step}"
        while not path.exists():
            time.sleep(0.02)
        states.append(torch.load(path))
    network.load_state_dict({k: sum(s[k].float() for s in states).div(workers).to(v.dtype) for k, v in states[0].items()})
    for old in _older(folder, worker, step):
        old.unlink()


def _older(folder: Path, worker: int, step: int) -> Iterator[Path]:
    """Own files that every worker has read: the others cannot be more than one exchange behind."""
    for path in folder.glob(f".{worker}.*"):
        if path.suffix != ".part" and int(path.name.split(".")[2]) < step - 2 * AVERAGE_EVERY:
            yield path
