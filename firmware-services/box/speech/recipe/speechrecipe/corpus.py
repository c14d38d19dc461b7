"""The synthetic corpus: for each voice a file of 8 kHz samples and a list of what they say."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from speechrecipe.spelling import as_it_is
from speechrecipe.text import Sentences, dictionary, general, part_of
from speechrecipe.voices import RATE, Voice, read_aloud

LONGEST = 11 * RATE
SHORTEST = RATE // 5


Sayable = Callable[[str], str | None]  # a voice's spelling, which has none of a sentence that it cannot read


def training_sentences(language: str, count: int, seed: int, sayable: Sayable = as_it_is) -> list[str]:
    """Half callers' sentences, a third general text, and words of the dictionary for sounds that meet nowhere else."""
    r, callers, words = random.Random(seed), Sentences(language, seed), dictionary(language)
    texts = [s for s in general(language) if part_of(s) == "train"]
    texts, words = [s for s in texts if sayable(s)], [w for w in words if sayable(w)]
    chosen = []
    for _ in range(count):
        kind = r.random()
        if kind < 0.35 and texts:
            chosen.append(r.choice(texts))
        elif kind < 0.5:
            chosen.append(" ".join(r.sample(words, r.choice((1, 1, 2, 3, 4)))))
        else:
            chosen.append(_taken(callers, "train", sayable))
    return chosen


def _taken(callers: Sentences, part: str, sayable: Sayable) -> str:
    while not sayable(sentence := callers.take(part)):
        pass
    return sentence


def held_out_sentences(language: str, part: str, count: int, seed: int, sayable: Sayable = as_it_is) -> list[str]:
    """Callers' sentences that no training text contains, without repeating one."""
    callers, chosen = Sentences(language, seed), dict[str, None]()
    while len(chosen) < count:
        chosen[_taken(callers, part, sayable)] = None
    return list(chosen)


def short_answers(language: str, count: int, seed: int, sayable: Sayable = as_it_is) -> list[str]:
    """What a step with a phrase list expects."""
    sections = Sentences(language, 0).sections
    return random.Random(seed).sample(sorted({p for k in ANSWERS for p in sections[k] if sayable(p)}), count)


def foreign_words(language: str, count: int, seed: int, sayable: Sayable = as_it_is) -> list[str]:
    """Single words of the dictionary that no step for short answers expects: the hardest thing to reject."""
    sections = Sentences(language, 0).sections
    expected = {p for k in ANSWERS for p in sections[k]}
    return random.Random(seed).sample([w for w in dictionary(language) if w not in expected and sayable(w)], count)


ANSWERS = ("yes", "no", "operator", "repeat", "later")


def write(folder: Path, voice: Voice, sentences: list[str], seed: int, plain: bool = False) -> None:
    """`VOICE.npy` and `VOICE.json`; the second is written last and says that both are complete."""
    spoken = [
        (np.clip(np.round(x), -32767, 32767).astype(np.int16), s)
        for x, s in zip(read_aloud(voice, sentences, seed, plain), sentences)
        if SHORTEST < len(x) < LONGEST
    ]
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / f"{voice.name}.npy", np.concatenate([x for x, _ in spoken]))
    labels = json.dumps([[len(x), s] for x, s in spoken], ensure_ascii=False)
    (folder / f"{voice.name}.json").write_text(labels, "utf8")
    print(f"{voice.name}: {len(spoken)} utterances, {sum(len(x) for x, _ in spoken) / RATE / 60:.1f} min", flush=True)


def read(folder: Path, voice: str) -> Iterator[tuple[np.ndarray, str]]:
    """The utterances of a voice and what they say."""
    samples, start = np.load(folder / f"{voice}.npy", mmap_mode="r"), 0
    for length, sentence in json.loads((folder / f"{voice}.json").read_text("utf8")):
        yield samples[start : start + length], sentence
        start += length
