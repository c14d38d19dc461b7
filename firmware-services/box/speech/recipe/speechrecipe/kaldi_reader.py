"""Reads the affine layers of a final.mdl, so that training can go on from a model of which only that is kept."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import numpy as np
import torch

from speechrecipe.network import Network


def affine_layers(path: Path) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Weight and bias by component name."""
    data = path.read_bytes()
    layers = {}
    for found in re.finditer(rb"<ComponentName> (\S+) <FixedAffineComponent> <LinearParams> ", data):
        at = found.end()
        if data[at : at + 3] == b"FM ":
            rows, columns = struct.unpack_from("<xixi", data, at + 3)
            weight = np.frombuffer(data, "<f4", rows * columns, at + 13)
            at += 13 + 4 * rows * columns
        elif data[at : at + 4] == b"CM2 ":
            low, size, rows, columns = struct.unpack_from("<ffii", data, at + 4)
            weight = np.frombuffer(data, "<u2", rows * columns, at + 20).astype(np.float32) / 65535 * size + low
            at += 20 + 2 * rows * columns
        else:
            raise ValueError(f"{path}: a matrix of a kind that is not known: {data[at : at + 4]!r}")
        at += len(b"<BiasParams> FV ")
        (count,) = struct.unpack_from("<xi", data, at)
        layers[found[1].decode()] = weight.reshape(rows, columns).copy(), np.frombuffer(data, "<f4", count, at + 5).copy()
    return layers


def start_from(network: Network, path: Path) -> None:
    """Fills a network of the same shape. The statistics of its normalisation are not in the file and are left to training."""
    read = iter(affine_layers(path).values())
    mean, deviation = network.mean.repeat(7), network.deviation.repeat(7)

    def fill(layer: torch.nn.Linear, from_raw: bool = False) -> None:
        weight, bias = map(torch.from_numpy, next(read))
        if from_raw:
            bias, weight = bias + weight @ mean, weight * deviation
        layer.weight.data.copy_(weight)
        if layer.bias is not None:  # the export moves offsets of normalisation into the others
            layer.bias.data.copy_(bias)

    fill(network.first, from_raw=True)
    for narrow, wide in zip(network.narrow, network.wide):
        fill(narrow)
        fill(wide)
    fill(network.last)
    fill(network.out)
