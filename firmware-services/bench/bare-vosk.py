"""The least that can be done with libvosk: one loop, one thread, no service around it.

    python3 bare-vosk.py LIBVOSK MODEL PIECE_BYTES PCM...

Decodes each file of 16-bit samples at 8 kHz by itself, asks for the same results as the box does,
and prints the seconds of audio and of processor time, the model's loading left out.
"""

import ctypes
import resource
import sys


def main(library, model, piece, files):
    vosk = ctypes.CDLL(library)
    for name in ("vosk_model_new", "vosk_recognizer_new"):
        getattr(vosk, name).restype = ctypes.c_void_p
    for name in ("result", "partial_result", "final_result"):
        getattr(vosk, "vosk_recognizer_" + name).restype = ctypes.c_char_p
        getattr(vosk, "vosk_recognizer_" + name).argtypes = [ctypes.c_void_p]
    vosk.vosk_recognizer_new.argtypes = [ctypes.c_void_p, ctypes.c_float]
    vosk.vosk_recognizer_set_words.argtypes = [ctypes.c_void_p, ctypes.c_int]
    vosk.vosk_recognizer_accept_waveform.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
    vosk.vosk_recognizer_free.argtypes = [ctypes.c_void_p]
    vosk.vosk_set_log_level(-1)

    loaded = vosk.vosk_model_new(model.encode())
    if not loaded:
        sys.exit("libvosk does not load " + model)
    before = cpu()
    samples = 0
    for file in files:
        with open(file, "rb") as source:
            pcm = source.read()
        ears = vosk.vosk_recognizer_new(loaded, 8000.0)
        vosk.vosk_recognizer_set_words(ears, 1)
        for at in range(0, len(pcm), piece):
            part = pcm[at : at + piece]
            if vosk.vosk_recognizer_accept_waveform(ears, part, len(part)):
                vosk.vosk_recognizer_result(ears)
            else:
                vosk.vosk_recognizer_partial_result(ears)
        vosk.vosk_recognizer_final_result(ears)
        vosk.vosk_recognizer_free(ears)
        samples += len(pcm) // 2
    print(samples / 8000, cpu() - before)


def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4:])
