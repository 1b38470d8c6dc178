"""Cuts a message into the statements that it may hold: sentences and lines, the richest in words first."""

import re
from itertools import islice

from bot.matching.conflicts import read

MOST_SENTENCES = 40
"""So many sentences of a message are looked up; a recorded claim needs one."""
LONGEST_SENTENCE = 600
_MOST_ENDS = 2_000
"""Ends of sentences that are looked at; a text with more is no prose."""
_END = re.compile(r"(?<=[.!?…;])[\"'”’)\]]*\s+|\n+|\s+[•|]\s+")
_ABBREVIATION = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|St|Sen|Rep|Gov|Gen|Lt|Col|Prof|No|vs|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec|[A-Z])\.$"
)
_TALK = re.compile(
    r"^(?:(?:hey|hi|hiya|hello|sorry|ok|okay|omg|lol|guys|folks|quick q\w*|(?:a )?(?:quick )?question)\b[^,:;–—]*"
    r"|[^,:;–—]*\b(?:i|im|i'm|i've|ive|my|we|our|me)\b[^,:;–—]*)[,:;–—]+\s+",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"^.{0,300}?\b(?:my|me|us|our|someone|somebody|one person|one of|people|everyone|friends?|a guy|this lady)\b"
    r".{0,200}?\b(?:say(?:s|ing)?|said|tell(?:s|ing)?|told|claim(?:s|ing|ed)?|insist(?:s|ing|ed)?|swears?|swore"
    r"|wr(?:ites|ote)|posted|sent|going on|keeps? on|thinks?|reckons?|believes?|heard)\b"
    r"(?: to)?(?: me| us| everyone)?(?: about how)? that\s+",
    re.IGNORECASE | re.DOTALL,
)
"""Who told whom, with whatever names: `my brother in Cork keeps saying that …`."""
_SAYS_IT = re.compile(
    r"^(?=[^,:;–—]*\b(?:my|our|someone|somebody|a guy|a friend)\b)[^,:;–—]{1,200}[,:;–—]+\s*(?:and |but )?"
    r"(?:he|she|they)\s+(?:says?|said|claims?|claimed|swears?|swore|insists?|insisted|reckons?|thinks?)\s+(?:that\s+)?",
    re.IGNORECASE,
)
"""Who told it in a clause of its own: `my sister won't shut up about this, she says …`."""
_ASKED = re.compile(
    r"(?:(?<!\s)\s++[,;?!…]++|(?<![\s,;?!…])[,;?!…]++|(?<!\s)\s++[–—-]++)"
    r"(?=[^,;?!…–—]*+[?!.…]*+\s*+$)\s*+[^,;?!…–—]{0,200}\b(?:true|truth|confirm(?:ed)?|facts?|fact-?check|legit|real|right|know"
    r"|rumou?r|verify|verified|help|lol|happen(?:ed)?|correct|source|so|yes|no|or not|anyone|believe|thanks?"
    r"|pls|please)\b[^,;?!…–—]*[?!.…]*\s*$",
    re.IGNORECASE,
)
"""The clause behind a claim that asks whether it is so: `…, any truth to it?`. It begins where signs begin and is
looked into only when it is the last: a thousand question marks take no longer than other texts."""
_LEAST_LEFT, _MOST_CLAUSES = 3, 4


def without_talk(sentence: str) -> str:
    """Return a sentence without talk around what it says: `at lunch we argued, …`, `my aunt says that …`, `…, true?`.

    A clause with a name, a number or a date in it stays, but for who told it.
    """
    for pattern in (_TOLD, _SAYS_IT):
        if (told := pattern.match(sentence)) and len(sentence[told.end() :].split()) >= _LEAST_LEFT:
            sentence = sentence[told.end() :]
    for pattern in (_TALK, _ASKED) * _MOST_CLAUSES:
        if match := pattern.search(sentence):
            rest = sentence[match.end() :] if pattern is _TALK else sentence[: match.start()]
            sentence = rest if _is_talk(match[0], rest) else sentence
    return sentence


def _is_talk(clause: str, rest: str) -> bool:
    """Whether a clause names nothing and denies nothing, and leaves enough without it."""
    said = read(clause)
    return not (said.names or said.quantities or said.dates or said.denials) and len(rest.split()) >= _LEAST_LEFT


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
