"""What a model carries so that a customer's own words can be added to it on the box: its directory `lm/`.

The box makes the graph again from these files and a list of words, and asks espeak-ng how the words are said;
`g2p.tsv` is `g2p.py` as a table. The formats are those of the box's package kz.qonyrau.speech.models.
"""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

from speechrecipe import g2p

PACKED = ("lexicon.txt", "lm.arpa")

# Other ways to say a word by its letters, as in g2p._also.
_ALSO = {"ru": ["also\tдцать\tV t;\tt;"], "en": [], "kk": ["before\tе\tj"]}


def write(language: str, lm: Path, model: Path, unk_cost: float) -> None:
    """Makes `model/lm` of the inputs of the graph, which stand in `lm`."""
    folder = model / "lm"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copyfile(lm / "phones.txt", folder / "phones.txt")
    for name in PACKED:
        # Without a time, the same text makes the same bytes.
        (folder / f"{name}.gz").write_bytes(gzip.compress((lm / name).read_bytes(), 9, mtime=0))
    (folder / "g2p.tsv").write_text(table(language), "utf8")
    (folder / "graph.conf").write_text(f"--unk-cost={unk_cost:g}\n")


def table(language: str) -> str:
    """How espeak-ng's phonemes become the phones of a language, as `g2p.tsv` says it."""
    lines = [
        f"# How espeak-ng's phonemes become the phones of the model; made of the recipe's g2p.py ({language}).",
        f"voice\t{g2p.VOICES[language]}",
        *(f"replace\t{text}\t{other}" for text, other in g2p._REPLACED[language]),
        "drop\t',%=:!",
        "ending\t^\t;",
        "long",
        *_merges(language),
        *_ALSO[language],
        *(f"word\t{word}\t{way}" for word, ways in g2p.EXCEPTIONS[language].items() for way in ways),
        *_phonemes(language),
    ]
    return "\n".join(lines) + "\n"


def _merges(language: str) -> list[str]:
    """Which phones take in the one before them: asked of g2p.py itself, pair by pair."""
    phones, lines = g2p.PHONES[language][1:], []
    for phone in phones:
        taken = [p for p in phones if p != phone and _of(language, f"{p}_{phone}") == (phone,) == _of(language, phone)]
        if taken:
            lines.append(f"merge\t{phone}\t{' '.join(taken)}")
    return lines


def _phonemes(language: str) -> list[str]:
    """The phonemes that are not called like their phone."""
    lines = []
    for phoneme in (g2p._VOWELS[language] | g2p._OTHERS[language]):
        phones = _of(language, phoneme)
        if phones != (phoneme,) and all(p in g2p.PHONES[language] for p in phones):
            lines.append(f"phoneme\t{phoneme}\t{' '.join(phones)}")
    return lines


def _of(language: str, said: str) -> tuple[str, ...]:
    return g2p._reduce(said, language)
