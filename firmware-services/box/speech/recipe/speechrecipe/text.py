"""Sentences for training, language model and tests, and which of them may be used for what."""

from __future__ import annotations

import gettext
import hashlib
import importlib
import random
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from speechrecipe.spelling import cmu_words

HERE = Path(__file__).resolve().parent.parent
LETTERS = {"ru": "а-яё", "kk": "а-яёәғқңөұүһі", "en": "a-z'"}
HUNSPELL = {"ru": "ru_RU", "kk": "kk_KZ", "en": "en_US"}


def part_of(sentence: str) -> str:
    """`train`, `dev` or `test`: a fixed choice by hash, one in twenty each for dev and test.

    Sentences of one or two words are always for training. There are few of them, they are the
    answers that the model exists for, and to hold them back would only make it worse.
    """
    if len(sentence.split()) < 3:
        return "train"
    return {0: "test", 1: "dev"}.get(hashlib.sha256(sentence.encode()).digest()[0] % 20, "train")


class Sentences:
    """An endless source of callers' sentences from `text/LANG.txt` and the slots of `numbers_LANG.py`."""

    def __init__(self, language: str, seed: int) -> None:
        self.random = random.Random(seed)
        self.numbers = importlib.import_module(f"speechrecipe.numbers_{language}")
        self.sections: dict[str, list[str]] = {}
        weights: dict[str, float] = {}
        for line in (HERE / "text" / f"{language}.txt").read_text("utf8").splitlines():
            if line.startswith("["):
                name, _, weight = line.strip("[]").rpartition(" ")
                if not re.fullmatch(r"[0-9.]+", weight):
                    name, weight = line.strip("[]"), "0"
                section = self.sections.setdefault(name, [])
                weights[name] = float(weight)
            elif line and not line.startswith("#"):
                section.append(line)
        self.kinds = [k for k, w in weights.items() if w]
        self.weights = [weights[k] for k in self.kinds]

    def next(self) -> str:
        """A sentence of any kind."""
        return self.fill(self.random.choice(self.sections[self.random.choices(self.kinds, self.weights)[0]]))

    def take(self, part: str) -> str:
        """A sentence that belongs to `part`."""
        while True:
            sentence = self.next()
            if part_of(sentence) == part:
                return sentence

    def fill(self, pattern: str) -> str:
        r = self.random
        pattern = re.sub(r"\(([^()]*)\)", lambda m: r.choice(m[1].split("|")), pattern)
        pattern = re.sub(r"\{([^{}]*)\}", lambda m: self.slot(m[1]), pattern)
        return " ".join(pattern.split())

    def slot(self, name: str) -> str:
        name, _, case = name.partition(":")
        if name in self.numbers.SLOTS:
            word = self.numbers.SLOTS[name](self.random)
        else:
            word = self.fill(self.random.choice(self.sections[name]))
        return self.numbers.inflect(word, case) if case else word


# Packages of programs' Kazakh translations, which `setup` unpacks here without the programs.
TRANSLATIONS = Path("/usr/local/share/qonyrau-speech/kk")


def general(language: str) -> list[str]:
    """Sentences of general text in Debian, without duplicates and in a fixed order."""
    return sorted(set(_translations() if language == "kk" else _fortunes(language)))


def _translations() -> Iterator[str]:
    """What programs say to their users: no callers' language, but there is no other running text in Kazakh."""
    word = re.compile(f"(?=.*[аәеёиоөуұүыіэюя])[{LETTERS['kk']}]{{1,17}}")  # no abbreviations
    for text in (*_catalogues(), *_fluent()):
        text = re.sub(r"<[^>]*>|[~_&](?=\w)", "", text).lower()
        for sentence in re.split(r'[.!?;:…()"«»“”/\n\t]+', text):
            words = re.findall(r"[^\s,–—-]+", sentence)
            if 2 <= len(words) <= 11 and all(map(word.fullmatch, words)):
                yield " ".join(words)


def _catalogues() -> Iterator[str]:
    for file in TRANSLATIONS.rglob("*.mo"):
        with open(file, "rb") as f:
            messages = gettext.GNUTranslations(f)._catalog  # no public way to list them
        yield from (said for key, said in messages.items() if key)


def _fluent() -> Iterator[str]:
    """Mozilla's messages: `name = text`, and further lines of text that begin with blanks."""
    for file in TRANSLATIONS.rglob("*.xpi"):
        with zipfile.ZipFile(file) as archive:
            for name in archive.namelist():
                if name.endswith(".ftl"):
                    for line in archive.read(name).decode("utf8").splitlines():
                        if found := re.match(r"\s*\.?[\w-]+ = (.*)|\s+([^.].*)", line):
                            yield re.sub(r"\{[^}]*\}", "", found[1] or found[2] or "")


def _fortunes(language: str) -> Iterator[str]:
    folder = Path("/usr/share/games/fortunes")
    files = {"ru": folder.glob("ru/*.u8"), "en": folder.glob("*.u8")}.get(language, [])
    word = re.compile(f"[{LETTERS[language]}]+")
    for file in sorted(files):
        for fortune in file.read_text("utf8", errors="ignore").split("\n%"):
            body = re.sub(r"--.*", "", fortune, flags=re.S).replace("\n", " ").lower()
            for sentence in re.split(r'[.!?;:…()"«»]+', body):
                if re.search("[a-z0-9]" if language != "en" else "[0-9]", sentence):
                    continue
                words = [w for w in (w.strip("'") for w in re.split(r"[^\w']+|_", sentence)) if w]
                if 2 <= len(words) <= 11 and all(word.fullmatch(w) and len(w) < 18 for w in words):
                    yield " ".join(words)


def dictionary(language: str) -> list[str]:
    """The base forms of hunspell's dictionary, 3 to 14 letters long; in English those that the CMU lexicon has, and their forms in s, ed and ing."""
    word = re.compile(f"[{LETTERS[language]}]{{3,14}}")
    lines = Path(f"/usr/share/hunspell/{HUNSPELL[language]}.dic").read_text("utf8", errors="ignore").splitlines()[1:]
    words = {w for w in (line.split("/")[0].strip() for line in lines) if word.fullmatch(w)}
    if language == "en":
        words |= {w + ending for w in words for ending in ("s", "ed", "ing")}
        words |= {w[:-1] + ending for w in words if w.endswith("e") for ending in ("ed", "ing")}
        words &= cmu_words()
    return sorted(words)
