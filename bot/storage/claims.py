"""The claims themselves: what can be asked of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.errors import NotFound
from bot.model import GLOBAL, Claim, State
from bot.storage import tables
from bot.storage.connection import EACH, Connection, array

ALL_STATES = tuple(State)


@dataclass(frozen=True, slots=True)
class Listing:
    """Which claims a list is to hold: those seen from `space`, with what is not empty here.

    A global claim of which `space` has its own version is not among them, unless that was withdrawn.
    """

    space: str
    state: State = State.ACTIVE
    tag: str = ""
    status: str = ""
    claimant: str = ""


class Claims:
    """The claims of a database, for reading. Every method fetches at once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def claims(self, spaces: Collection[str] | None = None, states: Collection[State] = (State.ACTIVE,)) -> list[Claim]:
        """Return the claims of these spaces (None: of all) in these states, sorted by space and id.

        A community's override and the global claim that it replaces are both among them.
        """
        condition, values = _among(spaces, states)
        return self._load(condition, values)

    def count(self, spaces: Collection[str] | None = None, states: Collection[State] = (State.ACTIVE,)) -> int:
        """Return how many claims `claims` would return."""
        condition, values = _among(spaces, states)
        return int(self._connection.fetch(f"SELECT count(*) FROM claims WHERE {condition or 1}", values)[0][0])

    def get(self, claim_id: str, spaces: Collection[str] | None = None) -> Claim:
        """Return the claim with this id, whatever its state.

        Raises `NotFound` when none of `spaces` holds it.
        """
        found = self._load("id = ?", [claim_id])
        if not found or (spaces is not None and found[0].space not in spaces):
            raise _not_found(claim_id)
        return found[0]

    def get_many(self, ids: Collection[str]) -> list[Claim]:
        """Return the claims with these ids, whatever their state; one that is not there is left out."""
        return self._load(f"id IN {EACH}", [array(ids)])

    def tagged(self, tags: Collection[str], spaces: Collection[str]) -> list[Claim]:
        """Return the shown claims of `spaces` that have one of these tags."""
        condition, values = _among(spaces, (State.ACTIVE,))
        with_tag = f"id IN (SELECT claim_id FROM tags WHERE tag IN {EACH})"
        return self._load(f"{condition or 1} AND {with_tag}", [*values, array(tags)])

    def claims_like(self, begun: str, space: str, *, limit: int) -> list[Claim]:
        """Return claims that are shown in `space` and whose id begins with `begun`, at most `limit`."""
        condition, values = _listed(Listing(space), by_id=True)
        some = f"id IN (SELECT id FROM claims WHERE {condition} AND id >= ? AND id < ? ORDER BY id LIMIT ?)"
        return self._load(some, [*values, begun, f"{begun}\U0010ffff", limit])

    def claimants(self, spaces: Collection[str], typed: str, *, limit: int) -> list[str]:
        """Return claimants of shown claims of `spaces` whose name holds `typed`; those that begin with it first."""
        condition, values = _among(spaces, (State.ACTIVE,))
        names = f"SELECT DISTINCT claimant FROM claims WHERE {condition} AND claimant <> ''"
        return self._names("claimant", names, values, typed, limit)

    def role_of(self, claimant: str, spaces: Collection[str]) -> str:
        """Return the role that this claimant has most often in shown claims of `spaces`; empty when none is known."""
        condition, values = _among(spaces, (State.ACTIVE,))
        sql = (
            f"SELECT claimant_role FROM claims WHERE {condition} AND claimant = ? AND claimant_role <> ''"
            " GROUP BY claimant_role ORDER BY count(*) DESC, claimant_role LIMIT 1"
        )
        found = self._connection.fetch(sql, [*values, claimant])
        return str(found[0][0]) if found else ""

    def listed(self, wanted: Listing, *, limit: int, skip: int = 0) -> list[Claim]:
        """Return a page of the claims that are wanted, newest change first."""
        of_all = wanted == Listing(wanted.space)
        condition, values = _listed(wanted, by_id=of_all)
        sql = (_NEWEST_OF_ALL if of_all else _NEWEST_OF_FEW).format(condition)
        ids = [row[0] for row in self._connection.fetch(sql, [*values, limit, skip])]
        return sorted(self.get_many(ids), key=lambda claim: ids.index(claim.id))

    def listed_count(self, wanted: Listing) -> int:
        """Return how many claims there are on all pages of `listed`."""
        condition, values = _listed(wanted)
        return int(self._connection.fetch(f"SELECT count(*) FROM claims WHERE {condition}", values)[0][0])

    def tags_like(self, typed: str, spaces: Collection[str], *, limit: int) -> list[str]:
        """Return tags of shown claims of `spaces` that hold `typed`; those that begin with it first."""
        condition, values = _among(spaces, (State.ACTIVE,))
        seen = f"SELECT 1 FROM tags CROSS JOIN claims ON id = claim_id WHERE tag = known.tag AND {condition}"
        names = f"SELECT tag FROM (SELECT DISTINCT tag FROM tags) AS known WHERE EXISTS ({seen})"
        return self._names("tag", names, values, typed, limit)

    def _names(self, column: str, names: str, values: list[object], typed: str, limit: int) -> list[str]:
        sql = (
            f"SELECT {column} FROM ({names}) WHERE instr(lower({column}), lower(?)) > 0"
            f" ORDER BY instr(lower({column}), lower(?)), {column} LIMIT ?"
        )
        return [row[0] for row in self._connection.fetch(sql, [*values, typed, typed, limit])]

    def find_known(self, space: str, *, external_id: str = "", key: str = "") -> Claim | None:
        """Return the claim of `space` with this external id or, failing that, this key (`rows.known_as`)."""
        found = self.find_many(space, [external_id] if external_id else [], [key] if key else [])
        by_id = [claim for claim in found if claim.external_id == external_id]
        return next(iter(by_id + found), None)

    def find_many(self, space: str, external_ids: Collection[str], keys: Collection[str]) -> list[Claim]:
        """Return all claims of `space`, whatever their state, that have one of these external ids or keys."""
        condition = (
            f"id IN (SELECT id FROM claims WHERE space = ? AND external_id IN {EACH}"
            f" UNION SELECT id FROM claims WHERE space = ? AND known_as IN {EACH})"
        )
        return self._load(condition, [space, array(external_ids), space, array(keys)])

    def _load(self, condition: str, values: Sequence[object]) -> list[Claim]:
        return tables.load(self._connection, condition, values)


def _among(spaces: Collection[str] | None, states: Collection[State]) -> tuple[str, list[object]]:
    conditions, values = [], []
    if set(states) != set(ALL_STATES):
        conditions.append(f"state IN {EACH}")
        values.append(array(states))
    if spaces is not None:
        conditions.append(f"space IN {EACH}")
        values.append(array(spaces))
    return " AND ".join(conditions), list(values)


_NEWEST_OF_ALL = """
    SELECT claim_id FROM revisions AS r
    WHERE id = (SELECT max(id) FROM revisions WHERE claim_id = r.claim_id)
    AND EXISTS (SELECT 1 FROM claims WHERE id = r.claim_id AND {}) ORDER BY r.id DESC LIMIT ? OFFSET ?
"""
"""Walks the changes, newest first, up to the end of the page: where most claims are wanted."""
_NEWEST_OF_FEW = """
    SELECT id FROM claims WHERE {}
    ORDER BY (SELECT max(r.id) FROM revisions AS r WHERE r.claim_id = claims.id) DESC, id LIMIT ? OFFSET ?
"""


def _listed(wanted: Listing, *, by_id: bool = False) -> tuple[str, list[object]]:
    """Return the condition on claims. With `by_id`, SQLite is kept (by a plus) from looking them up by their space."""
    plus = "+" if by_id else ""
    parts: list[tuple[str, list[object]]] = [
        (f"{plus}state = ?", [str(wanted.state)]),
        (f"{plus}space IN {EACH}", [array({GLOBAL, wanted.space})]),
        (
            "(space = ? OR external_id NOT IN (SELECT external_id FROM claims WHERE space = ? AND state <> ?))",
            [wanted.space, wanted.space, str(State.WITHDRAWN)],
        ),
        ("id IN (SELECT claim_id FROM tags WHERE tag = ?)", [wanted.tag] if wanted.tag else []),
        ("status = ?", [wanted.status] if wanted.status else []),
        ("lower(claimant) = lower(?)", [wanted.claimant] if wanted.claimant else []),
    ]
    kept = [(condition, values) for condition, values in parts if values]
    return " AND ".join(condition for condition, _ in kept), [value for _, values in kept for value in values]


def _not_found(claim_id: str) -> NotFound:
    return NotFound(f"There is no claim with the id {claim_id!r} here. Ids are found by /fact search.")
