"""What a telephone call does to speech: rooms, bands, noise, levels and codecs."""

from __future__ import annotations

import subprocess

import numpy as np
from scipy.signal import fftconvolve, resample_poly

RATE = 8000
SPEEDS = ((25, 29), (10, 11), (20, 21), (40, 41), (40, 39), (20, 19), (10, 9), (25, 22), (25, 21))
GSM_SHARE, MU_LAW_SHARE, A_LAW_SHARE = 0.2, 0.2, 0.5  # Kazakhstan's networks use A-law; mobile calls end in GSM


def mu_law(x: np.ndarray) -> np.ndarray:
    size = np.minimum(np.abs(x.astype(np.float32)) / 32768, 1)
    code = np.round(np.log1p(255 * size) / np.log(256) * 127) / 127
    return np.sign(x) * np.expm1(code * np.log(256)) / 255 * 32768


def a_law(x: np.ndarray) -> np.ndarray:
    a, scale = 87.6, 1 + np.log(87.6)
    size = np.abs(x.astype(np.float32)) / 32768
    code = np.where(size < 1 / a, a * size, 1 + np.log(np.maximum(a * size, 1))) / scale
    code = np.round(code * 127) / 127 * scale
    return np.sign(x) * np.where(code < 1, code, np.exp(code - 1)) / a * 32768


def gsm(utterances: list[np.ndarray]) -> list[np.ndarray]:
    """GSM full rate, all in one run of sox; whole blocks of 160 samples keep the places of the cuts."""
    padded = [np.concatenate([x, np.zeros(-len(x) % 160)]) for x in utterances]
    raw = np.clip(np.concatenate(padded), -32768, 32767).astype("<i2").tobytes()
    plain = "-t raw -r 8000 -e signed -b 16 -c 1 -"
    command = f"sox {plain} -t gsm - | sox -t gsm -r 8000 -c 1 - {plain}"
    out = subprocess.run(command, shell=True, input=raw, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    heard, starts = np.frombuffer(out.stdout, "<i2"), np.cumsum([0] + [len(p) for p in padded])
    return [heard[s : s + len(x)].astype(np.float32) for s, x in zip(starts, utterances)]


def line(x: np.ndarray, rng: np.random.Generator, babble: list[np.ndarray], speeds: bool = True) -> np.ndarray:
    """The utterance after everything but the codec. `babble`: other utterances, for voices in the background."""
    x = x.astype(np.float32)
    if speeds and rng.random() < 0.8:
        x = resample_poly(x, *SPEEDS[rng.integers(len(SPEEDS))])
    x = np.concatenate([np.zeros(int(RATE * rng.uniform(0.05, 0.5))), x, np.zeros(int(RATE * rng.uniform(0.05, 0.5)))])
    if rng.random() < 0.3:
        x = _room(x, rng)
    x = _band(x, rng)
    x *= 10 ** (rng.uniform(-38, -11) / 20) * 32768 / _level(x)
    if rng.random() < 0.85:
        x = x + _noise(x, rng, babble)
    return np.round(np.clip(x + rng.standard_normal(len(x)) * rng.uniform(0.3, 3), -32767, 32767))


def nobody(rng: np.random.Generator) -> np.ndarray:
    """A second or two of a line on which nobody speaks: silence, hiss, hum, tones of exchanges, clicks, mixed."""
    length = int(RATE * rng.uniform(0.8, 2.2))
    t, kind = np.arange(length) / RATE, rng.random()
    x = np.zeros(length)
    if kind < 0.5:
        x = _coloured(length, rng.uniform(0, 2.2), rng)
    elif kind < 0.65:
        base = rng.choice((50.0, 100.0, 217.0))  # the mains, and the bursts of a GSM handset
        x = sum(rng.random() * np.sin(2 * np.pi * base * h * t + 6 * rng.random()) for h in range(1, 9))
    elif kind < 0.85:
        # ITU-T E.180, fax and DTMF: one or two frequencies, steady or in bursts.
        pairs = ((425, 0), (425, 0), (950, 1400), (1100, 0), (2100, 0), (1000, 0), (440, 480), (1400, 1800))
        keys = ((697, 1209), (770, 1336), (852, 1477), (941, 1336))
        one, other = (pairs + keys)[rng.integers(len(pairs) + len(keys))]
        x = np.sin(2 * np.pi * one * t) + (np.sin(2 * np.pi * other * t) if other else 0)
        if rng.random() < 0.6:
            burst = rng.uniform(0.08, 1.2)
            x = x * ((t + rng.uniform(0, burst)) % (2 * burst) < burst)
    elif kind < 0.95:
        for at in rng.integers(0, max(1, length - 200), rng.integers(1, 8)):
            size = rng.integers(2, 200)
            x[at : at + size] += rng.standard_normal(size) * np.exp(-np.arange(size) / rng.uniform(1, 60))
    peak = np.abs(x).max()
    if peak > 0:
        x = _band(x / peak, rng)
        x *= 10 ** (rng.uniform(-75, -12) / 20) * 32768 / (np.abs(x).max() + 1e-9)
    return np.round(np.clip(x + rng.standard_normal(length) * rng.uniform(0, 3), -32767, 32767))


def codecs(utterances: list[np.ndarray], rng: np.random.Generator) -> list[np.ndarray]:
    """Each utterance through the codec that falls to it."""
    kinds = rng.random(len(utterances))
    out = list(utterances)
    through_gsm = [i for i, k in enumerate(kinds) if k < GSM_SHARE]
    if through_gsm:
        for i, x in zip(through_gsm, gsm([utterances[i] for i in through_gsm])):
            out[i] = x
    for i, kind in enumerate(kinds):
        # A mobile call reaches the box in A-law as well.
        if kind < GSM_SHARE + A_LAW_SHARE:
            out[i] = a_law(out[i])
        elif kind < GSM_SHARE + A_LAW_SHARE + MU_LAW_SHARE:
            out[i] = mu_law(out[i])
    return out


def _level(x: np.ndarray) -> float:
    return float(np.sqrt(np.mean(x**2))) + 1e-9


def _room(x: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    length = int(RATE * rng.uniform(0.08, 0.5))
    echo = rng.standard_normal(length) * np.exp(-6.9 * np.arange(length) / length) * rng.uniform(0.05, 0.35)
    echo[0] = 1
    return fftconvolve(x, echo)[: len(x)]


def _band(x: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    spectrum = np.fft.rfft(x)
    hertz = np.linspace(0, RATE / 2, len(spectrum))
    knots = rng.normal(0, rng.uniform(0, 4.5), 8) + rng.normal(0, 2.0) * np.linspace(-1, 1, 8)
    gain = 10 ** (np.interp(hertz, [0, 250, 600, 1000, 1600, 2300, 3000, 4000], knots) / 20)
    if rng.random() < 0.65:
        gain /= np.sqrt(1 + (rng.uniform(60, 330) / np.maximum(hertz, 1)) ** 6)
    if rng.random() < 0.65:
        gain /= np.sqrt(1 + (hertz / rng.uniform(2900, 3900)) ** 24)
    return np.fft.irfft(spectrum * gain, len(x))


def _noise(x: np.ndarray, rng: np.random.Generator, babble: list[np.ndarray]) -> np.ndarray:
    kind, decibels = rng.random(), rng.uniform(4, 40)
    if kind < 0.55:
        noise = _coloured(len(x), rng.uniform(0, 2.2), rng)
    elif kind < 0.8:
        decibels, noise = max(decibels, 12), np.zeros(len(x))
        for _ in range(rng.integers(1, 6)):
            other = babble[rng.integers(len(babble))].astype(np.float32)
            noise += np.roll(np.resize(other, len(x)), rng.integers(len(x))) / (_level(other) + 1)
    else:
        t = np.arange(len(x)) / RATE
        noise = sum(rng.random() * np.sin(2 * np.pi * 50 * h * t + h) for h in (1, 2, 3, 5, 7))
        noise = noise + 0.3 * _coloured(len(x), 1, rng)
    return noise * _level(x) * 10 ** (-decibels / 20) / _level(noise)


def _coloured(length: int, slope: float, rng: np.random.Generator) -> np.ndarray:
    spectrum = np.fft.rfft(rng.standard_normal(length))
    return np.fft.irfft(spectrum / np.maximum(np.arange(len(spectrum)), 1.0) ** (slope / 2), length)
