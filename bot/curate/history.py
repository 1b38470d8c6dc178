"""Who changed what, when, from where and why: readable, newest first, with a way to take each change back."""

from collections.abc import Sequence

from bot.curate import forms
from bot.dates import on_date
from bot.desk import Desk
from bot.differences import difference_lines
from bot.errors import NotFound, UsageProblem
from bot.model import GLOBAL
from bot.reply import Choice, Field, Reply
from bot.store import Revision
from bot.verb import Role
from bot.verbs import HISTORY, UNDO

PAGE = 10
_MOST_PAGES = 1_000


def history(desk: Desk, given: dict[str, str]) -> Reply:
    """Show the changes of one claim (its own version's and the global one's), or the latest ones here."""
    page = checked_page(given.get("page", ""))
    name = given.get("claim", "")
    found = _of_claim(desk, name) if name else desk.store.recent([desk.space], limit=page * PAGE + 1)
    shown = found[(page - 1) * PAGE : page * PAGE]
    if not shown:
        raise NotFound("There are no changes to show." if page == 1 else f"There is no page {page}.")
    turns = [("Newer", page - 1)] * (page > 1) + [("Older", page + 1)] * (len(found) > page * PAGE)
    return Reply(
        f"Changes of {name}" if name else f"Changes in {desk.space}",
        fields=tuple(Field(_headline(desk, each, name), "\n".join(_lines(each))) for each in shown),
        footer=f"More: /{HISTORY.name}{f' {name}' if name else ''} page={page + 1}" if len(found) > page * PAGE else "",
        choices=_undos(desk, shown) + tuple(_turn(desk, name, *turn) for turn in turns),
    )


def _turn(desk: Desk, name: str, label: str, page: int) -> Choice:
    return forms.action(desk, label, HISTORY, {**({"claim": name} if name else {}), "page": str(page)})


def checked_page(text: str) -> int:
    """Return the number of a page, 1 when none is given. Raises `UsageProblem`."""
    if text and not (text.isdecimal() and text.isascii() and 1 <= int(text) <= _MOST_PAGES):
        raise UsageProblem(f"page: {text!r} is not a page; they are numbered from 1.")
    return int(text or 1)


def _of_claim(desk: Desk, name: str) -> list[Revision]:
    claim = desk.claim_named(name)
    own = desk.store.find_known(desk.space, external_id=claim.external_id)
    known = (claim, own, desk.store.find_known(GLOBAL, external_id=claim.external_id))
    ids = {each.id for each in known if each is not None}
    found = [revision for claim_id in ids for revision in desk.store.history(claim_id)]
    return sorted(found, key=lambda revision: -revision.id)


def _headline(desk: Desk, revision: Revision, asked: str) -> str:
    """Say who changed what; of which claim where several are meant, and where it was not the own one."""
    about = () if asked else (revision.claim_id,)
    place = (revision.space,) if revision.space != desk.space else ()
    when = f"{on_date(revision.at[:10]).removeprefix('on ')} {revision.at[11:16]} UTC"
    undone = f" of #{revision.undoes}" if revision.undoes else ""
    batch = (f"batch {revision.batch}",) if revision.batch else ()
    verb, origin = f"{revision.verb}{undone}", f"via {revision.origin}"
    return " · ".join((f"#{revision.id}", *about, *place, when, who(desk, revision), verb, origin, *batch))


def who(desk: Desk, revision: Revision) -> str:
    """Return who made a change. Who changed a global claim is no business of a community."""
    if revision.space == GLOBAL and desk.role < Role.OPERATOR and revision.actor:
        return "an operator"
    if not revision.actor:
        return revision.person if not revision.person.startswith("p") else "somebody forgotten"
    return f"{revision.name} ({revision.actor})" if revision.name else revision.actor


def _lines(revision: Revision) -> list[str]:
    if revision.taken_down or revision.after is None:
        told = ["Its text was taken down."]
    else:
        told = difference_lines(revision.before, revision.after)
    return [*told, *([f"why: {revision.why}"] if revision.why else [])] or ["nothing that shows"]


def _undos(desk: Desk, shown: Sequence[Revision]) -> tuple[Choice, ...]:
    return tuple(
        forms.action(desk, f"Undo #{each.id}", UNDO, {"change": str(each.id)})
        for each in shown
        if each.space == desk.space and not each.taken_down and each.after is not None
    )
