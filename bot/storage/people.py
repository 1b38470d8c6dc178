"""The people book: which account a random id stands for. It lies outside the chain, so that it can be cut."""

import re
import secrets

from bot.storage.connection import Connection
from bot.text import clean

MAX_ACCOUNT = 200
MAX_PERSON_NAME = 80
_PERSON = re.compile(r"p[0-9a-f]{12}")


def is_account(actor: str) -> bool:
    """Whether this is a person's account (`discord:123`), and not the program itself (`starter`) or nobody."""
    return ":" in actor


def is_person(text: str) -> bool:
    """Whether this is a random id."""
    return _PERSON.fullmatch(text) is not None


class People:
    """Accounts, the random ids that stand for them wherever something is kept, and what people call them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def person(self, account: str, name: str = "") -> str:
        """Return the id that stands for `account`, a new one when it has none; keep `name` when one is given.

        A system actor (see `is_account`) stands for itself.
        """
        account = clean(account, MAX_ACCOUNT)
        if not is_account(account):
            return account
        name = clean(name, MAX_PERSON_NAME)
        with self._connection.transaction():
            person = self.find(account)
            if not person:
                person = f"p{secrets.token_hex(6)}"
                self._connection.run("INSERT INTO people VALUES (?, ?, ?)", [person, account, name])
            elif name:
                sql = "UPDATE people SET name = ? WHERE person = ? AND name <> ?"
                self._connection.run(sql, [name, person, name])
        return person

    def find(self, account: str) -> str:
        """Return the id that stands for `account`; empty when there is none."""
        return self._value("SELECT person FROM people WHERE account = ?", clean(account, MAX_ACCOUNT))

    def account(self, person: str) -> str:
        """Return the account that this id stands for; empty when it is forgotten."""
        return self._value("SELECT account FROM people WHERE person = ?", person)

    def name(self, person: str) -> str:
        """Return what people call whoever has this id; empty when that is not known or forgotten."""
        return self._value("SELECT name FROM people WHERE person = ?", person)

    def _value(self, sql: str, value: str) -> str:
        found = self._connection.fetch(sql, [value])
        return str(found[0][0]) if found else ""
