"""How words are said: espeak-ng's phonemes, reduced to a small set for each language."""

from __future__ import annotations

import ctypes
import functools
import re

# The order is part of a model: a phone's number in final.mdl is its place here. 0 is silence.
PHONES = {
    "ru": (
        "SIL V a e i o u y b b; d d; f f; g g; j k k; l l; m m; n n; p p; r r; s s; t t; v v; x z z; S S; Z ts tS;"
    ).split(),
}

# espeak spells single letters out, and says some short words as if they stood alone.
EXCEPTIONS = {
    "ru": {
        "в": ["v", "f"], "с": ["s"], "к": ["k"], "б": ["b"], "ж": ["Z"], "не": ["n; i", "n; e"], "а": ["a"],
        "о": ["o"], "и": ["i"], "у": ["u"], "й": ["j"], "ль": ["l;"], "бы": ["b y"], "же": ["Z y"],
        "здравствуйте": ["z d r a s t v u j t; i", "z d r a s t; i"],
        "сейчас": ["s; i tS; a s", "S; a s"],
        "пожалуйста": ["p V Z a l u s t V", "p V Z a l s t V"],
        "тысяча": ["t y s; i tS; V", "t y S; V"],
        "что": ["S t o", "S t V"],
    },
}

_VOWELS = {
    "ru": {
        "a": "a", "A": "a", "@": "V", "@-": "V", "V": "V", "a#": "V", "V#": "V", "o": "o", "O": "o", "o#": "o",
        "8": "o", "Q": "o", "e": "e", "E": "e", "E2": "e", "e#": "e", "E#": "e", "i": "i", "I": "i", "I2": "i",
        "I^": "i", "u": "u", "U": "u", "u#": "u", 'u"': "u", "y": "y", "Y": "y", 'i"': "y", "i\\": "y",
    },
}
_OTHERS = {
    "ru": {
        "ja": "j a", "ju": "j u", "jo": "j o", "je": "j e", "R": "r", "*": "", "dZ;": "tS;", "dz": "ts", "dz;": "ts",
        "dZ": "Z", "h": "x", "G": "g", "w": "v", "l^": "l;",
    },
}


@functools.cache
def _espeak() -> ctypes.CDLL:
    library = ctypes.CDLL("libespeak-ng.so.1")
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p
    library.espeak_Initialize(2, 0, None, 0)
    return library


@functools.cache
def _voice(language: str) -> ctypes.CDLL:
    # Only one language per process: setting the voice for each word would make this 150 times slower.
    library = _espeak()
    if library.espeak_SetVoiceByName(language.encode()):
        raise RuntimeError(f"espeak-ng has no voice {language}")
    return library


def espeak(word: str, language: str) -> str:
    """espeak-ng's own phonemes of a word, joined by underscores."""
    text, parts = ctypes.c_char_p(word.encode()), []
    while text.value:
        said = _voice(language).espeak_TextToPhonemes(ctypes.byref(text), 1, ord("_") << 8)
        if said:
            parts.append(said.decode())
    return "_".join(parts)


@functools.cache
def pronunciations(word: str, language: str) -> tuple[tuple[str, ...], ...]:
    """The ways to say a word, the usual one first; empty if espeak-ng cannot say it."""
    if word in EXCEPTIONS[language]:
        return tuple(tuple(p.split()) for p in EXCEPTIONS[language][word])
    usual = _reduce(espeak(word, language), language)
    if not usual or any(p not in PHONES[language] for p in usual):
        return ()
    ways = [usual]
    if language == "ru" and word.endswith("дцать") and usual[-2] == "V":
        ways.append(usual[:-2] + usual[-1:])
    return tuple(ways)


def _reduce(said: str, language: str) -> tuple[str, ...]:
    phones: list[str] = []
    for token in re.split(r"[_ |]+", said.replace("_;", ";")):
        token = re.sub(r"[',%=:!]", "", token)
        if not token or token == "-":
            continue
        if token in _VOWELS[language]:
            token = _VOWELS[language][token]
        elif token.endswith("^"):
            token = token[:-1] + ";"
        for phone in _OTHERS[language].get(token, token).split():
            if phones and phones[-1] == phone:
                continue  # long consonants are one phone
            if phones and (phone == "ts" and phones[-1] in "dt" or phone == "tS;" and phones[-1][0] in "dt" and phones[-1] != "ts"):
                phones.pop()  # the stop is part of the affricate
            phones.append(phone)
    return tuple(phones)
