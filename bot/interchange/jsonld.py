"""JSON and JSON-LD: an object as its keys and values, each key once, by schema.org's own names.

Of JSON-LD this knows what ClaimReviews are written with: `@graph`, `@id`, one value alone or in a list, and the names
of schema.org as they are, as addresses, or after `schema:`. A document with another vocabulary is not read.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from bot.errors import BadValue, Refused

Node = Mapping[str, Any]
_SCHEMA = re.compile(r"(?:https?://(?:www\.)?schema\.org/|schema:)(?=\w)")
_SPECIAL_KEY = re.compile(r'"(?:@?id|type|schema:\w+|https?://(?:www\.)?schema\.org/\w+)"\s*:')
"""Without one of these, the names in a document are as they should be, and nothing refers to anything."""
_CONTEXT = re.compile(r"https?://(?:www\.)?schema\.org(?:/|$)")
_REFERENCE = frozenset({"@id", "@type", "id", "type"})


def json_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return a JSON object. Raises `ValueError` when a key is there twice: one of its values would be lost."""
    node = dict(pairs)
    if len(node) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"{next(name for name in names if names.count(name) > 1)!r} is there twice in one object")
    return node


@lru_cache(maxsize=1_000)
def local_name(name: str) -> str:
    """Return the name without schema.org before it."""
    return _SCHEMA.sub("", name, count=1) if _SCHEMA.match(name) else name


class Graph:
    """The nodes of a document; one that is only an `@id` stands for what the document says of that id elsewhere."""

    def __init__(self, text: str) -> None:
        """Raises `Refused` for a web page, and for what is not JSON."""
        self._nodes: dict[str, dict[str, Any]] = {}
        if text.lstrip().startswith("<"):
            raise Refused(
                'it is a web page, not JSON: save what stands inside <script type="application/ld+json"> in a file.'
            )
        try:
            hook = self._node if _SPECIAL_KEY.search(text) else json_once
            self.document = json.JSONDecoder(object_pairs_hook=hook).decode(text)
        except (ValueError, RecursionError) as error:
            raise Refused(f"it is not JSON: {error}.") from error

    def _node(self, pairs: list[tuple[str, Any]]) -> Node:
        node = json_once([(local_name(key), value) for key, value in pairs])
        for alias in ("type", "id"):
            if alias in node and isinstance(node[alias], str | list):
                node.setdefault(f"@{alias}", node[alias])
        name = node.get("@id")
        if isinstance(name, str) and not node.keys() <= _REFERENCE:
            self._nodes.setdefault(name, {}).update(node)
        return node

    def follow(self, key: str, node: Node) -> Node:
        """Return what a node stands for. Raises `BadValue` when that is not in the document."""
        if "@id" not in node or not node.keys() <= _REFERENCE:
            return node
        name = node["@id"]
        if not isinstance(name, str) or name not in self._nodes:
            raise BadValue(key, str(name), "refers to something that is not in this file")
        return self._nodes[name]

    def items(self, wanted: Callable[[Node], bool]) -> Iterator[object]:
        """Yield the items of the document: itself, those of a list, a graph or a data feed.

        Of a graph, nodes that are not `wanted` are passed over. Raises `Refused` when none is left, or for another
        vocabulary.
        """
        for item in many(self.document):
            inner = _inside(item)
            if inner is None:
                yield item
                continue
            kept = [each for each in inner if not isinstance(each, dict) or wanted(each)]
            if inner and not kept:
                raise Refused("its @graph holds no ClaimReview.")
            yield from kept


def _inside(item: object) -> list[Any] | None:
    if not isinstance(item, dict):
        return None
    if not _is_schema_org(item.get("@context")):
        raise Refused(f"its @context is not schema.org: {json.dumps(item['@context'], ensure_ascii=False)[:200]}.")
    if "@graph" in item:
        return many(item["@graph"])
    if "DataFeed" in types(item):
        return [each for entry in many(item.get("dataFeedElement")) for each in _entry(entry)]
    return None


def _entry(entry: object) -> list[Any]:
    return many(entry.get("item")) if isinstance(entry, dict) and "item" in entry else [entry]


def _is_schema_org(context: object) -> bool:
    """A missing context is taken for schema.org's: pieces of pages often have none."""
    return not context or any(_CONTEXT.match(text) for text in _leaves(context))


def _leaves(context: object) -> Iterator[str]:
    if isinstance(context, str):
        yield context
    elif isinstance(context, dict | list):
        for each in context.values() if isinstance(context, dict) else context:
            yield from _leaves(each)


def types(node: Node) -> list[str]:
    """Return the types of a node, by schema.org's own names."""
    return [local_name(kind) for kind in many(node.get("@type")) if isinstance(kind, str)]


def many(value: object) -> list[Any]:
    """Return the values: JSON-LD writes one alone and several as a list; null is none."""
    if isinstance(value, dict) and len(value) == 1 and ("@list" in value or "@set" in value):
        (value,) = value.values()
    if not isinstance(value, list):
        return [] if value is None else [value]
    return [each for each in value if each is not None]
