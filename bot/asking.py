"""The verbs of everyone: ask, search, show, help."""

from bot import cards
from bot.desk import Desk
from bot.model import Wish
from bot.reply import Reply
from bot.typed import parse
from bot.verbs import typed_verbs


def factcheck(desk: Desk, given: dict[str, str]) -> Reply:
    """Answer a question."""
    return cards.answer_reply(desk.asker.ask(given["question"], spaces=desk.spaces, wish=Wish.OUTCOME), desk.contact)


def search(desk: Desk, given: dict[str, str]) -> Reply:
    """List the claims nearest to some words."""
    text = given["text"]
    return cards.search_reply(text, desk.asker.search(text, spaces=desk.spaces, closely=True))


def show(desk: Desk, given: dict[str, str]) -> Reply:
    """Show one claim."""
    return cards.claim_reply(desk.shown_claim(given["claim"]), desk.contact)


def sources(desk: Desk, given: dict[str, str]) -> Reply:
    """Show the sources of one claim."""
    return cards.sources_reply(desk.shown_claim(given["claim"]))


def why(desk: Desk, given: dict[str, str]) -> Reply:
    """Explain the answer to a question: it is answered anew, so that nothing of what people ask need be kept."""
    answer = desk.asker.ask(given["question"], spaces=desk.spaces, wish=Wish.WHY)
    return cards.why_reply(answer, desk.contact)


def explain(_desk: Desk, given: dict[str, str]) -> Reply:
    """List the commands, or explain one, which may be named in short: `add` is `fact add`."""
    name = given.get("command", "").removeprefix("/")
    if not name:
        return cards.help_reply(typed_verbs())
    in_short = next((verb for verb in typed_verbs() if verb.name == f"fact {name.lower()}"), None)
    return cards.help_reply((in_short or parse(name)[0],))


def none_of_these(_desk: Desk, given: dict[str, str]) -> Reply:
    """Say that nothing on record is it."""
    return cards.nothing_reply(question=given.get("question", ""))
