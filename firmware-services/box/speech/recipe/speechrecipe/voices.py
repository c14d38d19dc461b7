"""The voices that read the corpus: their licences, what each may be used for, and how they are made to speak.

Licences are those in the copyright files of Debian's packages rhvoice-* 1.14.0, festvox-*, flite and espeak-ng. A
voice whose licence forbids commercial use or derivatives is never trained on: `use` is then dev or test.
"""

from __future__ import annotations

import ctypes
import math
import random
import subprocess
import tempfile
import wave
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.signal import resample_poly

from speechrecipe import spelling

RATE = 8000


ESPEAK_VARIANTS = tuple(
    "m1 m2 m3 m4 m5 m6 m7 f1 f2 f3 f4 f5 klatt klatt2 klatt3 croak Andy Annie Gene Lee Mario Alicia Denis "
    "Michael Diogo Hugo John".split()
)
# Kazakh has little else: more of them, and some for dev and test alone.
KAZAKH_VARIANTS = (
    *ESPEAK_VARIANTS,
    *(
        "Alex Andrea Gene2 Henrique Jacky Marco Mike adam anika antonio aunty belinda boris caleb david edward gustave "
        "iven iven3 linda marcelo max michel miguel norbert paul pedro rob robert sandro shelby steph travis victor zac "
        "klatt4 klatt5 klatt6"
    ).split(),
)


@dataclass(frozen=True)
class Voice:
    name: str
    engine: str
    licence: str
    use: str  # train, dev or test
    share: float = 1.0  # of the utterances of a full training voice
    spelling: Callable[[str], str | None] = spelling.as_it_is
    speaker: str = ""  # the engine's name of the voice, if it is not `name`
    variants: tuple[str, ...] = ESPEAK_VARIANTS


NC_ND = "CC-BY-NC-ND-4.0"
CMU = spelling.english
VOICES: dict[str, list[Voice]] = {
    "ru": [
        Voice("aleksandr", "rhvoice", "GPL-2+", "train"),
        Voice("aleksandr-hq", "rhvoice", "CC-BY-SA-4.0", "train"),
        Voice("anna", "rhvoice", "GPL-2+", "train"),
        Voice("elena", "rhvoice", "GPL-3", "train"),
        Voice("irina", "rhvoice", "GPL-2+", "train"),
        Voice("msu_ru_nsh_clunits", "festival", "BSD-like", "train", 0.5),
        Voice("ru", "espeak", "GPL-3+", "train", 0.5),
        *(Voice(v, "rhvoice", NC_ND, "dev") for v in "arina artemiy pavel tatiana".split()),
        *(
            Voice(v, "rhvoice", NC_ND, "test")
            for v in "evgeniy-rus mikhail timofey umka victoria vitaliy vitaliy-ng vsevolod yuriy".split()
        ),
    ],
    # slt has three voices here and all are trained on; ked and rms have none elsewhere. awb would be alan again.
    "en": [
        Voice("alan", "rhvoice", "GPL-2+", "train", 1.0, CMU),
        Voice("bdl", "rhvoice", "GPL-2+", "train", 1.0, CMU),
        Voice("clb", "rhvoice", "GPL-2+", "train", 1.0, CMU),
        Voice("slt", "rhvoice", "CMU", "train", 1.0, CMU),
        Voice("kal_diphone", "festival", "BSD-like", "train", 0.5, CMU),
        Voice("cmu_us_slt_arctic_hts", "festival", "BSD-like", "train", 0.3, CMU),
        Voice("slt-flite", "flite", "BSD-like", "train", 0.2, CMU, "slt"),
        Voice("en-us", "espeak", "GPL-3+", "train", 0.5, spelling.tenge_said),
        Voice("en-gb-scotland", "espeak", "GPL-3+", "train", 0.3, spelling.tenge_said),
        Voice("ked_diphone", "festival", "BSD-like", "dev", spelling=CMU),
        Voice("evgeniy-eng", "rhvoice", NC_ND, "dev", spelling=CMU),
        Voice("rms", "flite", "BSD-like", "test", spelling=CMU),
        Voice("lyubov", "rhvoice", NC_ND, "test", spelling=CMU),
        Voice("en-029", "espeak", "GPL-3+", "test", spelling=spelling.tenge_said),
    ],
    "kk": [
        Voice("kk", "espeak", "GPL-3+", "train", 2.5, variants=KAZAKH_VARIANTS),
        Voice("azamat", "rhvoice", "GPL-2+", "train", 1.2, spelling.kyrgyz),
        Voice("nazgul", "rhvoice", "GPL-2+", "train", 1.2, spelling.kyrgyz),
        Voice("kk-dev", "espeak", "GPL-3+", "dev", speaker="kk", variants=("benjamin", "grandma", "ed", "steph2")),
        Voice("kk-test", "espeak", "GPL-3+", "test", speaker="kk", variants=("pablo", "quincy", "m8", "anikaRobot", "steph3", "iven4")),
    ],
}


def to_telephone_rate(samples: np.ndarray, rate: int) -> np.ndarray:
    divisor = math.gcd(RATE, rate)
    return resample_poly(samples.astype(np.float64), RATE // divisor, rate // divisor)


def trim(x: np.ndarray) -> np.ndarray:
    """Without the near-silence at both ends, but for a quarter of a second."""
    level = np.abs(x)
    loud = np.nonzero(level > max(60, 0.01 * level.max()))[0]
    return x[max(0, loud[0] - 2000) : loud[-1] + 2000] if len(loud) else x[:0]


class RHVoice:
    """RHVoice's C library. Twenty times faster than starting its program for each sentence."""

    _RATE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int, ctypes.c_void_p)
    _PLAY = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_uint, ctypes.c_void_p)

    class _Callbacks(ctypes.Structure):
        pass

    class _Engine(ctypes.Structure):
        pass

    class _Message(ctypes.Structure):
        _fields_ = (
            [("profile", ctypes.c_char_p)]
            + [(n, ctypes.c_double) for n in ("rate", "pitch", "volume", "relative_rate", "relative_pitch", "relative_volume")]
            + [("punctuation", ctypes.c_int), ("punctuation_list", ctypes.c_char_p), ("capitals", ctypes.c_int), ("flags", ctypes.c_int)]
        )

    _Callbacks._fields_ = [("rate", _RATE), ("play", _PLAY)] + [(f"unused{i}", ctypes.c_void_p) for i in range(7)]
    _Engine._fields_ = [
        ("data", ctypes.c_char_p), ("config", ctypes.c_char_p), ("resources", ctypes.c_void_p),
        ("callbacks", _Callbacks), ("options", ctypes.c_uint),
    ]

    def __init__(self) -> None:
        self.library = library = ctypes.CDLL("libRHVoice.so.5")
        library.RHVoice_new_tts_engine.restype = library.RHVoice_new_message.restype = ctypes.c_void_p
        self.rate, self.heard = 24000, []
        self.keep = (self._RATE(self._set_rate), self._PLAY(self._play))  # the library holds bare pointers to these
        self.parameters = self._Engine(data=b"/usr/share/RHVoice", config=b"/etc/RHVoice")
        self.parameters.callbacks.rate, self.parameters.callbacks.play = self.keep
        self.engine = ctypes.c_void_p(library.RHVoice_new_tts_engine(ctypes.byref(self.parameters)))
        if not self.engine:
            raise RuntimeError("RHVoice does not start")

    def _set_rate(self, rate: int, _: object) -> int:
        self.rate = rate
        return 1

    def _play(self, samples: object, count: int, _: object) -> int:
        self.heard.append(np.ctypeslib.as_array(samples, (count,)).copy())
        return 1

    def say(self, voice: str, text: str, rate: float, pitch: float) -> np.ndarray:
        self.heard = []
        how = self._Message(profile=voice.encode(), relative_rate=rate, relative_pitch=pitch, relative_volume=1.0)
        data = text.encode()
        message = ctypes.c_void_p(self.library.RHVoice_new_message(self.engine, data, len(data), 0, ctypes.byref(how), None))
        if not message:
            raise RuntimeError(f"RHVoice has no voice {voice}")
        self.library.RHVoice_speak(message)
        self.library.RHVoice_delete_message(message)
        return to_telephone_rate(np.concatenate(self.heard), self.rate) if self.heard else np.zeros(0)


def _read(path: Path) -> np.ndarray:
    try:
        with wave.open(str(path)) as file:
            return to_telephone_rate(np.frombuffer(file.readframes(file.getnframes()), "<i2"), file.getframerate())
    except (OSError, EOFError, wave.Error):
        return np.zeros(0)  # festival gives up on a sentence now and then


def read_aloud(voice: Voice, sentences: list[str], seed: int, plain: bool) -> list[np.ndarray]:
    """The sentences in the voice at 8 kHz, with changing rate, pitch and pauses unless `plain`; empty where it failed."""
    r = random.Random(seed)
    speaker = voice.speaker or voice.name
    written = [voice.spelling(s) or "" for s in sentences]
    if voice.engine == "rhvoice":
        engine = RHVoice()
        return [trim(engine.say(speaker, *_manner(s, r, plain))) for s in written]
    if voice.engine == "espeak":
        return [_espeak(f"{speaker}+{r.choice(voice.variants)}", s, r) for s in written]
    if voice.engine == "flite":
        return [_flite(speaker, s, 1.0 if plain else r.uniform(0.75, 1.25)) for s in written]
    return [x for i in range(0, len(written), 100) for x in _festival(speaker, written[i : i + 100])]


def _manner(sentence: str, r: random.Random, plain: bool) -> tuple[str, float, float]:
    if plain:
        return sentence + ".", 1.0, 1.0
    words = sentence.split()
    if len(words) > 3 and r.random() < 0.35:
        words[r.randint(0, len(words) - 2)] += ","
    return " ".join(words) + r.choice("...?!"), r.uniform(0.8, 1.45), r.uniform(0.75, 1.3)


def _espeak(voice: str, sentence: str, r: random.Random) -> np.ndarray:
    command = ["espeak-ng", "-v", voice, "-s", str(r.randint(125, 215)), "-p", str(r.randint(15, 85)), "--stdout", sentence + "."]
    data = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout
    return trim(to_telephone_rate(np.frombuffer(data[44 : len(data) // 2 * 2], "<i2"), 22050))


def _flite(voice: str, sentence: str, stretch: float) -> np.ndarray:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "said.wav")
        subprocess.run(["flite", "-voice", voice, "--setf", f"duration_stretch={stretch:.2f}", "-t", sentence, "-o", str(file)], check=True)
        return trim(_read(file))


def _festival(voice: str, sentences: list[str]) -> list[np.ndarray]:
    with tempfile.TemporaryDirectory() as folder:
        script = [f"(voice_{voice})"]
        script += [f'(utt.save.wave (utt.synth (Utterance Text "{s}")) "{folder}/{i}.wav" \'riff)' for i, s in enumerate(sentences)]
        Path(folder, "script.scm").write_text("\n".join(script), "utf8")
        subprocess.run(["festival", "-b", f"{folder}/script.scm"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return [trim(_read(Path(folder, f"{i}.wav"))) for i in range(len(sentences))]
