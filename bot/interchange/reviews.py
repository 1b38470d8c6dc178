"""Reading schema.org `ClaimReview`s: our own exactly, other people's as far as they go, or refused with the reason.

The mapping is in `docs/claimreview.md`. A review without our identifiers (see `bot.interchange.claimreview`) is
somebody else's: its page, and who wrote it, become the first source; its texts may hold HTML; its rating becomes the
original rating, and the status as `bot.interchange.ratings` has it. A property that is read and holds what cannot be
read (several texts where one belongs, a number for a text, a reference to nowhere) refuses the review; one that is
not read says nothing.
"""

import json
from collections.abc import Iterator
from typing import Any

from bot.errors import BadValue
from bot.fields.columns import SOURCE_COLUMNS, Value, source_key
from bot.interchange.claimreview import OURS, PREFIX
from bot.interchange.html_text import is_html, text_of_html
from bot.interchange.jsonld import Graph, Node, many, types
from bot.interchange.odd_dates import iso_date
from bot.interchange.ratings import is_number, rating_of, scale_of
from bot.interchange.table import Row
from bot.interchange.values import unknown_column
from bot.model import Status


def read_reviews(text: str) -> list[Row]:
    """Return the reviews of a JSON file as rows, numbered from 1.

    Raises `Refused` when there is none to be found.
    """
    graph = Graph(text)
    return [_row(number, item, graph) for number, item in enumerate(graph.items(_is_meant), start=1)]


def _is_meant(node: Node) -> bool:
    """Whether a node of a graph is a review, or would be but for its type."""
    return "ClaimReview" in types(node) or "claimReviewed" in node


def _row(number: int, item: object, graph: Graph) -> Row:
    try:
        return Row(number, _values(item, graph))
    except BadValue as problem:
        return Row(number, {}, problem)


def _values(item: object, graph: Graph) -> dict[str, Value]:
    if not isinstance(item, dict):
        raise BadValue("item", _shown(item), "is not a JSON object")
    review = graph.follow("item", item)
    if "ClaimReview" not in types(review):
        kinds = ", ".join(types(review)) or _shown(review.get("@type", ""))
        raise BadValue("@type", kinds, "is not ClaimReview")
    ours = _our_own(review)
    if ours:
        return _Ours(graph).values(review, ours)
    return _Theirs(graph).values(review)


def _our_own(review: Node) -> dict[str, Value]:
    """Return what our own identifiers say; nothing when it is somebody else's review."""
    never: list[str] = []
    found: dict[str, Value] = {"never_phrasings": never}
    for name, value in _our_identifiers(review):
        if name == "never_phrasings":
            never.append(value)
        elif name in found:
            raise BadValue(name, value, "is there twice")
        elif name in OURS:
            found[name] = value
        else:
            raise unknown_column(name)
    return found if never or len(found) > 1 else {}


def _our_identifiers(review: Node) -> Iterator[tuple[str, str]]:
    for node in many(review.get("identifier")):
        name = node.get("propertyID") if isinstance(node, dict) else None
        if isinstance(name, str) and name.startswith(PREFIX):
            value = node.get("value")
            if not isinstance(value, str):
                raise BadValue(name.removeprefix(PREFIX), _shown(value), "is not text")
            yield name.removeprefix(PREFIX), value


class _Reader:
    """What is read alike in our own reviews and in others'."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def common(self, review: Node) -> dict[str, Value]:
        """Return the values by column that need no identifier."""
        item, text = self.claim_node(review), self.text(review, "claimReviewed")
        works = [work for key in ("firstAppearance", "appearance") for work in self.nodes(item, key)]
        return {
            "text": text,
            "claimant": self.names(item, "author"),
            "claimant_role": ", ".join(
                role for one in self.nodes(item, "author") for role in self.texts(one, "jobTitle")
            ),
            "said_on": self.date(item),
            "occasion": next((title for work in (item, *works) if (title := self.title(work)) not in ("", text)), ""),
            "via": next(filter(None, (self.names(work, "publisher") for work in works)), ""),
            "status_note": self.text(review, "reviewBody"),
            "status_on": self.date(review),
            "phrasings": self.texts(item, "alternateName"),
            "tags": self.tags(review),
            "lang": self.text(review, "inLanguage"),
        }

    def claim_node(self, review: Node) -> Node:
        """Return the claim that is reviewed, or the work that it stands in."""
        for each in many(review.get("itemReviewed")):
            if not isinstance(each, dict):
                raise BadValue("itemReviewed", _shown(each), "is not an object")
        item = self.node(review, "itemReviewed")
        if {"Person", "Organization"} & set(types(item)):
            raise BadValue("itemReviewed", _shown(item), "is somebody, not a claim")
        return item

    def sources(self, review: Node) -> list[dict[str, str]]:
        """Return the works cited."""
        return [self.source(node) for node in self.nodes(review, "citation")]

    def source(self, node: Node) -> dict[str, str]:
        """Return a work as a source."""
        return {
            "title": self.title(node),
            "publisher": self.names(node, "publisher"),
            "url": self.one("url", [_text("url", each) for each in many(node.get("url"))]),
            "date": self.date(node),
        }

    def tags(self, review: Node) -> list[str]:
        """Return the keywords; one text alone holds several, parted by commas."""
        keywords = review.get("keywords")
        return (
            self.plain("keywords", keywords).split(",") if isinstance(keywords, str) else self.texts(review, "keywords")
        )

    def nodes(self, node: Node, key: str) -> list[Node]:
        """Return the objects under `key`; a text in place of one is its name (a link, its address)."""
        value = node.get(key)
        if type(value) is dict:
            return [self.as_node(key, value)]
        return [self.as_node(key, each) for each in many(value)] if value else []

    def as_node(self, key: str, value: object) -> Node:
        """Return a value as an object."""
        if isinstance(value, dict):
            return {"name": value["@value"]} if "@value" in value else self._graph.follow(key, value)
        if isinstance(value, str):
            return {"url" if value.startswith(("https://", "http://")) else "name": value}
        raise BadValue(key, _shown(value), "is neither an object nor a text")

    def node(self, node: Node, key: str) -> Node:
        """Return the one object under `key`, an empty one when there is none."""
        found = self.nodes(node, key)
        if len(found) > 1:
            raise BadValue(key, _shown(node[key]), "holds several, where there can be one")
        return found[0] if found else {}

    def names(self, node: Node, key: str) -> str:
        """Return the names of those under `key`; one who is known by a link only has none."""
        return ", ".join(name for each in self.nodes(node, key) if (name := self.name(each)))

    def name(self, node: Node) -> str:
        """Return the name of a person or an organisation."""
        parts = (self.text(node, "givenName"), self.text(node, "familyName"))
        return self.text(node, "name") or " ".join(filter(None, parts))

    def title(self, node: Node) -> str:
        """Return the title of a work."""
        return self.text(node, "name") or self.text(node, "headline")

    def text(self, node: Node, key: str) -> str:
        """Return the one text under `key`, an empty one when there is none."""
        value = node.get(key)
        if value is None or type(value) is str:
            return self.plain(key, value) if value else ""
        return self.one(key, self.texts(node, key))

    def texts(self, node: Node, key: str) -> list[str]:
        """Return the texts under `key`."""
        return [self.plain(key, _text(key, each)) for each in many(node.get(key))]

    def one(self, key: str, texts: list[str]) -> str:
        """Return the only text there may be."""
        if len(set(texts)) > 1:
            raise BadValue(key, _shown(texts), "holds several texts, where there can be one")
        return texts[0] if texts else ""

    def date(self, node: Node) -> str:
        """Return the date of publication in ISO 8601; what cannot be read as one is left for the check to refuse."""
        dates = [
            str(each) if type(each) is int else _text("datePublished", each) for each in many(node.get("datePublished"))
        ]
        return iso_date(self.one("datePublished", dates))

    def plain(self, _key: str, text: str) -> str:
        """Return the text that a string stands for."""
        return text


class _Ours(_Reader):
    def values(self, review: Node, ours: dict[str, Value]) -> dict[str, Value]:
        """Return all columns: what our own review does not say is empty."""
        sources = _side_by_side(self.sources(review))
        title = self.title(
            self.node(self.claim_node(review), "firstAppearance")
        )  # an occasion may be worded as the claim
        common = self.common(review)
        occasion = {"occasion": title or common["occasion"]}
        return {**common, **occasion, **dict.fromkeys(OURS, ""), **ours, **sources}


class _Theirs(_Reader):
    def values(self, review: Node) -> dict[str, Value]:
        """Return the columns of which the review says something."""
        values = self.common(review) | self.rated(review)
        values["external_id"] = self.identifier(review)
        values["lang"] = str(values["lang"]).replace("_", "-")
        page = {**self.source(review), "publisher": self.names(review, "author") or self.names(review, "publisher")}
        values |= _side_by_side([each for each in (page, *self.sources(review)) if any(each.values())])
        return {column: value for column, value in values.items() if value or column == "text"}

    def rated(self, review: Node) -> dict[str, Value]:
        """Return original rating, status, note and attribution, as far as the rating says them."""
        rating = self.node(review, "reviewRating")
        numbers = [self.number(rating, key) for key in ("ratingValue", "bestRating", "worstRating")]
        label = self.text(rating, "alternateName") or self.text(rating, "name")
        if not label and not is_number(numbers[0]):
            label = numbers[0]
        found = rating_of(label)
        values: dict[str, Value] = {"original_rating": label, "status": found.status if found else ""}
        if found and found.attribution:
            values["attribution"] = found.attribution
        if label and not found:
            values["status"] = Status.UNVERIFIED
        if not label and numbers[0]:
            values["original_rating"], values["status"] = scale_of(*numbers)
        if not review.get("reviewBody"):
            values["status_note"] = self.text(rating, "ratingExplanation")
        return values

    def number(self, rating: Node, key: str) -> str:
        """Return a number of the rating as it is written."""
        found = many(rating.get(key))
        return self.one(key, [str(each) if type(each) in (int, float) else _text(key, each) for each in found])

    def identifier(self, review: Node) -> str:
        """Return the one identifier that is a text or a whole number; of several, none is the one."""
        found = [str(each) for each in many(review.get("identifier")) if type(each) in (str, int)]
        return found[0] if len(found) == 1 else ""

    def plain(self, key: str, text: str) -> str:
        """Return the text that HTML stands for."""
        if not is_html(text):
            return text
        try:
            return text_of_html(text)
        except ValueError as problem:
            raise BadValue(key, text, str(problem)) from problem


_NAMED = {"inLanguage": ("alternateName", "name"), "keywords": ("name",), "jobTitle": ("name",)}
"""Properties that may hold an object with a name in place of a text."""


def _text(key: str, value: object) -> str:
    """Return a value as text. Raises `BadValue` when it is none."""
    text = value
    if isinstance(value, dict):
        text = next((value[each] for each in ("@value", *_NAMED.get(key, ())) if each in value), None)
    if not isinstance(text, str):
        raise BadValue(key, _shown(value), "is not text")
    return text


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _side_by_side(sources: list[dict[str, str]]) -> dict[str, Value]:
    return {column: [each[source_key(column)] for each in sources] for column in SOURCE_COLUMNS}
