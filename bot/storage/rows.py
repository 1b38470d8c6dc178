"""Claims as rows and as JSON: the pure half of the store. No SQL here, no connection."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from enum import StrEnum
from typing import Any

from bot.errors import Refused
from bot.model import Attribution, Claim, Source, State, Status
from bot.text import normalised

PLAIN = (
    "space",
    "external_id",
    "state",
    "text",
    "claimant",
    "claimant_role",
    "said_on",
    "occasion",
    "via",
    "attribution",
    "status",
    "status_note",
    "status_on",
    "original_rating",
    "lang",
)
"""The fields of a claim that hold one value each: columns of the table `claims`, in this order."""

SOURCE = tuple(each.name for each in fields(Source))

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_SIGNS = re.compile(r"(?<!\w)[-−–](?=\.?\d)|[<>≤≥]")
_SIGN_WORDS = {"<": " less ", "≤": " less ", ">": " more ", "≥": " more "}
_WORDS: tuple[tuple[str, Mapping[str, StrEnum]], ...] = tuple(
    (name, {each.value: each for each in kind})
    for name, kind in (("state", State), ("attribution", Attribution), ("status", Status))
)


def known_as(text: str, claimant: str, said_on: str) -> str:
    """Return the key by which a row without an external id is recognised: normalised text, claimant and date.

    Signs that normalising drops but that change what is said (`-3%` and `3%`) stay in the key, and text
    without a letter or digit stands for itself.
    """
    signed = _SIGNS.sub(lambda sign: _SIGN_WORDS.get(sign.group(), " minus "), text)
    return "\n".join((normalised(signed) or text, normalised(claimant) or claimant, said_on))


def claim_row(claim: Claim) -> tuple[str, ...]:
    """Return the row of the table `claims`: id, the plain fields, the key."""
    plain = [str(getattr(claim, name)) for name in PLAIN]
    return (claim.id, *plain, known_as(claim.text, claim.claimant, claim.said_on))


def source_rows(claim: Claim) -> list[tuple[str, int, str, str, str, str]]:
    """Return the rows of the table `sources`."""
    return [
        (claim.id, place, each.title, each.publisher, each.url, each.date) for place, each in enumerate(claim.sources)
    ]


def phrasing_rows(claim: Claim) -> list[tuple[str, int, int, str]]:
    """Return the rows of the table `phrasings`: those that match (0) and those that never must (1)."""
    both = ((0, claim.phrasings), (1, claim.never_phrasings))
    return [(claim.id, never, place, text) for never, texts in both for place, text in enumerate(texts)]


def tag_rows(claim: Claim) -> list[tuple[str, int, str]]:
    """Return the rows of the table `tags`."""
    return [(claim.id, place, tag) for place, tag in enumerate(claim.tags)]


def make_claim(
    plain: Iterable[str],
    sources: tuple[Source, ...] = (),
    phrasings: tuple[str, ...] = (),
    never_phrasings: tuple[str, ...] = (),
    tags: tuple[str, ...] = (),
) -> Claim:
    """Build a claim from its plain fields, in the order of `PLAIN`, and what belongs to it."""
    values: dict[str, Any] = dict(zip(PLAIN, plain, strict=True))
    if set(map(type, values.values())) != {str}:
        raise Refused("The database is damaged: a field of a claim is no text. Keep a copy and restore a backup.")
    for name, words in _WORDS:
        if values[name] not in words:
            raise Refused(f"The database is damaged: {name} holds {values[name]!r}. Keep a copy and restore a backup.")
        values[name] = words[values[name]]
    return Claim(**values, sources=sources, phrasings=phrasings, never_phrasings=never_phrasings, tags=tags)


def claim_to_json(claim: Claim) -> str:
    """Return the claim as one JSON object, as a revision keeps it."""
    value: dict[str, Any] = {name: getattr(claim, name) for name in PLAIN}
    value["sources"] = [{name: getattr(source, name) for name in SOURCE} for source in claim.sources]
    for name in ("phrasings", "never_phrasings", "tags"):
        value[name] = getattr(claim, name)
    return _ENCODER.encode(value)


def escaped(text: str) -> str:
    """Return `text` as it stands inside the strings of `claim_to_json`."""
    return _ENCODER.encode(text)[1:-1]


def fingerprint(claims: Iterable[Claim]) -> str:
    """Return a short text that is the same for the same claims, in whatever order they come."""
    return hashlib.sha256("\n".join(sorted(map(claim_to_json, claims))).encode()).hexdigest()[:16]


def claim_from_json(text: str) -> Claim:
    """Return the claim that `claim_to_json` wrote. A field that an older Factbot did not write is empty."""
    value: Mapping[str, Any] = json.loads(text)
    return make_claim(
        [value.get(name, "") for name in PLAIN],
        sources=tuple(Source(**source) for source in value.get("sources", ())),
        phrasings=tuple(value.get("phrasings", ())),
        never_phrasings=tuple(value.get("never_phrasings", ())),
        tags=tuple(value.get("tags", ())),
    )
