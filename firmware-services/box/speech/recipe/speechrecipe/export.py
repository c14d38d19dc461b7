"""A trained network as Kaldi's final.mdl, and the model's settings.

Normalisation is folded into the affine layers, so that only three simple kinds of component are left.
Matrices are written with 16 bits per number (Kaldi's "CM2"): half the size, and scores differ less than
by rounding of features.
"""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import BinaryIO

import numpy as np
import torch

from speechrecipe.g2p import PHONES
from speechrecipe.network import BATCH_NORM_EPSILON, SKIP

FAIR = 0.1  # of words out of a list may be misunderstood by a model that is no experiment
MFCC_CONF = """\
--sample-frequency=8000
--use-energy=false
--num-mel-bins=40
--num-ceps=40
--low-freq=20
--high-freq=3700
--dither=0
"""
MODEL_CONF = """\
--min-active=200
--max-active=5000
--beam=12.0
--lattice-beam=2.0
--acoustic-scale=1.0
--frame-subsampling-factor=3
--endpoint.silence-phones=1
--endpoint.rule2.min-trailing-silence=0.5
--endpoint.rule3.min-trailing-silence=0.75
--endpoint.rule4.min-trailing-silence=1.0
"""


class KaldiFile:
    """Kaldi's binary format."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        file.write(b"\0B")

    def token(self, *tokens: str) -> None:
        self.file.write("".join(t + " " for t in tokens).encode())

    def raw(self, text: str) -> None:
        self.file.write(text.encode())

    def int(self, *values: int) -> None:
        for v in values:
            self.file.write(b"\4" + struct.pack("<i", v))

    def float(self, value: float) -> None:
        self.file.write(b"\4" + struct.pack("<f", value))

    def double(self, value: float) -> None:
        self.file.write(b"\10" + struct.pack("<d", value))

    def ints(self, values: list[int]) -> None:
        self.int(len(values))
        self.file.write(np.asarray(values, "<i4").tobytes())

    def vector(self, values: np.ndarray | list[float]) -> None:
        self.token("FV")
        self.int(len(values))
        self.file.write(np.asarray(values, "<f4").tobytes())

    def matrix(self, values: np.ndarray) -> None:
        low, size = float(values.min()), float(values.max() - values.min())
        self.token("CM2")
        self.file.write(struct.pack("<ffii", low, size, *values.shape))
        self.file.write(np.round((values - low) / size * 65535).astype("<u2").tobytes())


def phone_ids(phones: int) -> range:
    """Kaldi's phone ids: 1 is silence, then four for each phone: at a word's begin, inside, at its end, alone."""
    return range(1, 2 + 4 * (phones - 1))


def phone_of(phone_id: int) -> int:
    return 0 if phone_id == 1 else (phone_id - 2) // 4 + 1


def write_transitions(out: KaldiFile, phones: int) -> None:
    """One state for each phone; the four variants of a phone share its two pdfs."""
    ids = list(phone_ids(phones))
    out.token("<TransitionModel>", "<Topology>")
    out.ints(ids)
    out.ints([-1] + [0] * len(ids))
    out.int(-1, 1, 2)  # the self loop has a pdf of its own; one topology; of two states
    out.int(0, 1, 2, 0)
    out.float(0.5)
    out.int(1)
    out.float(0.5)
    out.int(-1, -1, 0)
    out.token("</Topology>", "<Tuples>")
    out.int(len(ids))
    for i in ids:
        out.int(i, 0, 2 * phone_of(i), 2 * phone_of(i) + 1)
    out.token("</Tuples>", "<LogProbs>")
    out.vector([0.0] + [float(np.log(0.5))] * (2 * len(ids)))
    out.token("</LogProbs>", "</TransitionModel>")


def write_network(out: KaldiFile, state: dict[str, np.ndarray], layers: int) -> None:
    config = ["input-node name=input dim=40"]
    components: list[tuple[str, str, tuple]] = []

    def norm(name: str) -> tuple[np.ndarray, np.ndarray]:
        scale = 1 / np.sqrt(state[f"{name}.running_var"] + BATCH_NORM_EPSILON)
        return scale, -state[f"{name}.running_mean"] * scale

    def affine(name: str, given: str, weight: np.ndarray, bias: np.ndarray) -> None:
        config.append(f"component-node name={name} component={name} input={given}")
        components.append((name, "FixedAffineComponent", (weight, bias)))

    def relu(name: str, given: str, size: int) -> None:
        config.append(f"component-node name={name} component={name} input={given}")
        components.append((name, "RectifiedLinearComponent", (size,)))

    weight = state["first.weight"] / np.tile(state["deviation"], 7)
    bias = state["first.bias"] - weight @ np.tile(state["mean"], 7)
    # A positive scale may go before the ReLU; the offset is carried on to whatever reads the node.
    scale, offset = norm("first_norm")
    width = len(bias)
    window = ", ".join("input" if t == 0 else f"Offset(input, {t})" for t in range(-3, 4))
    affine("first", f"Append({window})", weight * scale[:, None], bias * scale)
    relu("h0", "first", width)
    carried = offset
    for i in range(layers):
        h, n = f"h{i}", i + 1
        weight = state[f"narrow.{i}.weight"]
        affine(f"narrow{n}", f"Append(Offset({h}, -3), {h})", weight, weight @ np.tile(carried, 2))
        scale, offset = norm(f"norms.{i}")
        weight, bias = state[f"wide.{i}.weight"] * scale[:, None], state[f"wide.{i}.bias"] * scale
        affine(f"wide{n}", f"Append(narrow{n}, Offset(narrow{n}, 3))", weight, bias)
        relu(f"relu{n}", f"wide{n}", width)
        config.append(f"component-node name=h{n} component=sum{n} input=Sum(Scale({SKIP}, {h}), relu{n})")
        components.append((f"sum{n}", "NoOpComponent", (width,)))
        carried = SKIP * carried + offset
    weight = state["last.weight"]
    affine("last", f"h{layers}", weight, weight @ carried)
    affine("out", "last", state["out.weight"], state["out.bias"])
    config.append("output-node name=output input=out objective=linear")

    out.token("<Nnet3>")
    out.raw("\n" + "\n".join(config) + "\n\n")
    out.token("<NumComponents>")
    out.int(len(components))
    for name, kind, parameters in components:
        out.token("<ComponentName>", name, f"<{kind}>")
        if kind == "FixedAffineComponent":
            out.token("<LinearParams>")
            out.matrix(parameters[0])
            out.token("<BiasParams>")
            out.vector(parameters[1])
        elif kind == "NoOpComponent":
            out.token("<Dim>")
            out.int(*parameters)
            out.token("<BackpropScale>")
            out.float(1.0)
        else:
            out.token("<Dim>")
            out.int(*parameters)
            out.token("<ValueAvg>")
            out.vector([])
            out.token("<DerivAvg>")
            out.vector([])
            for statistic in ("<Count>", "<NumDimsSelfRepaired>", "<NumDimsProcessed>"):
                out.token(statistic)
                out.double(0.0)
        out.token(f"</{kind}>")
    out.token("</Nnet3>", "<LeftContext>")
    out.int(0)
    out.token("<RightContext>")
    out.int(0)
    out.token("<Priors>")
    out.vector([])


def card(model: Path, errors: float | None = None) -> None:
    """Writes into the model how well it understands people, which the box tells whoever uses it.

    `errors` is the share of words out of a list that were misunderstood; none if no person was asked.
    """
    people = "unmeasured" if errors is None else "fair" if errors <= FAIR else "poor"
    (model / "conf/card.conf").write_text(f"--on-people={people}\n")


def export(language: str, trained: Path, model: Path) -> None:
    """Writes `am/` and `conf/` of a model directory."""
    layers = json.loads((trained / "shape.json").read_text())["layers"]
    state = {k: v.double().numpy() for k, v in torch.load(trained / "network.pt").items()}
    for folder in ("am", "conf"):
        (model / folder).mkdir(parents=True, exist_ok=True)
    with open(model / "am/final.mdl", "wb") as file:
        out = KaldiFile(file)
        write_transitions(out, len(PHONES[language]))
        write_network(out, state, layers)
    (model / "conf/mfcc.conf").write_text(MFCC_CONF)
    (model / "conf/model.conf").write_text(MODEL_CONF)
    card(model)
