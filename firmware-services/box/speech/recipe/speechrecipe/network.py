"""The acoustic network: a TDNN-F over cepstra, one output row for each third frame."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import nn

BATCH_NORM_EPSILON = 1e-3
SKIP = 0.66


@dataclass(frozen=True)
class Shape:
    """Sizes of a network. `context` is how many frames it looks to each side."""

    width: int = 320
    bottleneck: int = 96
    layers: int = 8
    last: int = 192

    @property
    def context(self) -> int:
        return 3 + 3 * self.layers


def _norm(size: int) -> nn.BatchNorm1d:
    return nn.BatchNorm1d(size, affine=False, eps=BATCH_NORM_EPSILON)


class Network(nn.Module):
    def __init__(self, pdfs: int, shape: Shape, mean: torch.Tensor, deviation: torch.Tensor) -> None:
        super().__init__()
        self.shape = shape
        self.register_buffer("mean", mean)
        self.register_buffer("deviation", deviation)
        self.first, self.first_norm = nn.Linear(280, shape.width), _norm(shape.width)
        layers = range(shape.layers)
        self.narrow = nn.ModuleList(nn.Linear(2 * shape.width, shape.bottleneck, bias=False) for _ in layers)
        self.wide = nn.ModuleList(nn.Linear(2 * shape.bottleneck, shape.width) for _ in layers)
        self.norms = nn.ModuleList(_norm(shape.width) for _ in layers)
        self.last, self.out = nn.Linear(shape.width, shape.last, bias=False), nn.Linear(shape.last, pdfs)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """x: batch, frames + 2 context, 40; outside the utterance its first and last frame are repeated, as Kaldi does."""
        x = (x - self.mean) / self.deviation
        x = x.unfold(1, 7, 3).transpose(2, 3).flatten(2)
        h = self._normed(self.first_norm, torch.relu(self.first(x)))
        for narrow, wide, norm in zip(self.narrow, self.wide, self.norms):
            z = narrow(torch.cat([h[:, :-1], h[:, 1:]], 2))
            z = torch.relu(wide(torch.cat([z[:, :-1], z[:, 1:]], 2)))
            h = SKIP * h[:, 1:-1] + self._normed(norm, z)
        return self.out(self.last(h))

    @staticmethod
    def _normed(norm: nn.BatchNorm1d, z: torch.Tensor) -> torch.Tensor:
        return norm(z.flatten(0, 1)).view(z.shape)
