"""What Slack refuses or misreads in a message or a view, written down from its documentation and not from our code."""

import re
from collections.abc import Iterator
from typing import Any

_LINK = re.compile(r"<https://[^\s<>|]+\|[^<>]*>")
_TEXT_LIMITS = {"section": 3_000, "context": 3_000, "button": 75, "confirm": 300}


def faults(shown: dict[str, Any]) -> list[str]:
    """Return what is wrong with a message or a view; nothing when Slack would take it and show it as it is meant."""
    return [*_sizes(shown), *_texts(shown), *_pings(shown)]


def _sizes(shown: dict[str, Any]) -> Iterator[str]:
    blocks = shown.get("blocks") or []
    most = 100 if "type" in shown else 50
    if len(blocks) > most:
        yield f"{len(blocks)} blocks"
    if "type" not in shown and not str(shown.get("text", "")).strip():
        yield "no text"
    if len(str(shown.get("text", ""))) > 4_000:
        yield "long text"
    if shown.get("type") == "modal" and not 1 <= len(shown["title"]["text"]) <= 24:
        yield "title"
    if len(shown.get("private_metadata") or "") > 3_000:
        yield "private_metadata"
    ids = [block.get("block_id") for block in blocks if block.get("block_id")]
    if len(ids) != len(set(ids)):
        yield "block_id twice"
    for block in blocks:
        yield from _block(block)


def _block(block: dict[str, Any]) -> Iterator[str]:
    kind = block["type"]
    elements = block.get("elements") or []
    if kind == "actions" and not 1 <= len(elements) <= 25:
        yield "actions"
    if kind == "context" and not 1 <= len(elements) <= 10:
        yield "context"
    if kind in {"actions", "section"}:
        buttons = [each for each in (*elements, block.get("accessory") or {}) if each.get("type") == "button"]
        if len({each["action_id"] for each in buttons}) != len(buttons):
            yield "action_id twice"
        for each in buttons:
            if (
                len(each["value"]) > 2_000
                or not 1 <= len(each["text"]["text"]) <= 75
                or each["text"]["type"] != "plain_text"
            ):
                yield "button"
    if kind == "input":
        yield from _input(block["element"])


def _input(element: dict[str, Any]) -> Iterator[str]:
    options = [*(element.get("options") or ()), *([element["initial_option"]] if element.get("initial_option") else ())]
    if len(options) > 101 or any(
        not 1 <= len(each["text"]["text"]) <= 75 or len(each["value"]) > 150 for each in options
    ):
        yield "options"
    if element["type"] == "plain_text_input" and len(element.get("initial_value") or "") > element.get(
        "max_length", 3_000
    ):
        yield "initial_value"


def _texts(shown: dict[str, Any]) -> Iterator[str]:
    for place, text in texts(shown):
        limit = _TEXT_LIMITS.get(place, 3_000)
        if not text or len(text.encode("utf-16-le")) // 2 > limit:
            yield f"{place}: {len(text)} characters"


def _pings(shown: dict[str, Any]) -> Iterator[str]:
    """Every `<` is a link of ours, every `&` an entity, and nothing but our own bold is a format."""
    marked = [("text", str(shown.get("text", "")), "mrkdwn")] if "text" in shown else []
    marked += [(place, text, kind) for place, text, kind in _texts_with_kind(shown.get("blocks") or [], "")]
    for place, text, kind in marked:
        rest = _LINK.sub("", text) if kind == "mrkdwn" else text
        if re.search(r"[<>]", rest):
            yield f"{place}: a mark"
        if kind == "mrkdwn" and re.search(r"&(?!(?:amp|lt|gt);)", _LINK.sub("", text)):
            yield f"{place}: an entity"
        if kind == "mrkdwn" and re.search(r"[~`]", rest):
            yield f"{place}: a format"
        if kind == "mrkdwn" and re.search(r"^\s*&gt;", text, re.MULTILINE):
            yield f"{place}: a quotation"


def texts(shown: dict[str, Any]) -> list[tuple[str, str]]:
    """Return every text of the blocks with the kind of thing it stands in."""
    return [(place, text) for place, text, _ in _texts_with_kind(shown.get("blocks") or [], "")]


def _texts_with_kind(value: Any, place: str) -> Iterator[tuple[str, str, str]]:
    if isinstance(value, list):
        for each in value:
            yield from _texts_with_kind(each, place)
    elif isinstance(value, dict):
        kind = str(value.get("type", place))
        if kind in {"mrkdwn", "plain_text"}:
            yield place, str(value.get("text")), kind
            return
        for name, inner in value.items():
            if name != "initial_value":
                yield from _texts_with_kind(inner, name if name == "confirm" else kind)


def words(shown: dict[str, Any]) -> str:
    """Return everything that a person reads in the blocks, without marks."""
    joined = "\n".join(text for _, text in texts(shown))
    plain = re.sub(r"<(https://[^|>]+)\|([^>]*)>", r"\2", joined).replace("\u200b", "").replace("*", "")
    return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").replace("ˍ", "_").replace("∗", "*")


def inputs(view: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the inputs of a modal by their names."""
    return {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}


def buttons(shown: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the buttons by what they say (`Show 1` for the first answer), each with its block's id."""
    found: dict[str, dict[str, Any]] = {}
    for block in shown.get("blocks") or ():
        for each in (*(block.get("elements") or ()), block.get("accessory") or {}):
            if each.get("type") == "button":
                text = each["text"]["text"]
                name = f"{text} {sum(key.startswith(text) for key in found) + 1}" if text == "Show" else text
                found[name] = {**each, "block_id": block.get("block_id", "")}
    return found
