"""Word errors, right answers and false ones of a model, on voices and sentences that it was not trained on."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from speechrecipe import corpus, telephone
from speechrecipe.graph import UNKNOWN
from speechrecipe.people import Speech, people
from speechrecipe.text import Sentences
from speechrecipe.vosk import Model

Heard = list[tuple[str, str]]  # what was said, what was understood

LISTED, FREE = 0.03, 0.12  # aims: shares of errors with a list of answers, and without


def synthetic(folder: Path, part: str) -> list[Speech]:
    voices = sorted(p.stem for p in (folder / part).glob("*.json"))
    return [Speech(np.asarray(x), s) for v in voices for x, s in corpus.read(folder / part, v)]


def on_the_telephone(speech: list[Speech], seed: int) -> list[Speech]:
    """The same with a telephone's damage, which depends on nothing but the seed and the speech before it."""
    rng = np.random.default_rng(seed)
    babble = [s.samples for s in speech]
    heard = telephone.codecs([telephone.line(x, rng, babble, speeds=False) for x in babble], rng)
    return [Speech(x, s.sentence) for x, s in zip(heard, speech)]


def listen(model: Model, speech: Iterable[Speech], phrases: list[str] | None = None) -> Heard:
    noise = np.random.default_rng(1)
    heard = []
    for s in speech:
        # A line is never quite silent, and a caller does not speak at once.
        x = np.concatenate([np.zeros(1600), s.samples, np.zeros(4000)])
        heard.append((s.sentence, model.hear(np.clip(x + noise.integers(-3, 4, len(x)), -32767, 32767), phrases)))
    return heard


def word_errors(heard: Heard) -> tuple[int, int]:
    """Errors and words; ё and е are one letter, as they are for the box."""
    errors = words = 0
    for said, understood in heard:
        want, got = said.replace("ё", "е").split(), understood.replace("ё", "е").split()
        row = list(range(len(got) + 1))
        for i, w in enumerate(want, 1):
            diagonal, row[0] = row[0], i
            for j, g in enumerate(got, 1):
                diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (w != g))
        errors, words = errors + row[-1], words + len(want)
    return errors, words


def answers(language: str) -> dict[str, str]:
    """The phrases of a step for short answers, with the answer that each one is."""
    sections = Sentences(language, 0).sections
    return {p: kind for kind in corpus.ANSWERS for p in sections[kind]}


def step(model: Model, kinds: dict[str, str], speech: list[Speech]) -> tuple[int, int, int, int, int]:
    """A dialogue's step: answers that are right, taken for another, and how many; others taken for one, and how many."""
    listed = [*sorted(kinds), UNKNOWN]
    right = wrong = inside = taken = outside = 0
    for said, understood in listen(model, speech, listed):
        if said in kinds:
            inside += 1
            right += kinds.get(understood) == kinds[said]
            wrong += understood in kinds and kinds[understood] != kinds[said]
        else:
            outside += 1
            taken += understood in kinds
    return right, wrong, inside, taken, outside


def report(language: str, folder: Path, language_corpus: Path, part: str, show: int = 0) -> float | None:
    """Prints a table of everything for one model; `part` is dev or test.

    Returns the share of a telephone exchange's words, out of a list, that it misunderstood.
    """
    model, kinds = Model(folder), answers(language)
    clean = synthetic(language_corpus, part)
    phone = on_the_telephone(clean, 9)
    print(f"{folder}, {part}")
    tests = people(language) if part == "test" else {}
    if part == "test" and not tests:
        print("  human: none; Debian has no recordings of people who speak this language")
    on_people = None
    for who, said in tests.items():
        everything = sorted({s.sentence for s in said})
        words = [w for w in everything if model.knows(w)]
        errors = _row(f"human, {who}, single words, list of {len(everything)}", listen(model, said, words), show, LISTED)
        on_people = errors if on_people is None else on_people
        if unknown := [w for w in everything if w not in words]:
            print(f"    of which the vocabulary lacks {len(unknown)}: {' '.join(unknown)}")
        strict = listen(model, said, [*words, UNKNOWN])
        right, rejected = sum(s == u for s, u in strict), sum(u not in words for _, u in strict)
        print(f"  the same list with [unk]: {right} right, {rejected} rejected, {len(strict) - right - rejected} wrong of {len(strict)}")
        _row("the same, whole vocabulary", listen(model, said), show)
        on_phone = on_the_telephone(said, 10)
        _row(f"the same, telephone, list of {len(words)}", listen(model, on_phone, words), show)
    words = synthetic(language_corpus, f"{part}-words")
    foreign = {"clean": words, "telephone": on_the_telephone(words, 11)}
    for name, speech in (("clean", clean), ("telephone", phone)):
        free = [s for s in speech if s.sentence not in kinds]
        short = [s for s in speech if s.sentence in kinds]
        _row(f"synthetic, {name}, held-out sentences, whole vocabulary", listen(model, free), show, FREE if name == "telephone" else None)
        _row(f"synthetic, {name}, short answers, list of {len(kinds)}", listen(model, short, sorted(kinds)), show, LISTED if name == "telephone" else None)
        right, wrong, inside, taken, outside = step(model, kinds, speech)
        print(
            f"  synthetic, {name}, step with [unk]: right {100 * right / inside:.1f} %, taken for another answer "
            f"{100 * wrong / inside:.1f} % of {inside}; other sentences accepted {100 * taken / outside:.1f} % of {outside}"
            + (f"; right answers lost{_judged((inside - right) / inside, LISTED)}; others{_judged(taken / outside, LISTED)}" if name == "telephone" else ""),
            flush=True,
        )
        *_, taken, outside = step(model, kinds, foreign[name])
        print(f"  the same, single foreign words accepted: {100 * taken / outside:.1f} % of {outside}" + (_judged(taken / outside, LISTED) if name == "telephone" else ""), flush=True)
    return on_people


def _judged(share: float, aim: float) -> str:
    return f" (aim: at most {100 * aim:.0f} %, {'met' if share <= aim else 'MISSED'})"


def _row(name: str, heard: Heard, show: int, aim: float | None = None) -> float:
    errors, words = word_errors(heard)
    judged = "" if aim is None else _judged(errors / words, aim)
    print(f"  {name}: {100 * errors / words:.1f} % word errors ({errors} of {words} words, {len(heard)} utterances){judged}", flush=True)
    for said, understood in [h for h in heard if h[0] != h[1]][:show]:
        print(f"      {said} => {understood}")
    return errors / words
