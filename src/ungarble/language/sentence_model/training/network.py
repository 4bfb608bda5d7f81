"""The network as it is trained (PyTorch). The same in numpy, for use: ``ungarble.language.sentence_model.network``."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from ungarble.language.sentence_model.features import PIECES, SURROUNDINGS
from ungarble.language.sentence_model.training.settings import Shape

MARK_CLASSES, CASE_CLASSES = 4, 3


class Network(nn.Module):
    """Embeddings of words, pieces of spelling, pairs of words and surroundings; then gated dilated convolutions."""

    def __init__(self, shape: Shape, pairs: int) -> None:
        super().__init__()
        width = shape.width
        self.words = nn.Embedding(shape.words + 2, shape.embedding)
        self.pieces = nn.Embedding(shape.pieces, shape.embedding)
        self.pairs = nn.Embedding(pairs + 1, shape.embedding)
        self.surroundings = nn.Embedding(SURROUNDINGS, shape.embedding)
        for table, scale in ((self.words, 0.5), (self.pieces, 0.2), (self.pairs, 0.1), (self.surroundings, 0.5)):
            nn.init.normal_(table.weight, std=scale)
        self.dropout = nn.Dropout(shape.dropout)
        self.enter = nn.Linear(shape.embedding, width)
        self.layers = nn.ModuleList(nn.Linear(3 * width, 2 * width) for _ in shape.dilations)
        self.dilations = shape.dilations
        self.leave = nn.Linear(width, MARK_CLASSES + CASE_CLASSES + 1)
        for layer in self.layers:
            nn.init.normal_(layer.weight, std=1.4 / (3 * width) ** 0.5)  # type: ignore[arg-type]

    def forward(self, word: Tensor, piece: Tensor, pair: Tensor, around: Tensor) -> Tensor:
        """Scores of every class for every word: marks, cases, name; shape (texts, words, 8)."""
        spelled = functional.embedding_bag(piece.reshape(-1, PIECES), self.pieces.weight, mode="sum")
        found = self.words(word) + self.pairs(pair) + self.surroundings(around) + spelled.view(*word.shape, -1)
        flow = self.enter(self.dropout(found))
        for layer, step in zip(self.layers, self.dilations, strict=True):
            padded = functional.pad(flow, (0, 0, step, step))
            length = flow.shape[1]
            beside = torch.cat([padded[:, :length], flow, padded[:, 2 * step :]], dim=2)
            value, gate = layer(beside).chunk(2, dim=2)
            flow = flow + value * torch.sigmoid(gate)
        scores: Tensor = self.leave(functional.relu(flow))
        return scores
