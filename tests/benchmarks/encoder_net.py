"""The cross-encoder as torch trains it; what it learned is run by bot/matching/cross_encoder.py without torch."""

import math
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from bot.matching.cross_encoder import HEADS
from bot.matching.wordpieces import END, START, pieces

BATCH = 32
SAME, CONFLICT, OTHER = range(3)
MOST_PIECES = 64
"""Word pieces of each text that it learns from: the bot reads fewer, and never more."""
WIDTH, WIDE, LAYERS, HIDDEN = 384, 1536, 6, 128
PLACES = 2 * MOST_PIECES + 3
DROPPED = 0.1
WARM = 0.06
"""Share of the steps in which the rate of learning rises; then it falls to nothing."""
FASTER = 5.0
"""How much faster the part learns that starts from nothing."""
SMOOTH = 0.02


class Example(NamedTuple):
    """A pair of texts: what it is (SAME, CONFLICT, OTHER), and how much it counts."""

    question: str
    claim: str
    label: int
    counts: float = 1.0


class Read(NamedTuple):
    """A pair as the network reads it: the numbers of its pieces, how many are the question's."""

    numbers: list[int]
    first: int


def read(question: str, claim: str) -> Read:
    """Cut a pair into pieces."""
    asked, said = pieces(question, MOST_PIECES), pieces(claim, MOST_PIECES)
    return Read([START, *asked, END, *said, END], len(asked) + 2)


class Layer(nn.Module):
    """One layer of the transformer."""

    def __init__(self) -> None:
        super().__init__()
        self.attend, self.gather = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.widen, self.narrow = nn.Linear(WIDTH, WIDE), nn.Linear(WIDE, WIDTH)
        self.gathered_norm, self.norm = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(DROPPED)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Return what the layer makes of a batch (pairs × pieces × width)."""
        size, length, _ = x.shape
        split = (y.view(size, length, HEADS, WIDTH // HEADS).transpose(1, 2) for y in self.attend(x).chunk(3, -1))
        seen = functional.scaled_dot_product_attention(*split, attn_mask=mask)
        x = self.gathered_norm(x + self.drop(self.gather(seen.transpose(1, 2).reshape(size, length, WIDTH))))
        wide = functional.gelu(self.widen(x), approximate="tanh")
        return self.norm(x + self.drop(self.narrow(wide)))


class Net(nn.Module):
    """The whole network; it starts as the sentence model in `folder` (all-MiniLM-L6-v2), its pieces `kept`."""

    def __init__(self, folder: Path, kept: Sequence[int]) -> None:
        super().__init__()
        start = load_file(folder / "model.safetensors")
        whole, scale = in_whole_numbers(start["embeddings.word_embeddings.weight"].float()[list(kept)])
        self.words = nn.Embedding.from_pretrained(whole * scale[:, None], freeze=True)
        self.places = nn.Parameter(start["embeddings.position_embeddings.weight"][:PLACES].float())
        self.sides = nn.Parameter(start["embeddings.token_type_embeddings.weight"].float())
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.head = nn.ModuleDict({"hidden": nn.Linear(4 * WIDTH, HIDDEN), "out": nn.Linear(HIDDEN, 3)})
        self.drop = nn.Dropout(DROPPED)
        _take(self.norm, start, "embeddings.LayerNorm")
        for at, layer in enumerate(self.layers):
            name = f"encoder.layer.{at}."
            attention = [f"{name}attention.self.{each}" for each in ("query", "key", "value")]
            for part in ("weight", "bias"):
                getattr(layer.attend, part).data = torch.cat([start[f"{each}.{part}"].float() for each in attention])
            _take(layer.gather, start, name + "attention.output.dense")
            _take(layer.gathered_norm, start, name + "attention.output.LayerNorm")
            _take(layer.widen, start, name + "intermediate.dense")
            _take(layer.narrow, start, name + "output.dense")
            _take(layer.norm, start, name + "output.LayerNorm")

    def forward(self, numbers: Tensor, side: Tensor, there: Tensor) -> Tensor:
        """Return the log odds of a batch."""
        x = self.words(numbers) + self.places[: numbers.shape[1]] + self.sides[side]
        x = self.drop(self.norm(x))
        mask = torch.zeros(len(there), 1, 1, there.shape[1]).masked_fill(~there[:, None, None, :], -1e4)
        for layer in self.layers:
            x = layer(x, mask)
        asked, said = _mean(x, there & (side == 0)), _mean(x, there & (side == 1))
        pooled = torch.cat([x[:, 0], (asked + said) / 2, asked * said, (asked - said).abs()], -1)
        return self.head["out"](torch.tanh(self.head["hidden"](self.drop(pooled))))


def _take(part: nn.Module, start: dict[str, Tensor], name: str) -> None:
    part.weight.data, part.bias.data = start[name + ".weight"].float(), start[name + ".bias"].float()


def _mean(x: Tensor, which: Tensor) -> Tensor:
    which = which.unsqueeze(-1).float()
    return (x * which).sum(1) / which.sum(1).clamp(min=1)


def in_whole_numbers(weights: Tensor) -> tuple[Tensor, Tensor]:
    """Return the rows of a matrix in whole numbers from -127 to 127, and each row's factor."""
    scale = weights.abs().amax(1).clamp(min=1e-9) / 127
    return (weights / scale[:, None]).round(), scale


def tensors(batch: Sequence[Read]) -> tuple[Tensor, Tensor, Tensor]:
    """Return numbers, side and presence of the pieces of several pairs."""
    longest = max(len(one.numbers) for one in batch)
    numbers = torch.zeros(len(batch), longest, dtype=torch.long)
    side, there = torch.zeros_like(numbers), torch.zeros_like(numbers, dtype=torch.bool)
    for at, one in enumerate(batch):
        size = len(one.numbers)
        numbers[at, :size] = torch.tensor(one.numbers)
        side[at, one.first : size] = 1
        there[at, :size] = True
    return numbers, side, there


def train(net: Net, examples: Sequence[Example], epochs: int, *, rate: float, told: Callable[[int], None]) -> None:
    """Train in place; `told` is called after each epoch."""
    rng = random.Random(0)
    torch.manual_seed(0)
    read_in = [(read(one.question, one.claim), one) for one in examples]
    body = [p for name, p in net.named_parameters() if p.requires_grad and not name.startswith("head")]
    groups = [{"params": body, "faster": 1.0}, {"params": list(net.head.parameters()), "faster": FASTER}]
    optimizer = torch.optim.AdamW(groups, lr=rate, weight_decay=0.01)
    steps = epochs * math.ceil(len(read_in) / BATCH)
    step, begun, shown = 0, time.monotonic(), 0.0
    net.train()
    for epoch in range(epochs):
        for batch in _batches(read_in, rng):
            step += 1
            share = min(step / (WARM * steps), 1.0) * (1 - step / steps)
            for group in optimizer.param_groups:
                group["lr"] = rate * share * group["faster"]
            loss = _loss(net, batch)
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad()
            shown = loss.item() if step == 1 else 0.98 * shown + 0.02 * loss.item()
            if step % 100 == 0:
                print(f"{step:,} of {steps:,} steps, loss {shown:.3f}, {time.monotonic() - begun:.0f} s", flush=True)
        told(epoch)


def _batches(read_in: list[tuple[Read, Example]], rng: random.Random) -> Iterator[list[tuple[Read, Example]]]:
    """Yield batches of pairs about equally long, in another order each time."""
    rng.shuffle(read_in)
    batches = []
    for at in range(0, len(read_in), 20 * BATCH):
        part = sorted(read_in[at : at + 20 * BATCH], key=lambda one: len(one[0].numbers))
        batches += [part[start : start + BATCH] for start in range(0, len(part), BATCH)]
    rng.shuffle(batches)
    yield from batches


def _loss(net: Net, batch: list[tuple[Read, Example]]) -> Tensor:
    labels = torch.tensor([example.label for _, example in batch])
    counts = torch.tensor([example.counts for _, example in batch])
    logits = net(*tensors([one for one, _ in batch]))
    losses = functional.cross_entropy(logits, labels, reduction="none", label_smoothing=SMOOTH)
    return (losses * counts).sum() / counts.sum()


def opinions(net: Net, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
    """Return the probabilities (pairs × same, conflict, other)."""
    net.eval()
    read_in = [read(*pair) for pair in pairs]
    order = sorted(range(len(pairs)), key=lambda at: len(read_in[at].numbers))
    found = np.zeros((len(pairs), 3))
    with torch.no_grad():
        for at in range(0, len(order), 2 * BATCH):
            places = order[at : at + 2 * BATCH]
            found[places] = net(*tensors([read_in[place] for place in places])).softmax(-1).numpy()
    net.train()
    return found


def stored(net: Net) -> dict[str, np.ndarray]:
    """Return the network as bot/matching/cross_encoder.py reads it."""
    table: dict[str, np.ndarray] = {}

    def rows(name: str, weights: Tensor) -> None:
        whole, scale = in_whole_numbers(weights.detach())
        table[name], table[name + ".scale"] = whole.numpy().astype(np.int8), scale.numpy()

    rows("words", net.words.weight)
    rows("places", net.places)
    table["sides"] = net.sides.detach().numpy()
    for name, part in [*net.named_modules()]:
        short = name.removeprefix("head.")
        if isinstance(part, nn.Linear):
            rows(short, part.weight)
            table[short + ".bias"] = part.bias.detach().numpy()
        elif isinstance(part, nn.LayerNorm):
            table[short + ".factor"], table[short + ".shift"] = part.weight.detach().numpy(), part.bias.detach().numpy()
    return table


def restore(net: Net, table: Mapping[str, np.ndarray]) -> None:
    """Give a network the weights of a `stored` one, to train it further."""
    rows = {name: table[name] * table[f"{name}.scale"][:, None] for name in table if f"{name}.scale" in table}
    state = {}
    for name in net.state_dict():
        part, _, last = name.removeprefix("head.").rpartition(".")
        if last in ("places", "sides"):
            state[name] = rows.get(last, table[last])
        elif last == "bias":
            state[name] = table.get(f"{part}.shift", table.get(f"{part}.bias"))
        else:
            state[name] = table.get(f"{part}.factor", rows.get(part))
    net.load_state_dict({name: torch.tensor(weights, dtype=torch.float32) for name, weights in state.items()})
