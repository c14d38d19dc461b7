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
    # A as in father, a cat, V cut, @ about, 3 bird and the end of water, N sing, T thin, D then. No stress.
    "en": (
        "SIL A a V O aU @ aI E 3 eI I i oU OI U u b tS d D f g h dZ k l m n N p r s S t T v w j z Z"
    ).split(),
    # A а, & ә, 8 ө, U ұ, Y ү, @ ы, I і; i and u are и and у between consonants; q қ, G ғ, N ң.
    "kk": "SIL A & e o 8 U Y @ I i u b d f g G h j k l m n N p q r s S t tS v w x z Z".split(),
}

VOICES = {"ru": "ru", "en": "en-us", "kk": "kk"}

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
    "en": {
        "a": ["@", "eI"], "the": ["D @", "D i"], "to": ["t u", "t @"], "and": ["a n d", "@ n d", "@ n"],
        "of": ["@ v", "V v"], "for": ["f O r", "f 3"], "or": ["O r", "3"], "at": ["a t", "@ t"], "can": ["k a n", "k @ n"],
        "an": ["a n", "@ n"], "from": ["f r V m", "f r @ m"], "are": ["A r", "3"], "your": ["j O r", "j 3"],
        "you": ["j u", "j @"], "you're": ["j O r", "j U r"], "our": ["aU 3", "A r"], "was": ["w V z", "w A z"],
        "what": ["w V t", "w A t"], "been": ["b I n"], "yeah": ["j a", "j E @"], "uh": ["V"], "huh": ["h V"], "oh": ["oU"],
        "tenge": ["t E n g eI", "t E N g eI", "t E N g E", "t E N g i"],
        "almaty": ["a l m A t i", "A l m A t i", "O l m @ t i"], "astana": ["A s t A n A", "@ s t A n @"],
        "shymkent": ["S I m k E n t"], "aktobe": ["A k t oU b eI", "a k t oU b i"], "oskemen": ["oU s k E m E n"],
        "semey": ["s E m eI"], "kostanay": ["k A s t @ n aI", "k oU s t @ n aI"], "uralsk": ["u r A l s k", "j U r A l s k"],
        "petropavl": ["p E t r oU p A v @ l"], "kyzylorda": ["k I z I l O r d A"], "turkistan": ["t 3 k I s t A n", "t 3 k I s t a n"],
        "taldykorgan": ["t A l d I k O r g A n"], "ekibastuz": ["E k I b A s t u z"], "taraz": ["t A r A z"],
        "abay": ["A b aI", "@ b aI"], "satpaev": ["s A t p aI E v"], "dostyk": ["d A s t I k", "d oU s t I k"],
        "monday": ["m V n d eI", "m V n d i"], "tuesday": ["t u z d eI", "t j u z d eI", "t u z d i"],
        "wednesday": ["w E n z d eI", "w E n z d i"], "thursday": ["T 3 z d eI", "T 3 z d i"], "friday": ["f r aI d eI", "f r aI d i"],
        "saturday": ["s a t 3 d eI", "s a t 3 d i"], "sunday": ["s V n d eI", "s V n d i"], "husband": ["h V z b @ n d"],
        "kazakhstan": ["k A z A k s t A n", "k a z a k s t a n"], "tbilisi": ["t @ b I l i s i"], "elena": ["E l eI n @", "j E l E n @"],
        "tole": ["t oU l E"], "bi": ["b i"], "aigul": ["aI g u l"], "aliya": ["A l i j A"], "asel": ["A s E l"],
        "saule": ["s aU l E"], "kairat": ["k aI r A t"], "murat": ["m u r A t"], "serik": ["s E r I k"],
    },
    "kk": {
        # as espeak-ng says them, and as people do
        "иә": ["i &", "i j &"], "ия": ["i j A", "i A"],
        "смс": ["s @ m @ s @", "e s e m e s"], "жсн": ["Z @ s @ n @", "Z e s e n"], "иин": ["i n", "i i n", "i e n"],
        # Russian words that callers mix in
        "хорошо": ["x o r o S o", "x A r A S o"], "конечно": ["k o n e tS n o", "k A n e S n A"],
        "спасибо": ["s p A s i b o", "s p A s i b A"], "пожалуйста": ["p o Z A l u j s t A", "p A Z A l u s t A"],
        "нормально": ["n o r m A l n o", "n A r m A l n A"], "понятно": ["p o n j A t n o", "p A n A t n A"],
        "оператор": ["o p e r A t o r", "A p e r A t o r"], "операторды": ["o p e r A t o r d @", "A p e r A t o r d @"],
        "операторға": ["o p e r A t o r G A", "A p e r A t o r G A"], "оператормен": ["o p e r A t o r m e n", "A p e r A t o r m e n"],
    },
}

_VOWELS = {
    "ru": {
        "a": "a", "A": "a", "@": "V", "@-": "V", "V": "V", "a#": "V", "V#": "V", "o": "o", "O": "o", "o#": "o",
        "8": "o", "Q": "o", "e": "e", "E": "e", "E2": "e", "e#": "e", "E#": "e", "i": "i", "I": "i", "I2": "i",
        "I^": "i", "u": "u", "U": "u", "u#": "u", 'u"': "u", "y": "y", "Y": "y", 'i"': "y", "i\\": "y",
    },
    "en": {
        "0": "A", "O2": "O", "aa": "a", "a#": "@", "@2": "@", "@-": "@", "I2": "I", "I#": "I", "o": "oU", "e": "E",
        "A@": "A r", "O@": "O r", "o@": "O r", "e@": "E r", "U@": "U r", "i@": "i @", "i@3": "I r", "aI@": "aI @",
        "aI3": "aI 3", "@L": "@ l", "A~": "A n", "O~": "O n",
    },
    "kk": {"a": "A", "u#": "Y"},
}
_OTHERS = {
    "ru": {
        "ja": "j a", "ju": "j u", "jo": "j o", "je": "j e", "R": "r", "*": "", "dZ;": "tS;", "dz": "ts", "dz;": "ts",
        "dZ": "Z", "h": "x", "G": "g", "w": "v", "l^": "l;",
    },
    "en": {"t#": "t", "t2": "t", "r-": "r", "n-": "@ n", "?": "t", "x": "k", "C": "k", "l#": "l"},
    "kk": {"*": "r", "L": "l", "?": ""},
}
# Changes to the whole of what espeak-ng says of a word, in this order. It says every Kazakh и as ый and every у as w:
# и is a phone of its own, and so is у after a consonant.
_REPLACED = {
    "ru": [("_;", ";")],
    "en": [(";", ""), ("i@_r", "I_r")],
    "kk": [("@_j", "i"), ("I_j", "i"), *((f"{c}_w", f"{c}_u") for c in "b d f g G h j k l L m n N p q r * s S t v x z Z ?".split())],
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
    if library.espeak_SetVoiceByName(VOICES[language].encode()):
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
    return (usual, *_also(word, usual, language))


def _also(word: str, usual: tuple[str, ...], language: str) -> list[tuple[str, ...]]:
    """Other ways to say a word, by rule."""
    if language == "ru" and word.endswith("дцать") and usual[-2] == "V":
        return [usual[:-2] + usual[-1:]]
    if language == "kk" and word.startswith("е"):
        return [("j", *usual)]
    return []


def _reduce(said: str, language: str) -> tuple[str, ...]:
    for text, other in _REPLACED[language]:
        said = said.replace(text, other)
    phones: list[str] = []
    for token in re.split(r"[_ |]+", said):
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
