"""The parts of libvosk's C interface that the evaluation needs."""

from __future__ import annotations

import ctypes
import functools
import json
import os
import subprocess
import zipfile
from pathlib import Path

import numpy as np

ARTIFACT = "com.alphacephei:vosk:0.3.45"
JAR = "com/alphacephei/vosk/0.3.45/vosk-0.3.45.jar"
INSIDE = "linux-x86-64/libvosk.so"
CHUNK = 3200


@functools.cache
def _library() -> ctypes.CDLL:
    """libvosk.so named by LIBVOSK, or out of the jar that Maven has or gets."""
    path = os.environ.get("LIBVOSK")
    if not path:
        cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "qonyrau-speech"
        cache.mkdir(parents=True, exist_ok=True)
        path = str(cache / "libvosk.so")
        if not Path(path).exists():
            jar = Path.home() / ".m2/repository" / JAR
            if not jar.exists():
                subprocess.run(["mvn", "-q", "-B", "dependency:get", f"-Dartifact={ARTIFACT}"], check=True)
            with zipfile.ZipFile(jar) as file:
                Path(path).write_bytes(file.read(INSIDE))
    library = ctypes.CDLL(path)
    for f in ("vosk_model_new", "vosk_recognizer_new", "vosk_recognizer_new_grm"):
        getattr(library, f).restype = ctypes.c_void_p
    for f in ("vosk_recognizer_result", "vosk_recognizer_final_result"):
        getattr(library, f).restype = ctypes.c_char_p
    library.vosk_set_log_level(-1)
    return library


class Model:
    def __init__(self, folder: Path) -> None:
        self.handle = ctypes.c_void_p(_library().vosk_model_new(str(folder).encode()))
        if not self.handle:
            raise RuntimeError(f"Vosk refuses the model in {folder}")

    def knows(self, word: str) -> bool:
        return _library().vosk_model_find_word(self.handle, word.encode()) >= 0

    def hear(self, samples: np.ndarray, phrases: list[str] | None = None) -> str:
        """What the model understands, with or without a phrase list."""
        library, rate = _library(), ctypes.c_float(8000)
        if phrases is None:
            recognizer = ctypes.c_void_p(library.vosk_recognizer_new(self.handle, rate))
        else:
            listed = json.dumps(phrases, ensure_ascii=False).encode()
            recognizer = ctypes.c_void_p(library.vosk_recognizer_new_grm(self.handle, rate, listed))
        heard, data = [], np.asarray(samples).astype("<i2").tobytes()
        for i in range(0, len(data), CHUNK):
            piece = data[i : i + CHUNK]
            if library.vosk_recognizer_accept_waveform(recognizer, piece, len(piece)):
                heard.append(json.loads(library.vosk_recognizer_result(recognizer))["text"])
        heard.append(json.loads(library.vosk_recognizer_final_result(recognizer))["text"])
        library.vosk_recognizer_free(recognizer)
        return " ".join(h for h in heard if h)
