"""The step to schema 4: the revisions become a hash chain, people get random ids, and curating gets its tables.

Every older revision goes into the chain as it is, with its texts under commitments. What the older revisions do not
account for (schema 1 had none) becomes a revision of its own, so that the chain says of every claim how it is today.
"""

import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from bot.storage.chain import GENESIS, Content, Row, link, new_content
from bot.storage.clock import now

_AT_ONCE = 5_000
TABLES = (
    """
    CREATE TABLE contents (
        commitment BLOB PRIMARY KEY NOT NULL,
        salt BLOB,
        body TEXT
    ) STRICT
    """,
    """
    CREATE TABLE revisions (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        claim_id TEXT NOT NULL REFERENCES claims (id),
        space TEXT NOT NULL,
        at TEXT NOT NULL,
        person TEXT NOT NULL,
        origin TEXT NOT NULL,
        verb TEXT NOT NULL,
        batch TEXT NOT NULL,
        why BLOB,
        undoes INTEGER NOT NULL,
        before BLOB,
        after BLOB,
        hash BLOB NOT NULL
    ) STRICT
    """,
    "CREATE INDEX claims_seen ON claims (space, state, claimant, claimant_role, external_id)",
    "CREATE INDEX tags_tag ON tags (tag)",
    "CREATE INDEX revisions_claim ON revisions (claim_id)",
    "CREATE INDEX revisions_space ON revisions (space)",
    "CREATE INDEX revisions_batch ON revisions (batch) WHERE batch <> ''",
    """
    CREATE TABLE people (
        person TEXT PRIMARY KEY, account TEXT NOT NULL UNIQUE, name TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE TABLE links (space TEXT PRIMARY KEY, home TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE moderators (space TEXT, who TEXT, PRIMARY KEY (space, who)) STRICT, WITHOUT ROWID",
    "CREATE TABLE blocked (space TEXT, person TEXT, PRIMARY KEY (space, person)) STRICT, WITHOUT ROWID",
    """
    CREATE TABLE settings (
        space TEXT, name TEXT, value TEXT NOT NULL, PRIMARY KEY (space, name)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE suggestions (
        id TEXT PRIMARY KEY,
        space TEXT NOT NULL,
        kind TEXT NOT NULL,
        claim_id TEXT NOT NULL,
        fields TEXT NOT NULL,
        same_as TEXT NOT NULL,
        person TEXT NOT NULL,
        at TEXT NOT NULL,
        state TEXT NOT NULL,
        taken_by TEXT NOT NULL,
        decided_by TEXT NOT NULL,
        decided_at TEXT NOT NULL,
        reason TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX suggestions_waiting ON suggestions (space, at) WHERE decided_at = ''",
    "CREATE UNIQUE INDEX suggestions_same ON suggestions (space, same_as) WHERE decided_at = ''",
    """
    CREATE TABLE backers (
        id INTEGER PRIMARY KEY,
        suggestion TEXT NOT NULL REFERENCES suggestions (id) ON DELETE CASCADE,
        person TEXT NOT NULL,
        note TEXT NOT NULL,
        at TEXT NOT NULL,
        UNIQUE (suggestion, person)
    ) STRICT
    """,
    "CREATE INDEX backers_person ON backers (person)",
    """
    CREATE TABLE drafts (
        id TEXT PRIMARY KEY,
        person TEXT NOT NULL,
        space TEXT NOT NULL,
        verb TEXT NOT NULL,
        fields TEXT NOT NULL,
        expires TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX drafts_expires ON drafts (expires)",
    "CREATE INDEX drafts_person ON drafts (person)",
    "CREATE TABLE deliveries (key TEXT PRIMARY KEY, answer TEXT NOT NULL, expires TEXT NOT NULL) STRICT",
    "CREATE INDEX deliveries_expires ON deliveries (expires)",
    """
    CREATE TABLE notices (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        addressee TEXT NOT NULL,
        space TEXT NOT NULL,
        title TEXT NOT NULL,
        text TEXT NOT NULL,
        at TEXT NOT NULL,
        expires TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX notices_addressee ON notices (addressee)",
    "CREATE INDEX notices_expires ON notices (expires)",
    """
    CREATE TABLE replies (
        place TEXT NOT NULL,
        question TEXT NOT NULL,
        reply TEXT NOT NULL,
        account TEXT NOT NULL,
        expires TEXT NOT NULL,
        PRIMARY KEY (place, question)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX replies_reply ON replies (place, reply)",
    "CREATE INDEX replies_expires ON replies (expires)",
    "CREATE INDEX replies_account ON replies (account)",
)
_CLAIMS = """
    SELECT id, json_object(
        'space', space, 'external_id', external_id, 'state', state, 'text', text, 'claimant', claimant,
        'claimant_role', claimant_role, 'said_on', said_on, 'occasion', occasion, 'via', via,
        'attribution', attribution, 'status', status, 'status_note', status_note, 'status_on', status_on,
        'original_rating', original_rating, 'lang', lang,
        'sources', (SELECT json_group_array(json_object('title', title, 'publisher', publisher, 'url', url,
            'date', date)) FROM (SELECT * FROM sources WHERE claim_id = claims.id ORDER BY position)),
        'phrasings', (SELECT json_group_array(text) FROM
            (SELECT * FROM phrasings WHERE claim_id = claims.id AND never = 0 ORDER BY position)),
        'never_phrasings', (SELECT json_group_array(text) FROM
            (SELECT * FROM phrasings WHERE claim_id = claims.id AND never = 1 ORDER BY position)),
        'tags', (SELECT json_group_array(tag) FROM
            (SELECT * FROM tags WHERE claim_id = claims.id ORDER BY position))
    ), space FROM claims ORDER BY space, id
"""
_OLD = """
    SELECT claim_id, space, at, actor, origin, verb, batch, before, after
    FROM revisions_3 JOIN claims ON claims.id = claim_id ORDER BY revisions_3.id
"""


def curating(db: Database) -> None:
    """Take the step."""
    for statement in (
        "DROP INDEX revisions_claim",
        "DROP INDEX revisions_batch",
        "ALTER TABLE revisions RENAME TO revisions_3",
        *TABLES,
    ):
        db.execute(statement)
    chained = _Chained(db)
    chained.add_old()
    chained.add_unaccounted()
    db.execute("DROP TABLE revisions_3")


class _Chained:
    """The chain as it grows: `last` holds what each claim became, with its commitment."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.number, self.hash = 0, GENESIS
        self.last: dict[str, tuple[str, bytes]] = {}
        self.people: dict[str, str] = {}

    def add_old(self) -> None:
        """Move every older revision into the chain, in its order."""
        for claim_id, space, at, actor, origin, verb, batch, before, after in _each(self.db, _OLD):
            row = (claim_id, space, at, self._person(actor), origin, verb, batch)
            self._add(row, before, after)

    def add_unaccounted(self) -> None:
        """Add a revision for each claim that is not what the older revisions say."""
        at = now()
        for claim_id, body, space in _each(self.db, _CLAIMS):
            known = self.last.get(claim_id)
            if known is None or not _same(known[0], body):
                verb = "add" if known is None else "edit"
                self._add((claim_id, space, at, "", "migration", verb, ""), known and known[0], body)

    def _add(self, row: Sequence[str], before: str | None, after: str | None) -> None:
        known = self.last.get(row[0])
        if known is not None and before == known[0]:
            earlier: bytes | None = known[1]
        else:
            earlier = self._kept(before)
        later = self._kept(after)
        self.number += 1
        claim_id, space, at, person, origin, verb, batch = row
        made = Row(self.number, claim_id, space, at, person, origin, verb, batch, None, 0, earlier, later)
        self.hash = link(self.hash, made)
        self.db.execute(f"INSERT INTO revisions VALUES ({', '.join('?' * 13)})", [*made, self.hash])
        if after is not None and later is not None:
            self.last[row[0]] = (after, later)

    def _kept(self, body: str | None) -> bytes | None:
        if body is None:
            return None
        content: Content = new_content(body)
        self.db.execute("INSERT INTO contents VALUES (?, ?, ?)", list(content))
        return content.commitment

    def _person(self, actor: str) -> str:
        """Return the random id for an account; the program itself (`starter`) and nobody stay as they are."""
        if ":" not in actor:
            return actor
        if actor not in self.people:
            self.people[actor] = f"p{secrets.token_hex(6)}"
            self.db.execute("INSERT INTO people VALUES (?, ?, '')", [self.people[actor], actor])
        return self.people[actor]


def _each(db: Database, sql: str) -> Iterator[tuple[Any, ...]]:
    found = db.execute(sql)
    while rows := found.fetchmany(_AT_ONCE):
        yield from rows


def _same(one: str, other: str) -> bool:
    """Whether two claims as JSON say the same; a field that an older Factbot did not write is empty."""
    first, second = json.loads(one), json.loads(other)
    return _told(first) == _told(second)


def _told(claim: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in claim.items() if value}
