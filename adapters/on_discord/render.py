"""From a reply to Discord's embeds: pure, and within every limit, whatever is in the reply.

Lengths count UTF-16 units, as Discord does. discord.py does not check the sizes of embeds; the server refuses them.
"""

import re
from collections.abc import Iterator

import discord

from adapters.chat.cut import cut, units
from bot.reply import Field, Link, Reply, Tone, link_text, visible

COLOURS = {
    Tone.GOOD: 0x2E8B57,
    Tone.OPEN: 0xC9A227,
    Tone.BAD: 0xB03A2E,
    Tone.NEUTRAL: 0x6C7A89,
    Tone.CHOICE: 0x3B6EA5,
    Tone.REFUSED: 0x6C7A89,
}
MOST_EMBEDS = 4
_TITLE, _TEXT, _NAME, _VALUE, _FOOTER = 256, 3_000, 256, 1_024, 1_000
_FIELDS = 20
_ALL = 5_800
"""Characters of all embeds in one message; Discord takes 6,000."""
_MARKUP = re.compile(r"([\\`*_~|\[\]<@]|^[^\S\n]*[-+>#])", re.MULTILINE)
_LINK = re.compile(r"(?i)\b(https?|discord|steam)(?=:)|\bwww(?=\.)|\bdiscord(?=\.gg)")


def escaped(text: str) -> str:
    """Return `text` so that Discord shows it as it is: no markup, mention, channel, time, command or bare link."""
    marked = _MARKUP.sub(_marked, visible(text))
    return _LINK.sub(lambda link: f"{link.group()}\u200b", marked)


def _marked(found: re.Match[str]) -> str:
    """Put the backslash before the sign itself, also where blanks lead a line."""
    blanks = found.group()[:-1]
    return f"{blanks}\\{found.group()[-1]}"


def embeds(reply: Reply) -> list[discord.Embed]:
    """Return the reply as embeds: one for the answer, one for each further claim of a long message."""
    made = [_embed(card) for card in (reply, *reply.more)][:MOST_EMBEDS]
    room = _ALL
    kept = []
    for each in made:
        _fit(each, room)
        room -= _size(each)
        kept.append(each)
        if room < 400:
            break
    return kept


def _embed(reply: Reply) -> discord.Embed:
    made = discord.Embed(
        title=cut(escaped(reply.title), _TITLE),
        description=cut("\n".join(_body(reply)), _TEXT) or None,
        colour=COLOURS[reply.tone],
    )
    for each in (*reply.fields, *reply.notes)[:_FIELDS]:
        made.add_field(name=_name(each), value=cut(escaped(each.value), _VALUE) or "\u200b", inline=False)
    if reply.footer:
        made.set_footer(text=cut(visible(reply.footer), _FOOTER))
    return made


def _name(field: Field) -> str:
    return cut(visible(field.name), _NAME) or "\u200b"


def _body(reply: Reply) -> Iterator[str]:
    """The claim, then its sources: what cannot be linked is named."""
    if reply.text:
        yield escaped(reply.text)
    if reply.links:
        yield ""
        yield from (f"Source: {_linked(link)}" for link in reply.links[:10])


def _linked(link: Link) -> str:
    label = escaped(link.label or link.url)
    if not link.url or re.search(r"[\s<>()\[\]\\]", link.url) or not link.url.lower().startswith("https://"):
        return cut(escaped(link_text(link)), 300)
    return f"[{cut(label, 200)}]({link.url})" if units(link.url) <= 500 else cut(label, 200)


def _size(embed: discord.Embed) -> int:
    parts = [embed.title or "", embed.description or "", embed.footer.text or ""]
    parts += [text for field in embed.fields for text in (field.name or "", field.value or "")]
    return sum(map(units, parts))


def _fit(embed: discord.Embed, room: int) -> None:
    """Drop fields from the end until the embed fits, then cut the description: the claim itself goes last."""
    while embed.fields and _size(embed) > room:
        embed.remove_field(len(embed.fields) - 1)
    over = _size(embed) - room
    if over > 0:
        embed.description = cut(embed.description or "", max(50, units(embed.description or "") - over))
