"""Taking back one change, or a whole batch: exactly the fields that it changed, as a new change of its own.

Where one of these fields has been changed since, nothing is taken back, and the later changes are named. A claim that
the change created is removed; a community's own version of a global claim is withdrawn, so that the global one shows.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from bot import cards
from bot.curate import forms
from bot.curate.changing import changed_reply, new_batch
from bot.curate.history import who
from bot.desk import Desk
from bot.differences import changed_fields, difference_lines
from bot.errors import NotFound, Refused
from bot.model import GLOBAL, Claim, State
from bot.reply import Field, Reply, Tone
from bot.store import Change, Revision
from bot.text import counted
from bot.verb import YES, Role
from bot.verbs import UNDO

_SHOWN = 10
_HIDDEN = {
    State.REMOVED: "It is not shown any more.",
    State.WITHDRAWN: "It is not shown any more: the global claim takes its place again.",
}


def undo(desk: Desk, given: dict[str, str]) -> Reply:
    """Take back the change of this number, or the batch of this name, made in the space acted in."""
    values = forms.laid_over(desk, UNDO, given)
    name = values.get("change", "").removeprefix("#")
    if name.isdecimal() and name.isascii():
        return _undo_one(desk, int(name), values)
    return _undo_batch(desk, name, values, given.get("draft", ""))


def _undo_one(desk: Desk, number: int, given: forms.Values) -> Reply:
    revision = desk.store.revision(number, [desk.space])
    with desk.saving():
        [change] = _all_taken_back(desk, [revision])
        desk.store.save_many([change], desk.trace(why=given.get("why", ""), undoes=number))
    reply = changed_reply(desk, change.before, change.after, title=f"#{number} is undone")
    told = "\n".join(difference_lines(change.before, change.after))
    hidden = () if change.after.state is State.ACTIVE else (Field("Here", _HIDDEN[change.after.state]),)
    return replace(reply, fields=(Field("Undone", told), *hidden, *reply.fields))


def _undo_batch(desk: Desk, batch: str, given: forms.Values, draft: str) -> Reply:
    made = desk.store.batch(batch)
    revisions = [each for each in made if each.space == desk.space]
    if not revisions:
        raise NotFound(f"There is no change and no batch {batch!r} here: /fact history shows them.")
    if len(revisions) > 1 and given.get("sure") != YES:
        wanted = {"draft": forms.keep(desk, UNDO, given, draft)} if given.get("why") else {"change": batch}
        return _asked(desk, revisions, wanted)
    name = new_batch("undo")
    changes = _all_taken_back(desk, revisions)  # before the lock: of many claims it takes long
    with desk.saving():
        why = f"undo of {batch}: {given['why']}" if given.get("why") else f"undo of {batch}"
        desk.store.save_many(changes, desk.trace(batch=name, why=why))
        desk.store.drafts.drop(draft)
    again = forms.action(desk, "Undo this", UNDO, {"change": name})
    text = f"In one batch: {name}.{_elsewhere(desk, made)}"
    return Reply(f"{batch} is undone: {counted(len(changes), 'claim')}", text, choices=(again,), changed=True)


def _elsewhere(desk: Desk, made: Iterable[Revision]) -> str:
    """Tell an operator, and nobody else, in which other spaces a batch changed claims: they are left as they are."""
    spaces = sorted({each.space for each in made} - {desk.space})
    told = f" It changed claims in {', '.join(spaces)} too: undo it there by naming the space."
    return told if spaces and desk.role is Role.OPERATOR else ""


def _asked(desk: Desk, revisions: Sequence[Revision], wanted: forms.Values) -> Reply:
    claims = [each.after for each in revisions if each.after is not None]
    more = (Field("…", f"and {len(revisions) - _SHOWN:,} more"),) if len(revisions) > _SHOWN else ()
    return Reply(
        f"Undo {len(revisions):,} changes?",
        fields=tuple(Field(claim.id, cards.in_brief(claim)) for claim in claims[:_SHOWN]) + more,
        tone=Tone.CHOICE,
        choices=(forms.action(desk, f"Undo {len(revisions):,}", UNDO, {**wanted, "sure": YES}),),
    )


class _Cannot(Exception):
    """A change cannot be taken back: `reason`, or these fields of it were changed since."""

    def __init__(self, revision: Revision, reason: str, fields: Sequence[str] = ()) -> None:
        super().__init__(reason)
        self.revision = revision
        self.fields = fields


def _all_taken_back(desk: Desk, revisions: Sequence[Revision]) -> list[Change]:
    """Take changes back, the last first. Raises `Refused` with all that stands in the way."""
    present = {claim.id: claim for claim in desk.store.get_many([each.claim_id for each in revisions])}
    before, gone = dict(present), _states_when_gone(desk, present.values())
    problems = []
    for revision in reversed(revisions):
        claim_id = revision.claim_id
        try:
            present[claim_id] = _taken_back(revision, present[claim_id], gone[claim_id])
        except _Cannot as cannot:
            problems.append(cannot)
    if problems:
        more = f" … and {len(problems) - _SHOWN:,} more." if len(problems) > _SHOWN else ""
        told = " ".join(_told(desk, each) for each in problems[:_SHOWN])
        raise Refused(f"Nothing was undone. {told}{more}")
    return [Change(before[name], claim, "undo") for name, claim in present.items()]


def _states_when_gone(desk: Desk, claims: Collection[Claim]) -> dict[str, State]:
    """Return, by id, the state of each claim that is as if it had never been made."""
    names = [claim.external_id for claim in claims if claim.space != GLOBAL]
    replaced = {claim.external_id for claim in desk.store.find_many(GLOBAL, names, [])} if names else set()
    own = {claim.id for claim in claims if claim.space != GLOBAL and claim.external_id in replaced}
    return {claim.id: State.WITHDRAWN if claim.id in own else State.REMOVED for claim in claims}


def _taken_back(revision: Revision, present: Claim, gone: State) -> Claim:
    """Return a claim as it is now without this change of it. Raises `_Cannot`."""
    if revision.taken_down or revision.after is None:
        raise _Cannot(revision, "its text was taken down")
    if revision.before is None:
        names, wanted = changed_fields(present, revision.after), replace(present, state=gone)
    else:
        names = changed_fields(revision.before, revision.after)
        wanted = replace(present, **{name: getattr(revision.before, name) for name in names})
    if touched := [name for name in names if getattr(present, name) != getattr(revision.after, name)]:
        raise _Cannot(revision, "it was changed since", touched)
    if wanted == present:
        raise _Cannot(revision, "it made a hidden claim, so that there is nothing to take back")
    return wanted


def _told(desk: Desk, cannot: _Cannot) -> str:
    """Say why a change cannot be taken back, with the last change of each field that stands in the way."""
    revision, told = cannot.revision, []
    later = [each for each in desk.store.history(revision.claim_id) if each.id > revision.id] if cannot.fields else []
    for name in cannot.fields:
        fitting = [each for each in later if each.after and name in changed_fields(each.before, each.after)]
        told += [f"{name.replace('_', ' ')} by #{each.id} ({who(desk, each)})" for each in fitting[-1:]]
    changes = f": {', '.join(told)}" if told else ""
    return f"#{revision.id} of {revision.claim_id} cannot be undone, for {cannot}{changes}."
