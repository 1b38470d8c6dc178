"""Cuts a message into the statements that it may hold: sentences and lines, the richest in words first."""

import re
from itertools import islice

from bot.matching.conflicts import read

MOST_SENTENCES = 40
"""So many sentences of a message are looked up; a recorded claim needs one."""
LONGEST_SENTENCE = 600
_MOST_ENDS = 4_000
"""Ends of sentences that are looked at; a text with more is no prose."""
_END = re.compile(r"(?<=[.!?…;])[\"'”’)\]]*\s+|\n+|\s+[•|]\s+")
_ABBREVIATION = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|St|Sen|Rep|Gov|Gen|Lt|Col|Prof|No|vs|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec|[A-Z])\.$"
)
_TALK = re.compile(
    r"^(?:(?:hey|hi|hello|sorry|ok|okay|omg|lol|guys|folks|quick q\w*|(?:a )?(?:quick )?question)\b[^,:;–—]*"
    r"|[^,:;–—]*\b(?:i|im|i'm|i've|ive|my|we|our|me)\b[^,:;–—]*)[,:;–—]+\s+",
    re.IGNORECASE,
)
_LEAST_LEFT = 3


def without_talk(sentence: str) -> str:
    """Return a sentence without the clauses before it in which somebody talks of himself: `at lunch we argued, …`.

    A clause with a name, a number or a date in it stays.
    """
    while match := _TALK.match(sentence):
        rest, clause = sentence[match.end() :], read(match[0])
        if clause.names or clause.quantities or clause.dates or len(rest.split()) < _LEAST_LEFT:
            break
        sentence = rest
    return sentence


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
