"""From a reply to Block Kit: pure, and within every limit, whatever is in the reply.

Slack's markup has no backslash. `&`, `<` and `>` become entities, so that nothing stored can ping or link; a sign that
would format becomes one that looks like it. `verbatim` keeps Slack from linking bare addresses and names.
"""

import re
from collections.abc import Iterable, Iterator

from slack_sdk.models.blocks import Block, ContextBlock, DividerBlock, MarkdownTextObject, SectionBlock

from adapters.chat.cut import cut, units
from bot.reply import Field, Link, Reply, link_text, one_line, plain, visible

MOST_BLOCKS = 25
"""Blocks of content in one message; its choices come after them. Slack takes 50."""
_SECTION, _TITLE, _TEXT, _NAME, _VALUE, _NOTE, _LABEL, _URL = 3_000, 290, 2_600, 200, 1_100, 1_000, 200, 500
_FIELDS, _LINKS, _NOTES = 30, 10, 9
_ALL = 9_000
"""Characters of all content in one message: Slack refuses messages of about 13,000."""
_FALLBACK = 3_000
_LOOKS_LIKE = str.maketrans({"*": "∗", "~": "∼", "`": "ˋ", "&": "&amp;", "<": "&lt;", ">": "&gt;"})
_EDGE_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_EMOJI = re.compile(r":(?=[\w+'-]+:)")
_QUOTE = re.compile(r"^([^\S\n]*)&gt;", re.MULTILINE)
_CUT_ENTITY = re.compile(r"&[a-z]{0,3}…$")


def escaped(text: str) -> str:
    """Return `text` so that Slack shows it as it is: no mention, link, command, format, emoji or quotation."""
    marked = _EDGE_UNDERSCORE.sub("ˍ", visible(text)).translate(_LOOKS_LIKE)
    return _QUOTE.sub("\\1\u200b&gt;", _EMOJI.sub(":\u200b", marked))


def shown(text: str, limit: int) -> str:
    """Return `text` escaped, in at most `limit` units, cut at a word and never inside an entity."""
    return _CUT_ENTITY.sub("…", cut(escaped(text), limit))


def bare(text: str, limit: int) -> str:
    """Return one line for a plain text object (a button, a title): Slack does not read entities in all of them."""
    return cut(one_line(text).replace("<", "‹").replace(">", "›").replace("&", "＆"), limit)


def fallback(reply: Reply, above: str = "") -> str:
    """Return the whole reply as text: for notifications, for screen readers, and where there are no blocks."""
    return shown("\n".join(part for part in (above, plain(reply)) if part), _FALLBACK).strip() or "…"


def blocks(reply: Reply, above: str = "") -> list[Block]:
    """Return the content of a reply, further cards included; `above` says what was asked where nobody saw it."""
    kept: list[Block] = [_context([shown(above, _NOTE)])] if visible(above).strip() else []
    room = _ALL - _NOTE
    for number, card in enumerate((reply, *reply.more)):
        for block in _card(card, divided=number > 0):
            room -= _size(block)
            if len(kept) >= MOST_BLOCKS or room < 0:
                return kept
            kept.append(block)
    return kept


def section(text: str) -> SectionBlock:
    """Return a section; `text` is markup of ours, with everything stored in it escaped."""
    return SectionBlock(text=MarkdownTextObject(text=text, verbatim=True))


def _card(card: Reply, *, divided: bool) -> Iterator[Block]:
    if divided:
        yield DividerBlock()
    yield section(_head(card))
    yield from _joined(map(_line, card.fields[:_FIELDS]))
    yield from _joined(f"Source: {_linked(link)}" for link in card.links[:_LINKS])
    small = [_line(note) for note in card.notes[:_NOTES]] + [shown(card.footer, _NOTE)]
    if any(text.strip() for text in small):
        yield _context(small)


def _head(card: Reply) -> str:
    title = shown(one_line(card.title), _TITLE).strip()
    lines = [f"*{title}*"] if title else []
    lines += [text] if (text := shown(card.text, _TEXT).strip("\n")) else []
    return "\n".join(lines) or "\u200b"


def _line(field: Field) -> str:
    return f"*{shown(one_line(field.name), _NAME).strip() or '·'}:* {shown(field.value, _VALUE)}"


def _joined(lines: Iterable[str]) -> Iterator[Block]:
    """Put lines into as few sections as their limit allows."""
    text = ""
    for line in lines:
        if text and units(text) + 1 + units(line) > _SECTION:
            yield section(text)
            text = ""
        text = f"{text}\n{line}" if text else line
    if text:
        yield section(text)


def _linked(link: Link) -> str:
    label = shown(one_line(link.label or link.url), _LABEL)
    if not link.url or re.search(r"[\s<>|\\]", link.url) or not link.url.lower().startswith("https://"):
        return shown(one_line(link_text(link)), _LABEL)
    return f"<{link.url.replace('&', '&amp;')}|{label}>" if units(link.url) <= _URL else label


def _context(texts: list[str]) -> ContextBlock:
    return ContextBlock(elements=[MarkdownTextObject(text=text, verbatim=True) for text in texts if text.strip()])


def _size(block: Block) -> int:
    if isinstance(block, SectionBlock):
        return units(block.text.text) if block.text else 0
    if isinstance(block, ContextBlock):
        return sum(units(each.text) for each in block.elements if isinstance(each, MarkdownTextObject))
    return 0
