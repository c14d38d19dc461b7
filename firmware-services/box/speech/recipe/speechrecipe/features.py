"""Cepstra of damaged copies of the corpus: `COPY.npy` (16-bit floats) and `COPY.json` (frames and sentence)."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from speechrecipe import corpus, telephone
from speechrecipe.mfcc import mfcc


NOBODY = "nobody"


def write_nobody(target: Path, count: int) -> None:
    """Cepstra of lines on which nobody speaks: `target` with `.npy` and `.json`, as for a copy, without sentences."""
    rng = np.random.default_rng(999)
    heard = [mfcc(x).astype(np.float16) for x in telephone.codecs([telephone.nobody(rng) for _ in range(count)], rng)]
    target.parent.mkdir(parents=True, exist_ok=True)
    np.save(target.with_suffix(".npy"), np.concatenate(heard))
    target.with_suffix(".json").write_text(json.dumps([len(x) for x in heard]), "utf8")


def write(corpus_folder: Path, voices: list[str], target: Path, copy: int) -> None:
    """One copy of all utterances, in random order, each with damage of its own."""
    rng = np.random.default_rng(1000 + copy)
    utterances = [u for v in voices for u in corpus.read(corpus_folder, v)]
    babble = [x for x, _ in utterances]
    order = rng.permutation(len(utterances))
    # Pieces bound the memory that samples take.
    frames, labels = [], []
    for piece in np.array_split(order, max(1, len(order) // 1000)):
        damaged = telephone.codecs([telephone.line(babble[i], rng, babble) for i in piece], rng)
        for i, x in zip(piece, damaged):
            cepstra = mfcc(x).astype(np.float16)
            frames.append(cepstra)
            labels.append([len(cepstra), utterances[i][1]])
    target.parent.mkdir(parents=True, exist_ok=True)
    np.save(target.with_suffix(".npy"), np.concatenate(frames))
    target.with_suffix(".json").write_text(json.dumps(labels, ensure_ascii=False), "utf8")
    print(f"copy {copy}: {len(labels)} utterances, {sum(n for n, _ in labels) / 360000:.2f} h", flush=True)
