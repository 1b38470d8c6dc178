"""What is stored about one person: told to them, or forgotten."""

import json
from dataclasses import asdict
from typing import Any

from bot.storage import forgotten
from bot.storage.connection import Connection
from bot.storage.drafts import Drafts
from bot.storage.people import MAX_ACCOUNT, People, is_account
from bot.storage.revisions import Revisions
from bot.storage.suggestions import Suggestions
from bot.text import clean

SOMEBODY = "somebody"
_SHORTEST_NAME = 3
"""A shorter name is a part of too many words to be looked for in messages."""


def forget(connection: Connection, people: People, account: str) -> int:
    """Remove what ties anything to this account; see `Store.forget`."""
    account = clean(account, MAX_ACCOUNT)
    if not is_account(account):
        return 0
    with connection.transaction():
        person = people.find(account)
        told = [account, *([name] if len(name := people.name(person)) >= _SHORTEST_NAME else [])]
        count = sum(
            connection.run(f"DELETE FROM {table} WHERE {column} = ?", [value])
            for table, column, value in (
                ("drafts", "person", person),
                ("backers", "person", person),
                ("blocked", "person", person),
                ("replies", "account", account),
                ("people", "person", person),
                ("notices", "addressee", account),
                ("moderators", "who", account),
                ("settings", "value", account),
            )
            if value
        )
        for each in told if count else ():
            _unname(connection, each)
        forgotten.put_on_list(connection, account)
    connection.compact()
    return count


def _unname(connection: Connection, name: str) -> None:
    """Take a name out of the messages that wait for others, and of what was answered."""
    connection.run(
        "UPDATE notices SET title = replace(title, ?, ?), text = replace(text, ?, ?)", [name, SOMEBODY, name, SOMEBODY]
    )
    for form in {name, json.dumps(name)[1:-1], json.dumps(name, ensure_ascii=False)[1:-1]}:
        connection.run("DELETE FROM deliveries WHERE instr(key, ?) OR instr(answer, ?)", [form, form])


def about(
    connection: Connection, people: People, revisions: Revisions, suggestions: Suggestions, drafts: Drafts, account: str
) -> dict[str, Any]:
    """Return everything that is stored about this account; see `Store.about`."""
    account = clean(account, MAX_ACCOUNT)

    def rows(sql: str, value: str) -> list[list[Any]]:
        return [list(row) for row in connection.fetch(sql, [value])]

    with connection.held():
        person = people.find(account)
        made = revisions.of_person(person) if person else []
        return {
            "account": account,
            "person": person,
            "name": people.name(person),
            "revisions": [
                {name: getattr(each, name) for name in ("id", "claim_id", "space", "at", "origin", "verb", "why")}
                for each in made
            ],
            "suggestions": [asdict(each) for each in suggestions.of(account)] if person else [],
            "drafts": [asdict(each) for each in drafts.of_person(person)],
            "notices": rows("SELECT at, space, title, text FROM notices WHERE addressee = ? ORDER BY id", account),
            "replies": rows("SELECT place, question, reply FROM replies WHERE account = ?", account),
            "moderates": [row[0] for row in rows("SELECT space FROM moderators WHERE who = ?", account)],
            "blocked_in": [row[0] for row in rows("SELECT space FROM blocked WHERE person = ?", person)],
        }
