"""The LF-MMI criterion: log probability of the sentence's phones minus that of all phone sequences."""

from __future__ import annotations

import ctypes
import functools
import os
import random
import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

SOURCE = Path(__file__).with_name("mmi.c")


@functools.cache
def _library() -> ctypes.CDLL:
    built = SOURCE.with_name("libmmi.so")
    if not built.exists() or built.stat().st_mtime < SOURCE.stat().st_mtime:
        part = f"{built}.{os.getpid()}"  # two workers may come here at once
        options = "-O3 -march=native -ffast-math -shared -fPIC".split()
        subprocess.run(["gcc", *options, str(SOURCE), "-o", part, "-lm"], check=True)
        os.replace(part, built)
    return ctypes.CDLL(str(built))


@dataclass(frozen=True)
class Chains:
    """The phones of a batch, with optional silences, padded to one length."""

    phones: torch.Tensor
    optional: torch.Tensor
    sizes: torch.Tensor


def chain(words: list[tuple[int, ...]]) -> tuple[list[int], list[int]]:
    """Phones of a sentence with a silence that may be left out around each word, and which they are."""
    phones, optional = [0], [int(bool(words))]  # without a word the silence is all there is
    for word in words:
        phones += [*word, 0]
        optional += [0] * len(word) + [1]
    return phones, optional


def phone_trigram(sentences: list[list[tuple[int, ...]]], size: int) -> torch.Tensor:
    """[current][previous][new], rows padded to a multiple of 16 for the processor's vectors."""
    trigrams, pairs, single = np.zeros((size,) * 3), np.zeros((size, size)), np.ones(size)
    r = random.Random(0)
    for words in sentences:
        phones = [0] if r.random() < 0.8 else []
        for word in words:
            phones += word
            if r.random() < 0.12:
                phones.append(0)
        if r.random() < 0.8 and phones[-1]:
            phones.append(0)
        before, current = 0, 0
        for new in phones:
            trigrams[before, current, new] += 1
            pairs[current, new] += 1
            single[new] += 1
            before, current = current, new
    single /= single.sum()
    pairs += 20 * single
    pairs /= pairs.sum(1, keepdims=True)
    trigrams += 10 * pairs
    trigrams /= trigrams.sum(2, keepdims=True)
    padded = np.zeros((size, size, -(-size // 16) * 16), np.float32)
    padded[:, :, :size] = trigrams.transpose(1, 0, 2)
    return torch.from_numpy(padded)


def log_odds(scores: torch.Tensor, frames: torch.Tensor, chains: Chains, trigram: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Per utterance the criterion; and its gradient, posterior of the numerator minus of the denominator."""
    y = scores.detach().contiguous()
    batch, length, pdfs = y.shape
    gamma, above, below = torch.zeros_like(y), torch.zeros(batch), torch.zeros(batch)
    integers = [t.to(torch.int32).contiguous() for t in (frames, chains.phones, chains.optional, chains.sizes)]
    at = lambda t: ctypes.c_void_p(t.data_ptr())
    library, counts = _library(), at(integers[0])
    library.numerator(at(y), counts, *map(at, integers[1:]), batch, length, pdfs, chains.phones.shape[1], at(gamma), at(above))
    library.denominator(at(y), counts, at(trigram), batch, length, pdfs, trigram.shape[0], trigram.shape[2], at(gamma), at(below))
    # An utterance too short for its phones has no path and must teach nothing.
    usable = ((above - below) / frames > -30) & torch.isfinite(above) & torch.isfinite(below)
    return (above - below) * usable, gamma * usable[:, None, None]
