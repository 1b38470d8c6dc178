"""The suggestions book: what anyone proposes for a space, and what moderators decide about it."""

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from bot.errors import NotFound, Stale, TooMany
from bot.records import Suggestion, SuggestionKind, SuggestionState
from bot.storage import values as typed
from bot.storage.clock import now
from bot.storage.connection import Connection
from bot.storage.people import People
from bot.text import clean, normalised

MOST_OPEN = 5
"""Suggestions that one person can have waiting in one space."""
MAX_NOTE = 1_000
MOST_BACKERS = 1_000

_READ = """
    SELECT id, space, kind, claim_id, fields, person, at, state, taken_by, decided_by, decided_at, reason,
    (SELECT json_group_array(note) FROM (
        SELECT note FROM backers WHERE suggestion = suggestions.id AND note <> '' ORDER BY backers.id)),
    (SELECT count(*) FROM backers WHERE suggestion = suggestions.id)
    FROM suggestions
"""
_WAITING = "decided_at = ''"


class Suggestions:
    """Suggestions by a short id. The same one made twice is one, with all who made it."""

    def __init__(self, connection: Connection, people: People) -> None:
        self._connection = connection
        self._people = people

    def add(
        self,
        space: str,
        kind: SuggestionKind,
        claim_id: str,
        values: Mapping[str, str],
        note: str,
        account: str,
        name: str = "",
    ) -> tuple[Suggestion, bool]:
        """Keep a suggestion; return it, and whether it was folded into a waiting one that says the same.

        Raises `TooMany` when this person has too many waiting in this space.
        """
        fields, key = typed.to_json(values), _same_as(kind, claim_id, values)
        with self._connection.transaction():
            person = self._people.person(account, name)
            known = self._load(f"space = ? AND same_as = ? AND {_WAITING}", [space, key])
            if known and person in self.backers(known[0].id):
                return known[0], True
            self._refuse_too_many(space, person)
            made = known[0].id if known else self._insert(space, kind, claim_id, fields, key, person)
            self._back(made, person, note)
            return self.get(made, space), bool(known)

    def _insert(self, space: str, kind: SuggestionKind, claim_id: str, fields: str, key: str, person: str) -> str:
        made = f"s{secrets.token_hex(4)}"
        row = [made, space, kind, claim_id, fields, key, person, now(), SuggestionState.OPEN, "", "", "", ""]
        self._connection.run(f"INSERT INTO suggestions VALUES ({', '.join('?' * len(row))})", row)
        return made

    def _back(self, suggestion: str, person: str, note: str) -> None:
        if len(self.backers(suggestion)) < MOST_BACKERS:
            row = [suggestion, person, clean(note, MAX_NOTE), now()]
            self._connection.run("INSERT INTO backers (suggestion, person, note, at) VALUES (?, ?, ?, ?)", row)

    def _refuse_too_many(self, space: str, person: str) -> None:
        sql = (
            "SELECT count(*) FROM backers JOIN suggestions ON suggestions.id = suggestion"
            f" WHERE backers.person = ? AND space = ? AND {_WAITING}"
        )
        if self._connection.fetch(sql, [person, space])[0][0] >= MOST_OPEN:
            raise TooMany(f"{MOST_OPEN} of your suggestions are waiting here already: more when some are decided.")

    def get(self, suggestion: str, space: str) -> Suggestion:
        """Return the suggestion with this id. Raises `NotFound` when it is not in this space."""
        found = self._load("id = ? AND space = ?", [suggestion, space])
        if not found:
            raise NotFound(f"There is no suggestion {clean(suggestion, 40)!r} here.")
        return found[0]

    def open(self, space: str, *, limit: int = 10, skip: int = 0) -> list[Suggestion]:
        """Return the suggestions that wait in this space, taken ones too, oldest first."""
        return self._load(f"space = ? AND {_WAITING} ORDER BY at, rowid LIMIT ? OFFSET ?", [space, limit, skip])

    def waiting(self, space: str) -> int:
        """Return how many suggestions wait in this space."""
        sql = f"SELECT count(*) FROM suggestions WHERE space = ? AND {_WAITING}"
        return int(self._connection.fetch(sql, [space])[0][0])

    def of(self, account: str) -> list[Suggestion]:
        """Return all suggestions that this account has made or backed, in any space, newest first."""
        backed = "id IN (SELECT suggestion FROM backers WHERE person = ?) ORDER BY at DESC, rowid DESC"
        return self._load(backed, [self._people.find(account)])

    def backers(self, suggestion: str) -> list[str]:
        """Return the ids of all who suggested this, the first one first: they are told what becomes of it."""
        sql = "SELECT person FROM backers WHERE suggestion = ? ORDER BY id"
        return [row[0] for row in self._connection.fetch(sql, [suggestion])]

    def take(self, suggestion: str, space: str, account: str) -> Suggestion:
        """Say that this moderator looks after it. Raises `Stale` when it is decided, or with somebody else."""
        with self._connection.transaction():
            person = self._people.person(account)
            known = self.undecided(suggestion, space)
            if known.taken_by not in ("", person):
                who = self._people.name(known.taken_by) or "somebody else"
                raise Stale(f"{who} is looking after the suggestion {suggestion} already.")
            sql = "UPDATE suggestions SET state = ?, taken_by = ? WHERE id = ?"
            self._connection.run(sql, [SuggestionState.TAKEN, person, suggestion])
            return self.get(suggestion, space)

    def decide(self, suggestion: str, space: str, state: SuggestionState, account: str, reason: str) -> Suggestion:
        """Accept or decline it, whoever has taken it. Raises `Stale` when it is decided already."""
        if state not in (SuggestionState.ACCEPTED, SuggestionState.DECLINED):
            raise ValueError("a suggestion is accepted or declined")
        with self._connection.transaction():
            person = self._people.person(account)
            self.undecided(suggestion, space)
            sql = "UPDATE suggestions SET (state, decided_by, decided_at, reason) = (?, ?, ?, ?) WHERE id = ?"
            self._connection.run(sql, [state, person, now(), clean(reason, MAX_NOTE), suggestion])
            return self.get(suggestion, space)

    def undecided(self, suggestion: str, space: str) -> Suggestion:
        """Return the suggestion if it waits. Raises `NotFound`, and `Stale` when it is decided, with who did that."""
        known = self.get(suggestion, space)
        if known.decided_at:
            who = self._people.name(known.decided_by) or self._people.account(known.decided_by)
            raise Stale(f"The suggestion {suggestion} is {known.state} already{f', by {who}' if who else ''}.")
        return known

    def _load(self, condition: str, values: Sequence[object]) -> list[Suggestion]:
        return [_suggestion(row) for row in self._connection.fetch(f"{_READ} WHERE {condition}", values)]


def _same_as(kind: SuggestionKind, claim_id: str, values: Mapping[str, str]) -> str:
    """Return what is the same for two suggestions that say the same, in whatever capitals and punctuation."""
    told = sorted((name, normalised(value) or value) for name, value in values.items() if value)
    return hashlib.sha256(json.dumps([kind, claim_id, told]).encode()).hexdigest()


def _suggestion(row: Sequence[Any]) -> Suggestion:
    made, space, kind, claim_id, fields, person, at, state, *decision = row
    taken_by, decided_by, decided_at, reason, notes, backers = decision
    return Suggestion(
        made,
        space,
        SuggestionKind(kind),
        claim_id,
        typed.from_json(fields),
        "\n".join(dict.fromkeys(json.loads(notes))),
        person,
        at,
        SuggestionState(state),
        taken_by,
        decided_by,
        decided_at,
        reason,
        backers,
    )
