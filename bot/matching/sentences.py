"""Cuts a message into the statements that it may hold: sentences and lines, the richest in words first."""

import re
from itertools import islice

MOST_SENTENCES = 40
"""So many sentences of a message are looked up; a recorded claim needs one."""
LONGEST_SENTENCE = 600
_MOST_ENDS = 4_000
"""Ends of sentences that are looked at; a text with more is no prose."""
_END = re.compile(r"(?<=[.!?…;])[\"'”’)\]]*\s+|\n+|\s+[•|]\s+")
_ABBREVIATION = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|St|Sen|Rep|Gov|Gen|Lt|Col|Prof|No|vs|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec|[A-Z])\.$"
)


def sentences(text: str) -> list[str]:
    """Return at most `MOST_SENTENCES` sentences of a cleaned text (line breaks kept), in their order."""
    pieces: list[str] = []
    start = 0
    for end in islice(_END.finditer(text), _MOST_ENDS):
        piece = text[start : end.start()].strip()
        if piece and not (piece[-1] == "." and _ABBREVIATION.search(piece[-8:])):
            pieces.append(piece[:LONGEST_SENTENCE])
            start = end.end()
    if last := text[start:].strip():
        pieces.append(last[:LONGEST_SENTENCE])
    if len(pieces) <= MOST_SENTENCES:
        return pieces
    longest = sorted(range(len(pieces)), key=lambda at: -len(pieces[at]))[:MOST_SENTENCES]
    return [pieces[at] for at in sorted(longest)]
