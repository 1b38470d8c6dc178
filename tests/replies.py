"""Replies and forms of every kind, for the faces to draw: their texts are hostile, long, and in every script.

Lists are made of a few different things many times over: more than a face shows, and quick to make.
"""

from hypothesis import strategies as st

from bot.reply import Choice, Field, Input, Link, Reply, Tone

TEXT = st.text(max_size=30) | st.text("*_~`|<>@#!&;:-()[]\\ampltg🇺🇦😀 \n", max_size=60)
LONG = st.builds(lambda text, times: text * times, st.text("aé😀 *&<", min_size=5, max_size=20), st.integers(100, 400))
FIELDS = st.lists(st.builds(Field, TEXT, TEXT | LONG), max_size=7).map(lambda few: tuple(few * 4))
LINKS = st.lists(st.builds(Link, TEXT, TEXT | st.just("https://example.org/a?b=c&d")), max_size=3).map(
    lambda few: tuple(few * 4)
)
CHOICES = st.lists(
    st.builds(
        Choice,
        label=TEXT.filter(str.strip),
        verb=st.just("fact show"),
        arguments=st.just((("claim", "x" * 64),)) | st.builds(lambda text: (("question", text),), TEXT | LONG),
        action=st.booleans(),
        hides=st.booleans(),
        declines=st.booleans(),
    ),
    max_size=5,
).map(lambda few: tuple(few * 8))
_CARD = st.builds(
    Reply,
    title=TEXT,
    text=TEXT | LONG,
    fields=FIELDS,
    links=LINKS,
    notes=FIELDS,
    footer=TEXT,
    tone=st.sampled_from(Tone),
)
REPLY = st.builds(
    Reply,
    title=TEXT,
    text=TEXT | LONG,
    fields=FIELDS,
    links=LINKS,
    choices=CHOICES,
    more=st.lists(_CARD, max_size=2).map(lambda few: tuple(few * 3)),
)
INPUTS = st.lists(
    st.builds(
        Input,
        name=st.uuids().map(str),
        label=TEXT,
        value=TEXT | LONG | st.sampled_from(["true", "yes"]),
        hint=TEXT,
        limit=st.integers(1, 40_000),
        long=st.booleans(),
        required=st.booleans(),
        options=st.sampled_from([(), ("true", "false"), ("yes",)]),
        completes=st.sampled_from(["", "claim", "claimant"]),
        problem=TEXT,
    ),
    min_size=1,
    max_size=20,
).map(tuple)
