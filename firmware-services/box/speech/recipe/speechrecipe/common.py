"""Which words are common: those that a large English-Russian dictionary explains and translates with, and names.

Hunspell's dictionary says which words there are, but "гостиница" stands in it between words that nobody says.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter
from pathlib import Path

from speechrecipe.spelling import cmu_words
from speechrecipe.text import HUNSPELL

MUELLER = Path("/usr/share/dictd/mueller7.dict.dz")
# Abbreviations end with a point, labels begin with a line, halves of words have a dash.
WORDS = {"ru": r"(?<![\w.-])[а-яё]{2,17}(?![\w.-])", "en": r"(?<![\w'.-])[a-z]{2,17}(?![\w'.-])"}

VOWEL = re.compile("[аеёиоуыэюяaeiouy]")


def common(language: str) -> list[str]:
    """Words of general use, the commonest first; none for Kazakh."""
    if language not in WORDS:
        return []
    with gzip.open(MUELLER, "rt", encoding="utf8") as file:
        counts = Counter(re.findall(WORDS[language], file.read().lower()))
    words = sorted((w for w in counts if VOWEL.search(w)), key=lambda w: (-counts[w], w))
    return [w for w in words if w in cmu_words()] if language == "en" else words


def names(language: str) -> list[str]:
    """Names of people and places in English, which hunspell writes with a capital; in Russian others fill the vocabulary."""
    if language != "en":
        return []
    lines = Path(f"/usr/share/hunspell/{HUNSPELL[language]}.dic").read_text("utf8", errors="ignore").splitlines()[1:]
    words = (line.split("/")[0].strip() for line in lines)
    return sorted({w.lower() for w in words if re.fullmatch("[A-Z][a-z]{2,13}", w)} & cmu_words())
