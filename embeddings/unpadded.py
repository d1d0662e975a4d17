"""Owns running transformer layers over texts of different lengths laid end to end. It does not own where weights come from, nor what is made of it.

No place is spent on padding, which in a batch of a long and a short question is every third (ByteTransformer, Zhai et al. 2023). Linear maps go
through oneDNN where torch was built with it: with AVX-512 they take half the time of torch's own. One of the few modules that import torch;
it is imported when a question is read, not before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from embeddings.reader_model import N_HEADS

Linear = Callable[[Tensor], Tensor]
"""A linear map from (n, in) to (n, out), perhaps with what follows it."""


@dataclass(frozen=True, slots=True)
class _Ready:
    """One layer, its linear maps ready to run."""

    qkv: Linear
    o: Linear
    n1: nn.Module
    a: Linear
    b: Linear
    n2: nn.Module

    def __call__(self, x: Tensor, lengths: Sequence[int]) -> Tensor:
        x = self.n1(x + self.o(_attention(self.qkv(x), lengths)))
        return torch.as_tensor(self.n2(x + self.b(self.a(x))))


@dataclass(frozen=True, slots=True)
class Unpadded:
    """Layers, ready to run one after another."""

    layers: tuple[_Ready, ...]

    @classmethod
    def of(cls, layers: Iterable[nn.Module]) -> Unpadded:
        """Make layers of the Reader (`Layer`) ready; their weights are copied for oneDNN."""
        return cls(tuple(_ready(layer) for layer in layers))

    @classmethod
    def of_bert(cls, layers: Iterable[nn.Module]) -> Unpadded:
        """The same of layers as transformers has them for BERT."""
        return cls(tuple(map(_ready_bert, layers)))

    def run(self, x: Tensor, lengths: Sequence[int]) -> tuple[Tensor, ...]:
        """What each layer makes of texts laid end to end: x of shape (n, dimension), `lengths` adding up to n; to be run in inference mode."""
        found = []
        for layer in self.layers:
            x = layer(x, lengths)
            found.append(x)
        return tuple(found)


def linear(weight: Tensor, bias: Tensor, *, gelu: bool = False) -> Linear:
    """A linear map of these weights, by oneDNN where torch has it; `gelu`: with that behind it."""
    if not _has_onednn():
        return _Plain(weight.detach(), bias.detach(), gelu)
    return _OneDnn(weight.detach().to_mkldnn(), bias.detach(), gelu)


@dataclass(frozen=True, slots=True)
class _Plain:
    weight: Tensor
    bias: Tensor
    gelu: bool

    def __call__(self, x: Tensor) -> Tensor:
        found = functional.linear(x, self.weight, self.bias)
        return functional.gelu(found) if self.gelu else found


@dataclass(frozen=True, slots=True)
class _OneDnn:
    weight: Tensor
    bias: Tensor
    gelu: bool

    def __call__(self, x: Tensor) -> Tensor:
        then, how = ("gelu", "none") if self.gelu else ("none", "")
        return torch.as_tensor(torch.ops.mkldnn._linear_pointwise(x, self.weight, self.bias, then, [], how))


def _has_onednn() -> bool:
    return bool(torch._C._has_mkldnn) and hasattr(torch.ops.mkldnn, "_linear_pointwise")


def _ready(layer: nn.Module) -> _Ready:
    return _Ready(
        _map_of(layer, "qkv"),
        _map_of(layer, "o"),
        layer.get_submodule("n1"),
        _map_of(layer, "a", gelu=True),
        _map_of(layer, "b"),
        layer.get_submodule("n2"),
    )


def _ready_bert(layer: nn.Module) -> _Ready:
    return _Ready(
        _map_of(layer, "attention.self.query", "attention.self.key", "attention.self.value"),
        _map_of(layer, "attention.output.dense"),
        layer.get_submodule("attention.output.LayerNorm"),
        _map_of(layer, "intermediate.dense", gelu=True),
        _map_of(layer, "output.dense"),
        layer.get_submodule("output.LayerNorm"),
    )


def _map_of(layer: nn.Module, *names: str, gelu: bool = False) -> Linear:
    """The linear maps of these names as one, side by side."""
    weight, bias = (torch.cat([layer.get_parameter(f"{name}.{of}") for name in names]) for of in ("weight", "bias"))
    return linear(weight, bias, gelu=gelu)


def _attention(qkv: Tensor, lengths: Sequence[int]) -> Tensor:
    """Each text reads itself alone; qkv of shape (n, 3 * dimension)."""
    found = []
    for rows in torch.split(qkv, list(lengths)):
        q, k, v = rows.view(len(rows), 3, N_HEADS, -1).permute(1, 2, 0, 3).unsqueeze(1)
        found.append(functional.scaled_dot_product_attention(q, k, v)[0].transpose(0, 1).flatten(1))
    return torch.cat(found)
