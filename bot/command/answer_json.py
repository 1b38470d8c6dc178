"""An answer as the JSON object that scripts rely on, and the questions that they send, one per line.

Keys and their order are a contract: adding one is a change, renaming one breaks people's scripts.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from bot.model import Answer, Claim, Explanation, Hit, Source
from bot.text import clean

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_LINE_ENDS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}
"""Some readers take these for line ends, and one object is one line: they are written as escapes."""


def answer_line(answer: Answer, *, explain: bool = False) -> str:
    """Return `answer` as one line of JSON that can always be encoded as UTF-8."""
    value = {
        "question": clean(answer.question),
        "outcome": str(answer.outcome),
        "reason": answer.reason,
        "claims": [_shown(hit, explain=explain) for hit in answer.hits],
        "candidates": [_candidate(hit, explain=explain) for hit in answer.candidates],
    }
    line = json.dumps(value, ensure_ascii=False, allow_nan=False).translate(_LINE_ENDS)
    return line.encode("utf-8", "replace").decode("utf-8")


def questions(lines: Iterable[bytes]) -> Iterator[str]:
    """Return the question in each line as soon as the line is there.

    A line that parses as a JSON string is that string; any other, an empty or ill-encoded one too, is the
    question itself.
    """
    for number, line in enumerate(lines):
        content = line.removeprefix(_BYTE_ORDER_MARK) if number == 0 else line
        yield _question(content.removesuffix(b"\n").removesuffix(b"\r").decode("utf-8", "surrogateescape"))


def _question(line: str) -> str:
    # Whatever else a line may parse as (a list nested 10,000 deep), it is no string.
    if not line.strip().startswith('"'):
        return line
    try:
        value = json.loads(line)
    except ValueError:
        return line
    return str(value)


def _shown(hit: Hit, *, explain: bool) -> dict[str, Any]:
    return {
        "id": hit.claim.id,
        "external_id": hit.claim.external_id,
        "space": hit.claim.space,
        "outcome": str(hit.outcome),
        **_on_record(hit.claim),
        "score": _score(hit),
        "difference": hit.difference,
        **_explained(hit, explain=explain),
    }


def _on_record(claim: Claim) -> dict[str, Any]:
    return {
        "text": claim.text,
        "claimant": claim.claimant,
        "claimant_role": claim.claimant_role,
        "said_on": claim.said_on,
        "occasion": claim.occasion,
        "via": claim.via,
        "attribution": str(claim.attribution),
        "status": str(claim.status),
        "status_note": claim.status_note,
        "status_on": claim.status_on,
        "sources": [_source(source) for source in claim.sources],
    }


def _source(source: Source) -> dict[str, str]:
    return {"title": source.title, "publisher": source.publisher, "url": source.url, "date": source.date}


def _candidate(hit: Hit, *, explain: bool) -> dict[str, Any]:
    return {
        "id": hit.claim.id,
        "external_id": hit.claim.external_id,
        "text": hit.claim.text,
        "claimant": hit.claim.claimant,
        "score": _score(hit),
        **_explained(hit, explain=explain),
    }


def _score(hit: Hit) -> float:
    return round(float(hit.score), 4)


def _explained(hit: Hit, *, explain: bool) -> dict[str, Any]:
    return {"explain": _explanation(hit.explanation)} if explain else {}


def _explanation(explanation: Explanation | None) -> dict[str, Any] | None:
    if explanation is None:
        return None
    return {
        "words": [
            {"word": word.word, "matched": word.matched, "how": word.how, "weight": _short(word.weight)}
            for word in explanation.words
        ],
        "signals": [
            {"name": name, "value": _short(value), "pull": _short(pull)} for name, value, pull in explanation.signals
        ],
        "conflicts": list(explanation.conflicts),
        "matched_phrasing": explanation.matched_phrasing,
    }


def _short(value: float) -> float:
    return round(float(value), 4)
