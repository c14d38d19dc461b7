"""How a sentence is written for a voice that does not know the language's spelling, or not all of its words."""

from __future__ import annotations

import functools
import re
from pathlib import Path

CMU = Path("/usr/share/festival/dicts/cmu/cmudict-0.4.out")


def as_it_is(sentence: str) -> str | None:
    return sentence


def english(sentence: str) -> str | None:
    """For voices with the CMU lexicon: nothing if it lacks a word, which they would say by guesses of their own."""
    if any("'" not in w and w != "tenge" and w not in cmu_words() for w in sentence.split()):
        return None
    return re.sub(r"\btenge\b", "ten gay", sentence)


def tenge_said(sentence: str) -> str | None:
    """For espeak-ng, which would end tenge like sponge."""
    return re.sub(r"\btenge\b", "teng gay", sentence)


@functools.cache
def cmu_words() -> frozenset[str]:
    """The words of the CMU lexicon that festival brings."""
    return frozenset(re.findall(r'^\("([a-z]+)"', CMU.read_text("ascii", errors="ignore"), re.M))


KAZAKH_LETTERS = str.maketrans("қғұіһ", "кгуих")
VOWELS = "аәеёиоөуұүыіэюя"
FRONT = "еөүіә"


def kyrgyz(sentence: str) -> str | None:
    """Kazakh as a Kyrgyz voice reads it; nothing if that would not be the word.

    Kyrgyz has no ә and no һ, and says ж as дж. Its к and г are қ and ғ beside back vowels, as Kazakh spells them; ұ is
    у, і is и. Kazakh и and у between consonants are long and are written so: ый or ий, уу or үү. After a vowel у is a
    glide that Kyrgyz lacks; a vowel comes near it.
    """
    if re.search(r"[әһёщцюяэъьвф]", sentence):
        return None
    words = []
    for word in sentence.split():
        if _mixed(word):
            return None
        front = any(letter in FRONT for letter in word)
        said = []
        for i, letter in enumerate(word):
            before = word[i - 1] if i else ""
            if letter == "и":
                said.append("ий" if front else "ый")
            elif letter == "у":
                glide = before and before in VOWELS or not before and word[i + 1 : i + 2] in tuple(VOWELS)
                said.append("у" if glide else "үү" if front else "уу")
            elif letter == "е" and not before:
                said.append("э")  # Kyrgyz says е as йе there
            else:
                said.append(letter.translate(KAZAKH_LETTERS))
        words.append("".join(said))
    return " ".join(words)


def _mixed(word: str) -> bool:
    """Whether its vowels, or its қ ғ к г, do not agree: a foreign word, in which a Kyrgyz к is not what is written."""
    back, front = re.search("[аоұы]", word), re.search("[еөүі]", word)
    return bool(back and front or back and re.search("[кг]", word) or front and re.search("[қғ]", word))
