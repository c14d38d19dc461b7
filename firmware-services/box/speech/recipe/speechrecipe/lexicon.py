"""The plain-text inputs of the graph: `phones.txt`, `lexicon.txt` and `lm.arpa`."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from speechrecipe.common import common, names
from speechrecipe.g2p import PHONES, pronunciations
from speechrecipe.text import Sentences, dictionary, general, part_of

WORDS = 52_000
SAMPLED = 300_000
DISCOUNT = 0.6
# General text teaches which words exist; the product hears callers.
GENERAL_WEIGHT = 0.3
FEWEST = {2: 1.0, 3: 2.0}  # counts below which an n-gram is left to the shorter ones, for size


def prepare(language: str, folder: Path) -> None:
    callers = Sentences(language, 77)
    counts: Counter[str] = Counter()
    for _ in range(SAMPLED):
        sentence = callers.next()
        if part_of(sentence) == "train":
            counts[sentence] += 1
    texts = [s for s in general(language) if part_of(s) == "train"]
    words = dict.fromkeys(w for s in counts for w in s.split())
    # Words of templates that were sampled only in held-out sentences belong to the vocabulary all the same.
    words |= dict.fromkeys(w for p in callers.sections.values() for s in p if not set("{(") & set(s) for w in s.split())
    frequent = Counter(w for s in texts for w in s.split())
    spoken: dict[str, tuple[tuple[str, ...], ...]] = {}
    unsaid: list[str] = []

    def say(candidates: Iterable[str]) -> None:
        for word in candidates:
            if len(spoken) < WORDS and word not in spoken:
                if ways := pronunciations(word, language):
                    spoken[word] = ways
                else:
                    unsaid.append(word)

    say([*words, *(w for w, _ in frequent.most_common()), *common(language), *names(language)])
    say(spread([w for w in dictionary(language) if w not in spoken], WORDS - len(spoken)))
    print(f"{len(spoken)} words, {len(unsaid)} cannot be said: {' '.join(unsaid[:50])}", flush=True)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "phones.txt").write_text("\n".join(PHONES[language]) + "\n", "utf8")
    rows = [f"{w}\t{' '.join(p)}" for w, ways in sorted(spoken.items()) for p in ways]
    (folder / "lexicon.txt").write_text("\n".join(rows) + "\n", "utf8")
    sentences = [*((s.split(), n) for s, n in counts.items()), *((s.split(), GENERAL_WEIGHT) for s in texts)]
    (folder / "lm.arpa").write_text(arpa(sentences, list(spoken)), "utf8")


def spread(words: list[str], count: int) -> list[str]:
    """`count` words from the whole alphabet rather than its beginning."""
    step = max(1.0, len(words) / max(1, count))
    return [words[int(i * step)] for i in range(int(len(words) / step))]


def arpa(sentences: list[tuple[list[str], float]], vocabulary: list[str], order: int = 3) -> str:
    """A back-off model with absolute discounting; words that no sentence has get a tenth of a count."""
    known = set(vocabulary)
    counts: list[defaultdict[tuple[str, ...], dict[str, float]]] = [defaultdict(dict) for _ in range(order)]
    for words, weight in sentences:
        words = ["<s>", *(w for w in words if w in known), "</s>"]
        for i in range(1, len(words)):
            for n in range(min(order, i + 1)):
                row = counts[n][tuple(words[i - n : i])]
                row[words[i]] = row.get(words[i], 0) + weight
    for word in vocabulary:
        counts[0][()][word] = counts[0][()].get(word, 0) + 0.1
    grams: list[dict[tuple[str, ...], float]] = [{} for _ in range(order)]
    back: dict[tuple[str, ...], float] = {}
    for n in range(order):
        for history, row in counts[n].items():
            total, discount = sum(row.values()), DISCOUNT if n else 0
            kept = {w: c for w, c in row.items() if n == 0 or c >= FEWEST[n + 1]}
            # A history that is itself pruned away cannot be reached.
            if not kept or n > 1 and history not in grams[n - 1]:
                continue
            for w, c in kept.items():
                grams[n][(*history, w)] = math.log10((c - min(c, discount) * 0.999) / total)
            if n:
                left = total - sum(c - min(c, discount) for c in kept.values())
                back[history] = math.log10(max(left, 1e-4) / total)
    grams[0][("<s>",)] = -99.0
    lines = ["\\data\\", *(f"ngram {n + 1}={len(g)}" for n, g in enumerate(grams))]
    for n, g in enumerate(grams):
        lines += ["", f"\\{n + 1}-grams:"]
        lines += [
            f"{p:.5f}\t{' '.join(words)}" + (f"\t{back[words]:.5f}" if words in back else "") for words, p in g.items()
        ]
    return "\n".join([*lines, "", "\\end\\", ""])
