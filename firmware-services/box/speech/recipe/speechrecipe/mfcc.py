"""Cepstra equal to those that Kaldi computes inside libvosk, to about 1e-5 per coefficient."""

from __future__ import annotations

import numpy as np

RATE, WINDOW, SHIFT, FFT, SIZE = 8000, 200, 80, 256, 40
LOW_HERTZ, HIGH_HERTZ, LIFTER, PREEMPHASIS = 20.0, 3700.0, 22.0, 0.97


def _mel(hertz: np.ndarray | float) -> np.ndarray:
    return 1127.0 * np.log1p(np.asarray(hertz, float) / 700.0)


def _filters() -> np.ndarray:
    low, step = _mel(LOW_HERTZ), (_mel(HIGH_HERTZ) - _mel(LOW_HERTZ)) / (SIZE + 1)
    place = (_mel(np.arange(FFT // 2) * RATE / FFT)[:, None] - low) / step - np.arange(SIZE)
    # Kaldi leaves out the bin at half the sampling rate.
    return np.vstack([np.maximum(0, np.minimum(place, 2 - place)), np.zeros((1, SIZE))])


def _transform() -> np.ndarray:
    k = np.arange(SIZE)[:, None]
    cosine = np.sqrt(2 / SIZE) * np.cos(np.pi / SIZE * (np.arange(SIZE) + 0.5) * k)
    cosine[0] = np.sqrt(1 / SIZE)
    return (cosine * (1 + 0.5 * LIFTER * np.sin(np.pi * k / LIFTER))).T


_POVEY = (0.5 - 0.5 * np.cos(2 * np.pi / (WINDOW - 1) * np.arange(WINDOW))) ** 0.85
_FILTERS = _filters()
# Log mel energies times this are the cepstra. It can be inverted, which training makes use of.
TRANSFORM = _transform()


def mfcc(samples: np.ndarray) -> np.ndarray:
    """(frames, 40) of samples at the scale of 16-bit integers; no frame for less than 25 ms."""
    x = np.asarray(samples, np.float64)
    if len(x) < WINDOW:
        return np.zeros((0, SIZE), np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(x, WINDOW)[::SHIFT].copy()
    frames -= frames.mean(1, keepdims=True)
    before = np.concatenate([frames[:, :1], frames[:, :-1]], 1)
    power = np.abs(np.fft.rfft((frames - PREEMPHASIS * before) * _POVEY, FFT)) ** 2
    log_mel = np.log(np.maximum(power @ _FILTERS, np.finfo(np.float32).eps))
    return (log_mel @ TRANSFORM).astype(np.float32)
