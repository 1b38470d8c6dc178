"""Lists of claims: what there is here, and what others said beside a claim."""

from bot import cards
from bot.curate import forms
from bot.desk import Desk
from bot.errors import Refused, UsageProblem
from bot.model import State
from bot.reply import Choice, Reply
from bot.store import Listing
from bot.verb import Role
from bot.verbs import LIST, RESTORE, SHOW

PAGE = 10


def listed(desk: Desk, given: dict[str, str]) -> Reply:
    """List the claims here, newest change first, ten a page."""
    state = State(given.get("state") or State.ACTIVE)
    if state is not State.ACTIVE and desk.role < Role.MODERATOR:
        raise Refused(f"What is {state} is for moderators to see.")
    tag, status, claimant = (given.get(name, "") for name in ("tag", "status", "claimant"))
    wanted = Listing(desk.space, state, tag.lower(), status, claimant)
    count = desk.store.listed_count(wanted)
    pages = max(1, -(-count // PAGE))
    page = page_number(given.get("page", ""), pages)
    claims = desk.store.listed(wanted, limit=PAGE, skip=(page - 1) * PAGE)
    kept = {name: value for name, value in given.items() if name != "page" and value}
    turns = _turns(desk, kept, page, pages) if forms.short(kept) else ()
    further = f" Further: {forms.typed(LIST, {**kept, 'page': str(page + 1)})}" if page < pages else ""
    shown = f"page {page} of {pages}" if pages > 1 else ""
    use = f"Bring one back: {RESTORE.usage}" if state is State.REMOVED else f"Show one: {SHOW.usage}"
    return cards.list_reply(claims, count=count, text=shown, choices=turns, footer=f"{use}{further}")


def page_number(typed: str, pages: int) -> int:
    """Return the page that is wanted, the first when none is. Raises `UsageProblem` for one that there is not."""
    if not typed:
        return 1
    if not typed.isdecimal() or not 1 <= int(typed) <= pages:
        raise UsageProblem(f"There is no page {typed!r}: give a number from 1 to {pages}.")
    return int(typed)


def _turns(desk: Desk, kept: dict[str, str], page: int, pages: int) -> tuple[Choice, ...]:
    places = (("Previous page", page - 1), ("Next page", page + 1))
    return tuple(forms.action(desk, label, LIST, {**kept, "page": str(to)}) for label, to in places if 1 <= to <= pages)


def others(desk: Desk, given: dict[str, str]) -> Reply:
    """Show what others said on the topic of a claim."""
    claim = desk.shown_claim(given["claim"])
    return cards.others_reply(claim, desk.asker.others(claim, spaces=desk.spaces))
