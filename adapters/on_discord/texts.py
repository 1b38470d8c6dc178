"""What a message says, as far as Discord hands it over: text, forwarded text, embeds and link previews."""

import re
from collections.abc import Iterator

import discord

from adapters.chat.cut import cut
from adapters.on_discord.render import escaped


def without_mention(content: str, bot_id: int) -> str:
    """Return what is left of a message when the bot's mention is taken out."""
    return re.sub(rf"<@!?{bot_id}>", " ", content).strip()


def mentions(content: str, bot_id: int) -> bool:
    """Whether the bot is named in the text itself; a reply to one of its messages alone asks it nothing."""
    return re.search(rf"<@!?{bot_id}>", content) is not None


def said_in(message: discord.Message) -> str:
    """Return everything a message says, its lines parted."""
    return "\n".join(part.strip() for part in _parts(message) if part and part.strip())


def _parts(message: discord.Message) -> Iterator[str]:
    yield message.content
    for embed in message.embeds:
        yield from _embed_parts(embed)
    for snapshot in message.message_snapshots:
        yield snapshot.content
        for embed in snapshot.embeds:
            yield from _embed_parts(embed)


def _embed_parts(embed: discord.Embed) -> Iterator[str]:
    yield embed.title or ""
    yield embed.description or ""
    yield from (f"{field.name}: {field.value}" for field in embed.fields)


def quote(question: str, limit: int = 600) -> str:
    """Return what was asked as a quotation to put above an answer that nobody else saw asked."""
    return f"> {cut(escaped(' '.join(question.split())), limit)}"


def quoted_in(content: str) -> str:
    """Return what `quote` put above an answer, or nothing."""
    lines = [line.removeprefix("> ") for line in content.split("\n") if line.startswith("> ")]
    return re.sub(r"\\(.)", r"\1", " ".join(lines)).replace("\u200b", "")
