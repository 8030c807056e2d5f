# mypy: disable-error-code="import-not-found,misc,no-any-return,unused-ignore"
"""The network: MiniLM's encoder with a span head and a relevance head."""

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

_HIDDEN, _HEADS, _INNER, _LAYERS, _EPS = 384, 12, 1536, 6, 1e-12
_WORDS, _POSITIONS = 30522, 512


class _Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(_HIDDEN, 3 * _HIDDEN)
        self.out = nn.Linear(_HIDDEN, _HIDDEN)
        self.out_norm = nn.LayerNorm(_HIDDEN, eps=_EPS)
        self.inner = nn.Linear(_HIDDEN, _INNER)
        self.outer = nn.Linear(_INNER, _HIDDEN)
        self.outer_norm = nn.LayerNorm(_HIDDEN, eps=_EPS)

    def forward(self, x: Tensor, hidden_keys: Tensor | None) -> Tensor:
        batch, length, width = x.shape[0], x.shape[1], _HIDDEN // _HEADS
        # batched products by hand: the fused kernel is several times slower for short bf16 sequences on a CPU
        query, key, value = self.qkv(x).view(batch, length, 3, _HEADS, width).permute(2, 0, 3, 1, 4).unbind(0)
        scores = torch.matmul(query, key.transpose(-1, -2)) * width**-0.5
        if hidden_keys is not None:
            scores = scores + hidden_keys
        mixed = torch.matmul(torch.softmax(scores, -1), value).transpose(1, 2).reshape(batch, length, _HIDDEN)
        x = self.out_norm(x + self.out(mixed))
        return self.outer_norm(x + self.outer(functional.gelu(self.inner(x))))


class ReaderNetwork(nn.Module):
    """Token ids to `(start, end, relevance)` logits; position 0 of start and end is null."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(_WORDS, _HIDDEN)
        self.positions = nn.Embedding(_POSITIONS, _HIDDEN)
        self.segments = nn.Embedding(2, _HIDDEN)
        self.norm = nn.LayerNorm(_HIDDEN, eps=_EPS)
        self.layers = nn.ModuleList(_Layer() for _ in range(_LAYERS))
        self.span = nn.Linear(_HIDDEN, 2)
        self.pooled = nn.Linear(_HIDDEN, _HIDDEN)
        self.relevance = nn.Linear(_HIDDEN, 1)

    def forward(self, ids: Tensor, segments: Tensor, mask: Tensor | None) -> tuple[Tensor, Tensor, Tensor]:
        """Logits of shape `(batch, length)` twice and `(batch,)`; `mask` is 0 on padding, None where there is none."""
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.norm(self.words(ids) + self.positions(places) + self.segments(segments))
        hidden_keys = None if mask is None else ((1.0 - mask.to(x.dtype)) * -10000.0)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, hidden_keys)
        spans = self.span(x)
        relevance = self.relevance(torch.tanh(self.pooled(x[:, 0])))
        return spans[..., 0], spans[..., 1], relevance[:, 0]

    def trained(self, frozen_layers: int) -> list[nn.Parameter]:
        """What is trained: the layers after the first `frozen_layers`, and the heads.

        Word and position embeddings never are; the others of the input only when every layer is.
        """
        parts = [*self.layers[frozen_layers:], self.span, self.pooled, self.relevance]
        if not frozen_layers:
            parts += [self.segments, self.norm]
        return [parameter for part in parts for parameter in part.parameters()]


def from_minilm(weights: Path) -> ReaderNetwork:
    """The network with the encoder of a BERT checkpoint; the heads are new."""
    given = load_file(str(weights))
    given = {name.removeprefix("bert."): tensor for name, tensor in given.items()}
    state = {
        "words.weight": given["embeddings.word_embeddings.weight"],
        "positions.weight": given["embeddings.position_embeddings.weight"],
        "segments.weight": given["embeddings.token_type_embeddings.weight"],
        "norm.weight": given["embeddings.LayerNorm.weight"],
        "norm.bias": given["embeddings.LayerNorm.bias"],
    }
    for number in range(_LAYERS):
        theirs, ours = f"encoder.layer.{number}.", f"layers.{number}."
        for kind in ("weight", "bias"):
            parts = [given[f"{theirs}attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
            state[f"{ours}qkv.{kind}"] = torch.cat(parts)
            state[f"{ours}out.{kind}"] = given[f"{theirs}attention.output.dense.{kind}"]
            state[f"{ours}out_norm.{kind}"] = given[f"{theirs}attention.output.LayerNorm.{kind}"]
            state[f"{ours}inner.{kind}"] = given[f"{theirs}intermediate.dense.{kind}"]
            state[f"{ours}outer.{kind}"] = given[f"{theirs}output.dense.{kind}"]
            state[f"{ours}outer_norm.{kind}"] = given[f"{theirs}output.LayerNorm.{kind}"]
    network = ReaderNetwork()
    heads = {n: p for n, p in network.state_dict().items() if n.split(".")[0] in ("span", "pooled", "relevance")}
    network.load_state_dict({**state, **heads})
    return network
