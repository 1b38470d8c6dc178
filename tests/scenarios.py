"""What people do with the bot, and what they must see: one table for the terminal, Discord and Slack.

Every face plays these through its own machinery. What a face adds of its own (buttons, forms) its own tests look at.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Asking:
    """A question about the starter's claims: what the answer says, and what it never says."""

    name: str
    question: str
    says: tuple[str, ...]
    never: tuple[str, ...] = ()


NINE = "on at least nine occasions"
ASKED = (
    Asking("a claim on record", "did russia launch north korean missiles on at least nine occasions?",
           ("Robert Wood", "said on 6 Feb 2024", NINE, "unverified")),
    Asking("another number", "has russia launched north korean missiles on fifty occasions?",
           ("Not on record as you put it", "nine", "fifty")),
    Asking("another country",
           "did russia launch iranian ballistic missiles against ukraine on at least nine occasions?",
           ("Not on record as you put it", "Iran")),
    Asking("what somebody said", "what did bolvinov say?", ("Bolvinov",), ("Nothing on record",)),
    Asking("nothing on record", "is the library open on sundays?", ("Nothing on record",), ("Robert Wood",)),
    Asking("an insult to markup",
           "**did** <@1> @everyone russia launch north korean missiles on at least nine occasions?",
           ("Robert Wood", NINE)),
    Asking("a message with the claim in it",
           "Good morning all. The weather is fine here and I had toast. Russia has launched DPRK-supplied ballistic "
           "missiles against Ukraine on at least nine occasions. See you at lunch.",
           ("Robert Wood", NINE)),
)  # fmt: skip


@dataclass(frozen=True)
class Step:
    """Somebody (`member`, `moderator`) uses a verb, or asks: what the reply says, and what it never says.

    A word in braces stands for what an earlier step's reply showed: `{claim}` for the id of the claim that was added.
    """

    who: str
    verb: str
    arguments: tuple[tuple[str, str], ...]
    says: tuple[str, ...]
    never: tuple[str, ...] = ()


FOUNTAIN = "The fountain on the market square has been dry since May 2023"
_ASK = (("question", "has the fountain on the market square been dry since may 2023?"),)
CURATING = (
    Step("member", "factcheck", _ASK, ("Nothing on record",)),
    Step("member", "fact add", (("text", FOUNTAIN), ("claimant", "Mayor Ilves")), ("moderators",), (FOUNTAIN,)),
    Step("moderator", "fact add", (("text", FOUNTAIN), ("claimant", "Mayor Ilves"), ("said_on", "2023-06-01")),
         (FOUNTAIN, "Mayor Ilves")),
    Step("member", "factcheck", _ASK, ("Mayor Ilves", FOUNTAIN, "unverified")),
    Step("moderator", "fact status", (("claim", "{claim}"), ("status", "refuted"), ("note", "It runs, we looked")),
         ("refuted",)),
    Step("member", "factcheck", _ASK, ("refuted", "It runs, we looked")),
    Step("moderator", "fact status", (("claim", "{claim}"), ("status", "nonsense")), ("nonsense",)),
    Step("moderator", "fact edit", (("claim", "{claim}"), ("said_on", "31 June")), ("said_on", "31 June")),
    Step("member", "fact remove", (("claim", "{claim}"), ("sure", "yes")), ("moderators",)),
    Step("moderator", "fact remove", (("claim", "{claim}"), ("sure", "yes")), ("{claim}",)),
    Step("member", "factcheck", _ASK, ("Nothing on record",), ("Ilves",)),
    Step("moderator", "fact restore", (("claim", "{claim}"),), (FOUNTAIN,)),
    Step("member", "factcheck", _ASK, ("Mayor Ilves", "refuted")),
    Step("moderator", "fact history", (("claim", "{claim}"),), ("unverified", "refuted")),
    Step("member", "fact suggest", (("text", "It has been dry since April"), ("claim", "{claim}")), ("moderators",)),
    Step("moderator", "fact queue", (), ("April",)),
    Step("member", "fact queue", (), ("moderators",), ("April",)),
)  # fmt: skip
