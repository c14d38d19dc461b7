"""Which words are common: those that a large English-Russian dictionary explains and translates with.

Hunspell's dictionary says which words there are, but "гостиница" stands in it between words that nobody says.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter
from pathlib import Path

from speechrecipe.spelling import cmu_words

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
