"""Claims as schema.org `ClaimReview` in one JSON file.

Our own files come back exactly; others as far as they go.

| ours | in a ClaimReview | | --- | --- | | text | `claimReviewed` | | claimant, claimant_role |
`itemReviewed.author`: `name`, `jobTitle` (no `@type`: we do not know if it is a person) | | said_on |
`itemReviewed.datePublished` | | phrasings | `itemReviewed.alternateName` | | occasion, via |
`itemReviewed.appearance`: `name`, `publisher.name` | | status_note, status_on | `reviewBody`, `datePublished`
| | tags, lang | `keywords`, `inLanguage` | | sources | `citation`: `name`, `publisher.name`, `url`,
`datePublished` | | external_id, space, state, attribution, status, original_rating, never_phrasings |
`identifier`: one `PropertyValue` each (one for every never phrasing), its `propertyID` the column's name
after `factbot:` |

`reviewRating.alternateName` is the original rating or, without one, the status: for others to read. Empty
fields are left out. A file is one review, an array of them, or an `@graph` (what we write); of a graph only
the reviews are read.

A review without our identifiers is somebody else's: its page, and who wrote it, become the first source; its
rating the original rating, and the status only where `_STATUS_OF` knows the word, else `unverified`; what it
cannot say is left.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.errors import BadValue, Refused
from bot.fields.columns import SOURCE_COLUMNS, Value
from bot.interchange.table import Row
from bot.model import Claim, Source, Status

_PREFIX = "factbot:"
_OURS = ("external_id", "space", "state", "attribution", "status", "original_rating")
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)T.*", re.DOTALL)
_STATUS_OF = {
    **{status.value: status.value for status in Status},
    "true": "confirmed",
    "correct": "confirmed",
    "false": "refuted",
    "incorrect": "refuted",
    "fake": "refuted",
    "pants on fire": "refuted",
    "missing context": "misleading",
    "unproven": "unverified",
}
Node = Mapping[str, Any]


def write_reviews(claims: Iterable[Claim]) -> Iterator[str]:
    """Yield the parts of a JSON file with one review on each line."""
    yield '{"@context": "https://schema.org", "@graph": ['
    lead = "\n"
    for claim in claims:
        yield lead + json.dumps(review_of(claim), ensure_ascii=False)
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


def _filled(node: Node) -> dict[str, Any]:
    """Drop what is empty; a node that says only its type is empty too."""
    kept = {key: value for key, value in node.items() if value}
    return {} if kept.keys() <= {"@type"} else kept


def _identifiers(claim: Claim) -> list[dict[str, str]]:
    pairs = [(name, str(getattr(claim, name))) for name in _OURS]
    pairs += [("never_phrasings", phrasing) for phrasing in claim.never_phrasings]
    return [{"@type": "PropertyValue", "propertyID": _PREFIX + name, "value": value} for name, value in pairs if value]


def _item(claim: Claim) -> dict[str, Any]:
    appearance = {"@type": "CreativeWork", "name": claim.occasion, "publisher": _organisation(claim.via)}
    return _filled(
        {
            "@type": "Claim",
            "author": _filled({"name": claim.claimant, "jobTitle": claim.claimant_role}),
            "datePublished": claim.said_on,
            "alternateName": list(claim.phrasings),
            "appearance": _filled(appearance),
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


def read_reviews(text: str) -> list[Row]:
    """Return the reviews of a JSON file as rows, numbered from 1.

    Raises `Refused` when there is none to be found.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Refused(f"it is not JSON: {error}.") from error
    graph = isinstance(document, dict) and isinstance(document.get("@graph"), list)
    items = document["@graph"] if graph else document if isinstance(document, list) else [document]
    nodes = {node["@id"]: node for node in items if isinstance(node, dict) and isinstance(node.get("@id"), str)}
    if graph:
        items = [item for item in items if not isinstance(item, dict) or _is_review(item)]
        if not items and document["@graph"]:
            raise Refused("its @graph holds no ClaimReview.")
    return [_row(number, item, nodes) for number, item in enumerate(items, start=1)]


def _is_review(node: Node) -> bool:
    return any(str(kind).rpartition("/")[2].rpartition(":")[2] == "ClaimReview" for kind in _many(node.get("@type")))


def _row(number: int, item: object, nodes: Mapping[str, Node]) -> Row:
    if not isinstance(item, dict):
        return Row(number, {}, BadValue("item", json.dumps(item), "is not a JSON object"))
    if not _is_review(item):
        return Row(number, {}, BadValue("@type", str(item.get("@type", "")), "is not ClaimReview"))
    try:
        return Row(number, _Reader(nodes).values(item))
    except BadValue as problem:
        return Row(number, {}, problem)


def _many(value: object) -> list[Any]:
    """JSON-LD writes one value alone and several as a list."""
    return [] if value is None else value if isinstance(value, list) else [value]


class _Reader:
    """Reads reviews; a node that is only an `@id` stands for the node of that name in the same file."""

    def __init__(self, nodes: Mapping[str, Node]) -> None:
        self._nodes = nodes

    def values(self, review: Node) -> dict[str, Value]:
        """Return the review's values by column: all columns of our own review, what is there of another's."""
        ours = self._ours(review)
        values = self._common(review)
        sources = [self._source(node) for node in self._nodes_of(review, "citation")]
        if ours:
            return {**values, **dict.fromkeys(_OURS, ""), **ours, **_side_by_side(sources)}
        rating = self._text(next(iter(self._nodes_of(review, "reviewRating")), {}), "alternateName")
        values["external_id"] = next((each for each in _many(review.get("identifier")) if isinstance(each, str)), "")
        values["original_rating"] = rating
        values["status"] = _STATUS_OF.get(rating.strip().lower(), "")
        page = {**self._source(review), "publisher": self._names(review, "author")}
        values |= _side_by_side([each for each in (page, *sources) if any(each.values())])
        return {column: value for column, value in values.items() if value or column == "text"}

    def _ours(self, review: Node) -> dict[str, Value]:
        found: dict[str, Value] = {"never_phrasings": []}
        for node in self._nodes_of(review, "identifier"):
            column = self._text(node, "propertyID").removeprefix(_PREFIX)
            never = found["never_phrasings"]
            if column == "never_phrasings" and isinstance(never, list):
                never.append(self._text(node, "value"))
            elif column in _OURS:
                found[column] = self._text(node, "value")
        return found if "external_id" in found else {}

    def _common(self, review: Node) -> dict[str, Value]:
        item: Node = next(iter(self._nodes_of(review, "itemReviewed")), {})
        author: Node = next(iter(self._nodes_of(item, "author")), {})
        appearance: Node = next(iter(self._nodes_of(item, "appearance")), {})
        keywords = review.get("keywords")
        return {
            "text": self._text(review, "claimReviewed"),
            "claimant": self._names(item, "author"),
            "claimant_role": self._text(author, "jobTitle"),
            "said_on": self._date(item),
            "occasion": self._text(appearance, "name"),
            "via": self._names(appearance, "publisher"),
            "status_note": self._text(review, "reviewBody"),
            "status_on": self._date(review),
            "phrasings": [_plain("alternateName", each) for each in _many(item.get("alternateName"))],
            "tags": keywords.split(",") if isinstance(keywords, str) else self._texts(review, "keywords"),
            "lang": self._text(review, "inLanguage"),
        }

    def _source(self, node: Node) -> dict[str, str]:
        return {
            "title": self._text(node, "name") or self._text(node, "headline"),
            "publisher": self._names(node, "publisher"),
            "url": self._text(node, "url"),
            "date": self._date(node),
        }

    def _nodes_of(self, node: Node, key: str) -> list[Node]:
        """Return the objects under `key`; a text in place of one is its name (a link, its address)."""
        found = []
        for each in _many(node.get(key)):
            if isinstance(each, dict):
                found.append(self._nodes.get(each["@id"], each) if each.keys() == {"@id"} else each)
            elif isinstance(each, str) and key != "identifier":
                found.append({"url": each} if each.startswith("https://") else {"name": each})
        return found

    def _names(self, node: Node, key: str) -> str:
        return ", ".join(name for each in self._nodes_of(node, key) if (name := self._text(each, "name")))

    def _texts(self, node: Node, key: str) -> list[str]:
        return [_plain(key, each) for each in _many(node.get(key))]

    def _text(self, node: Node, key: str) -> str:
        return next(iter(self._texts(node, key)), "")

    def _date(self, node: Node) -> str:
        return _TIME.sub(r"\1", self._text(node, "datePublished"))


def _plain(key: str, value: object) -> str:
    """Return a value as text; a node stands for its name. Raises `BadValue` when there is no text in it."""
    if isinstance(value, dict):
        value = next((value[each] for each in ("@value", "alternateName", "name") if each in value), value)
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise BadValue(key, json.dumps(value, ensure_ascii=False), "is not text")


def _side_by_side(sources: list[dict[str, str]]) -> dict[str, Value]:
    return {column: [each[column.removeprefix("source_")] for each in sources] for column in SOURCE_COLUMNS}
