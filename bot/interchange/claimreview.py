"""Claims as schema.org `ClaimReview`: writing them.

`bot.interchange.reviews` reads them; `docs/claimreview.md` has the mapping. What ClaimReview has no place for are
`identifier`s, one `PropertyValue` each, whose `propertyID` is the column's name after `factbot:`. By them our own
reviews are known, and come back exactly. Empty fields are left out.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.model import Claim, Source

PREFIX = "factbot:"
OURS = ("external_id", "space", "state", "attribution", "status", "original_rating")
"""The columns that are identifiers; each of the `never_phrasings` is one too."""


def write_reviews(claims: Iterable[Claim]) -> Iterator[str]:
    """Yield the parts of a JSON file with one review on each line."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    yield '{"@context": "https://schema.org", "@graph": ['
    lead = "\n"
    for claim in claims:
        yield lead + encode(review_of(claim))
        lead = ",\n"
    yield "\n]}\n"


def review_of(claim: Claim) -> dict[str, Any]:
    """Return the claim as a ClaimReview."""
    return _filled(
        {
            "@type": "ClaimReview",
            "identifier": _identifiers(claim),
            "claimReviewed": claim.text,
            "itemReviewed": _item(claim),
            "reviewRating": {"@type": "Rating", "alternateName": claim.original_rating or claim.status.value},
            "reviewBody": claim.status_note,
            "datePublished": claim.status_on,
            "inLanguage": claim.lang,
            "keywords": list(claim.tags),
            "citation": [_citation(source) for source in claim.sources],
        }
    )


def _filled(node: Mapping[str, Any]) -> dict[str, Any]:
    """Drop what is empty; a node that says only its type is empty too."""
    kept = {key: value for key, value in node.items() if value}
    return {} if kept.keys() <= {"@type"} else kept


def _identifiers(claim: Claim) -> list[dict[str, str]]:
    pairs = [(name, str(getattr(claim, name))) for name in OURS]
    pairs += [("never_phrasings", phrasing) for phrasing in claim.never_phrasings]
    return [{"@type": "PropertyValue", "propertyID": PREFIX + name, "value": value} for name, value in pairs if value]


def _item(claim: Claim) -> dict[str, Any]:
    return _filled(
        {
            "@type": "Claim",
            "author": _filled({"name": claim.claimant, "jobTitle": claim.claimant_role}),
            "datePublished": claim.said_on,
            "alternateName": list(claim.phrasings),
            "firstAppearance": _filled({"@type": "CreativeWork", "name": claim.occasion}),
            "appearance": _filled({"@type": "CreativeWork", "publisher": _organisation(claim.via)}),
        }
    )


def _organisation(name: str) -> dict[str, Any]:
    return _filled({"@type": "Organization", "name": name})


def _citation(source: Source) -> dict[str, Any]:
    return _filled(
        {
            "@type": "CreativeWork",
            "name": source.title,
            "publisher": _organisation(source.publisher),
            "url": source.url,
            "datePublished": source.date,
        }
    )
