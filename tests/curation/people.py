"""Who does things, and where: people of every role, as faces hand them in."""

from hypothesis import strategies as st

from bot.model import GLOBAL
from bot.request import Actor
from tests.curation.world import AWAY, HOME, LINKED, MARKS, OPERATOR_ID, WORDS, Who

MIA = Actor("discord:20", "Mia", belongs=True)
BOB = Actor("discord:21", "Bob", belongs=True)
ANN = Actor("discord:7", "Ann", moderates=True, belongs=True)
BEN = Actor("slack:T2:U5", "Ben", moderates=True, belongs=True)
GIL = Actor("discord:60", "Gil", groups=frozenset({"discord:role:5"}), belongs=True)
ADA = Actor("discord:1001", "Ada", administers=True, belongs=True)
GUEST = Actor("discord:61", "Gus", moderates=True, administers=True)
OLGA = Actor(OPERATOR_ID, "Olga")
ROOT = Actor("terminal:root", "root", holds_database=True)
PEOPLE = (MIA, BOB, ANN, BEN, GIL, ADA, GUEST, OLGA, ROOT)
NAMED = ("discord:20", "discord:7", "slack:T2:U5", "discord:role:5")
CHANNELS = {
    GLOBAL: "discord:channel:1",
    HOME: "discord:channel:2",
    AWAY: "slack:T2:channel:C3",
    LINKED: "slack:T9:channel:C4",
}
READING = ("factcheck", "why", "fact search", "fact show", "sources", "others", "fact history")
LOOKING = (
    "fact history",
    "fact history",
    "fact history",
    "fact queue",
    "fact export",
    "fact moderators",
    "fact block",
    "fact settings",
    "fact link",
)
COMPLETED = (
    ("fact edit", "claim"),
    ("fact add", "claimant"),
    ("fact undo", "change"),
    ("fact queue", "suggestion"),
    ("fact list", "tag"),
)
ELSEWHERE = {GLOBAL: AWAY, HOME: AWAY, AWAY: HOME, LINKED: AWAY}
"""A space that the rows of a file name, and that is never the one that the file is for."""

maybe = st.booleans()
often = st.sampled_from((True, True, True, False))
pick = st.integers(0, 2**16)
words = st.sampled_from(WORDS)
reasons = st.sampled_from(("", "a reason"))
bots = st.sampled_from((0, 1))
communities = st.sampled_from((HOME, AWAY, LINKED))
places = st.sampled_from(tuple(MARKS))
nowhere = st.none()
moderating = st.builds(Who, st.sampled_from((ANN, BEN, ADA)), communities, nowhere, bots)
operating = st.builds(Who, st.sampled_from((OLGA, ROOT)), places, nowhere | places, bots)
suggesting = st.builds(Who, st.sampled_from((MIA, BOB, ANN)), st.sampled_from((HOME, LINKED)), nowhere, bots)
reaching = st.builds(Who, st.sampled_from((ANN, ADA, GUEST)), communities, places, bots)
"""They name a space, and are no operators."""
anybody = st.builds(Who, st.sampled_from(PEOPLE), places, nowhere | nowhere | places, bots)
who = moderating | moderating | operating | reaching | anybody
kinds = st.sampled_from(("claim", "claim", "correction", "source", "phrasing"))
