"""What the tests of the queue share: suggesting, deciding, and what people are told."""

from bot.reply import Reply
from bot.request import Actor
from bot.store import SuggestionState
from tests.newsroom import HOME, MEMBER, Newsroom

SUE = Actor("slack:T9:U1", "Sue")
PIGS = {"text": "Pigs fly at noon", "claimant": "Ann Lee"}
LINK = "https://example.org/1"


def suggest(newsroom: Newsroom, given: dict[str, str], *, at: str = HOME, by: Actor = MEMBER) -> str:
    return newsroom.handle("fact suggest", given, by=by, at=at).fields[0].value


def decide(newsroom: Newsroom, name: str, do: str, **given: str) -> Reply:
    return newsroom.handle("fact queue", {"suggestion": name, "do": do, **given})


def state(newsroom: Newsroom, name: str, space: str = HOME) -> SuggestionState:
    return newsroom.store.suggestions.get(name, space).state


def told(newsroom: Newsroom) -> dict[str, str]:
    return {each.to: f"{each.title}\n{each.text}" for each in newsroom.store.notices.pending("")}
