"""Readers of hostile input in the core, as targets: what each is given, and what must hold of what it returns.

A target is a function of a `Hostile` that returns its input and the call to make. Handled is a value, or an error that
is meant for a person. A broken property is an `AssertionError`.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from adapters.chat.cut import cut, units
from adapters.chat.one_server import checked_base
from adapters.on_slack.credentials import credentials
from bot.dates import human_date, on_date
from bot.fields.cells import join_cell, split_cell
from bot.fields.columns import COLUMNS, LIST_COLUMNS, claim_from
from bot.interchange.html_text import is_html, text_of_html
from bot.interchange.odd_dates import iso_date
from bot.interchange.ratings import rating_of, scale_of
from bot.matching.conflicts.reading import read
from bot.matching.sentences import sentences, without_talk
from bot.matching.words import keys, words
from bot.reply import visible
from bot.settings import SETTINGS, read_settings
from bot.text import MAX_MESSAGE, clean, clean_lines, fold, normalised, shorten
from bot.tokens import odd_tokens
from bot.typed import parse, place_in
from bot.verbs import typed_verbs
from tests.benchmarks.hostile import Hostile

Call = Callable[[], object]
Made = tuple[object, Call]


class Target(NamedTuple):
    """`share` is its part of all inputs; `most` the processor milliseconds that one input may take."""

    make: Callable[[Hostile], Made]
    share: int
    most: float = 250.0


def texts(hostile: Hostile) -> Made:
    """Cleaning, comparing and shortening: caps hold, and what is done is done."""
    text, cap = hostile.text(2 * MAX_MESSAGE), hostile.chance.choice([MAX_MESSAGE, 100, 1])

    def call() -> None:
        line, lines = clean(text, cap), clean_lines(text, cap)
        assert len(line) <= cap, "clean is too long"
        assert len(lines) <= cap, "clean_lines is too long"
        assert not {"\0", "\n", "\x1b", "\u202e"} & set(line), "clean leaves what steers"
        assert not any("\ud800" <= char <= "\udfff" for char in lines), "clean leaves half a character"
        same = normalised(line[:4_000])
        assert normalised(same) == same, "normalised is not idempotent"
        assert len(shorten(text, 50)) <= 50, "shorten is too long"
        fold(line[:4_000])
        assert units(cut(text, 50)) <= 50, "cut is too long"
        assert not set(visible(text[:4_000])) & {"\x1b", "\u202e", "\0"}, "visible shows what steers"

    return text, call


def typed(hostile: Hostile) -> Made:
    """Typed commands."""
    verb = hostile.chance.choice(typed_verbs())
    names = [item.name for item in verb.offered] or ["x"]
    parts = [
        hostile.chance.choice(["", f"{hostile.chance.choice(names)}=", f"--{hostile.chance.choice(names)} ", '"'])
        + hostile.text(300)
        for _ in range(hostile.length(20))
    ]
    line = hostile.chance.choice(["", "/"]) + hostile.chance.choice([verb.name, verb.name[:-1], hostile.text(30)])
    line = f"{line} {' '.join(parts)}"

    def call() -> None:
        place_in(line)
        found, given = parse(line)
        found.checked(given)

    return line, call


def dates(hostile: Hostile) -> Made:
    """Dates, ratings and scales as others write them."""
    text, other = hostile.text(2_000), hostile.text(40)

    def call() -> None:
        human_date(text), on_date(text), iso_date(text), rating_of(text)
        scale_of(text, other, "1"), scale_of("1", text, other)

    return (text, other), call


def html(hostile: Hostile) -> Made:
    """HTML in place of text; `ValueError` is its word for what is not only text."""
    tags = ["<b>", "</b>", "<sup>", "<br/>", "<p a=b>", "<script>", "<!--", "-->", "<![", "]]>", "&amp;", "&#x0;", "<"]
    text = "".join(hostile.chance.choices([*tags, hostile.text(400)], k=hostile.length(40)))

    def call() -> None:
        try:
            is_html(text) and text_of_html(text)
        except ValueError:
            return

    return text, call


def fields(hostile: Hostile) -> Made:
    """The columns of a claim, as one text or as a list."""
    columns = hostile.chance.sample(COLUMNS, hostile.chance.randint(1, 6))
    values: dict[str, Any] = {name: _field(hostile, name) for name in columns}

    def call() -> None:
        for value in values.values():
            if isinstance(value, str):
                parts = [part.strip() for part in split_cell(value)]
                assert split_cell(join_cell(parts)) == parts or not "".join(parts), "cells do not come back"
        claim = claim_from({"text": "A claim", **values})
        again = claim_from({name: getattr(claim, name) for name in ("text", "claimant", "tags", "phrasings")})
        assert (again.text, again.tags, again.phrasings) == (claim.text, claim.tags, claim.phrasings), "a claim changes"

    return values, call


def _field(hostile: Hostile, name: str) -> Any:
    if name in LIST_COLUMNS and hostile.chance.random() < 0.3:
        return [hostile.text(600) for _ in range(hostile.length(150))]
    return hostile.text(3_000)


def matching(hostile: Hostile) -> Made:
    """What the matcher reads: words, sentences, numbers, dates, names."""
    text = clean_lines(hostile.text(2_000))[:2_000]

    def call() -> None:
        words(text), keys(text), without_talk(text)
        for sentence in sentences(text)[:3]:
            read(sentence)

    return text, call


def settings(hostile: Hostile) -> Made:
    """The environment."""
    known: Mapping[str, list[str]] = {"PORT": ["80", "0"], "FACTBOT_BACKUP_EVERY": ["1", "1e9"], "SLACK_WORKSPACES": [
        '[{"bot_token": "x", "app_token": "y"}]', "[[workspaces]]\nbot_token = 'x'\n"]}  # fmt: skip
    chosen = hostile.chance.sample(SETTINGS, hostile.chance.randint(1, 4))
    environ = {}
    for each in chosen:
        name = each.name + hostile.chance.choice(["", "", "", "_FILE"])
        real = hostile.chance.choice(known.get(each.name, ["discord:1,slack:T1:U1", "127.0.0.1:80", "json", "/x/y"]))
        environ[name] = hostile.chance.choice([hostile.text(300), hostile.mutate(real)])

    def call() -> None:
        found = read_settings(environ)
        list(odd_tokens(found)), credentials(found)
        checked_base(found.discord_api_base, "A", "b"), checked_base(found.slack_api_base, "A", "b")

    return environ, call


TARGETS: dict[str, Target] = {
    "text: clean, compare, shorten": Target(texts, 110),
    "typed commands": Target(typed, 90),
    "dates, ratings, scales": Target(dates, 90),
    "HTML as text": Target(html, 60),
    "fields of a claim": Target(fields, 70),
    "matcher: words, numbers, dates": Target(matching, 50),
    "settings": Target(settings, 40),
}
