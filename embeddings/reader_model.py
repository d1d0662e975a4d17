"""Owns the Reader's network, as a torch module. It does not own its weights on disk, nor how it is trained.

One of the few modules that import torch; reader.py imports it when a Reader is opened, not before.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

DIMENSION = 384
N_HEADS = 12
_INNER = 1536
_NORM_EPSILON = 1e-12
_DROPOUT = 0.1
FAR = -1e4
"""Stands for minus infinity where a difference of two of them must stay a number."""


class Layer(nn.Module):
    """A transformer layer as BERT has it (Devlin et al. 2019), so that those of the bundled model can be its start."""

    def __init__(self) -> None:
        """Make it with random weights."""
        super().__init__()
        self.qkv = nn.Linear(DIMENSION, 3 * DIMENSION)
        self.o = nn.Linear(DIMENSION, DIMENSION)
        self.n1 = nn.LayerNorm(DIMENSION, eps=_NORM_EPSILON)
        self.a = nn.Linear(DIMENSION, _INNER)
        self.b = nn.Linear(_INNER, DIMENSION)
        self.n2 = nn.LayerNorm(DIMENSION, eps=_NORM_EPSILON)

    def forward(self, x: Tensor, far: Tensor) -> Tensor:
        """Read x of shape (n, length, dimension); `far` is added to the attention, 0 where a place is read and FAR where it is padding."""
        n, length, width = x.shape
        q, k, v = self.qkv(x).view(n, length, 3, N_HEADS, width // N_HEADS).permute(2, 0, 3, 1, 4)
        weights = (q @ k.transpose(-1, -2)) * (width // N_HEADS) ** -0.5 + far
        seen = (weights.softmax(-1).to(v.dtype) @ v).transpose(1, 2).reshape(n, length, width)
        x = self.n1(x + functional.dropout(self.o(seen), _DROPOUT, self.training))
        return torch.as_tensor(self.n2(x + self.b(functional.gelu(self.a(x)))))


class ReaderModel(nn.Module):
    """Layers that read question and passage as one text, with a score for the passage and one for each of its sentences."""

    def __init__(self, n_layers: int, width: int) -> None:
        """Make it with random weights; `width` is how many numbers are kept of each word piece of a passage."""
        super().__init__()
        self.layers = nn.ModuleList([Layer() for _ in range(n_layers)])
        self.seg = nn.Parameter(torch.zeros(2, DIMENSION))
        self.score = nn.Linear(DIMENSION, 1)
        self.tokw = nn.Linear(DIMENSION, 1)
        self.span = nn.Linear(DIMENSION, 2)
        self.scale = nn.Parameter(torch.tensor(0.5))
        self.down = nn.Linear(DIMENSION, width, bias=False)
        self.up = nn.Linear(width, DIMENSION)

    def forward(
        self, question: Tensor, asked: Tensor, passage: Tensor, mask: Tensor, sentence: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Log-odds of each passage, shape (n,), and of each sentence, shape (n, sentences), FAR where there is none; and where a short answer lies.

        The last is of shape (n, length, 2): the log-probabilities that it begins and that it ends with a word piece (Devlin et al. 2019).

        question: (n, length, dimension), with its mask `asked`.  passage: (n, length, width), with its mask.
        sentence: (n, length), the number of the sentence each word piece stands in.
        """
        x = torch.cat([question + self.seg[0], self.up(passage) + self.seg[1]], 1)
        far = (1 - torch.cat([asked, mask], 1)[:, None, None, :]) * FAR
        for layer in self.layers:
            x = layer(x, far.to(x.dtype))
        read = x[:, question.shape[1] :]
        ends = self.span(read).float().masked_fill(mask[..., None] == 0, FAR).log_softmax(1)
        return *self.judged(x[:, 0], self.tokw(read).squeeze(-1), mask, sentence), ends

    def judged(self, first: Tensor, words: Tensor, mask: Tensor, sentence: Tensor) -> tuple[Tensor, Tensor]:
        """The log-odds of `forward` from what the layers made of the first place, (n, dimension), and `tokw` of each word piece, (n, length)."""
        sentences = _by_sentence(words.float(), mask, sentence)
        best = sentences.max(1).values
        return self.score(first).squeeze(-1).float() + self.scale * best, sentences


def _by_sentence(words: Tensor, mask: Tensor, sentence: Tensor) -> Tensor:
    """The log of the mean of the exponentials of each sentence's word pieces: near the best of them, and blind to its length."""
    inside = functional.one_hot(sentence, int(sentence.max()) + 1) * mask.long().unsqueeze(-1)
    count = inside.sum(1)
    found = torch.logsumexp(words.unsqueeze(-1).masked_fill(inside == 0, FAR), 1) - count.clamp(min=1).float().log()
    return found.masked_fill(count == 0, FAR)
