"""The communities book: whose claims a space shares, who moderates it, who may not suggest there, its settings."""

from collections.abc import Sequence

from bot.errors import Refused
from bot.model import GLOBAL
from bot.storage.connection import Connection
from bot.storage.people import MAX_ACCOUNT, People, is_person
from bot.text import clean

MAX_SPACE = 200
MAX_SETTING = 2_000
MOST_MODERATORS = 100
MOST_BLOCKED = 10_000


class Communities:
    """What is known about each space besides its claims."""

    def __init__(self, connection: Connection, people: People) -> None:
        self._connection = connection
        self._people = people

    def home(self, space: str) -> str:
        """Return the space whose claims this one shares: the one it is linked to, else itself."""
        found = self._column("SELECT home FROM links WHERE space = ?", space)
        return found[0] if found else space

    def link(self, space: str, home: str) -> None:
        """Make `space` share the claims of `home` from now on.

        Raises `Refused` where claims would be lost from sight or links would make a chain: for `global`, for a space
        that has claims or is itself a home, and for a home that is linked.
        """
        space, home = clean(space, MAX_SPACE), clean(home, MAX_SPACE)
        with self._connection.transaction():
            if problem := self._no_link(space, home):
                raise Refused(f"{space} was not linked to {home}: {problem}.")
            self._connection.run("INSERT OR REPLACE INTO links VALUES (?, ?)", [space, home])

    def _no_link(self, space: str, home: str) -> str:
        if not space or not home or space == home:
            return "name two different spaces"
        if GLOBAL in (space, home):
            return f"{GLOBAL} is everybody's already"
        if self.home(home) != home:
            return f"{home} is linked to {self.home(home)}: link to that one"
        if self._column("SELECT space FROM links WHERE home = ?", space):
            return f"other spaces are linked to {space}: unlink them first"
        if self._column("SELECT id FROM claims WHERE space = ? LIMIT 1", space):
            return f"{space} has claims of its own: export them, and import them into {home}"
        return ""

    def unlink(self, space: str) -> bool:
        """Let `space` have its own claims again; return whether it was linked."""
        return self._connection.run("DELETE FROM links WHERE space = ?", [space]) > 0

    def links(self) -> dict[str, str]:
        """Return every linked space with its home."""
        return dict(self._connection.fetch("SELECT space, home FROM links ORDER BY space"))

    def moderators(self, space: str) -> frozenset[str]:
        """Return the accounts and groups (`discord:role:5`) that are named as moderators of `space`."""
        return frozenset(self._column("SELECT who FROM moderators WHERE space = ?", space))

    def name_moderator(self, space: str, who: str) -> bool:
        """Name an account or a group as moderator; return whether it was not yet. Raises `Refused` past the cap."""
        who = clean(who, MAX_ACCOUNT)
        if not who:
            raise Refused("Name the account or the group that is to moderate.")
        with self._connection.transaction():
            self._cap(self.moderators(space) - {who}, MOST_MODERATORS, "moderators", "name a group instead")
            return self._connection.run("INSERT OR IGNORE INTO moderators VALUES (?, ?)", [space, who]) > 0

    def unname_moderator(self, space: str, who: str) -> bool:
        """Take the name off the list; return whether it was there."""
        sql = "DELETE FROM moderators WHERE space = ? AND who = ?"
        return self._connection.run(sql, [space, clean(who, MAX_ACCOUNT)]) > 0

    def blocked(self, space: str) -> list[str]:
        """Return the ids of the people who may not suggest in `space`."""
        return self._column("SELECT person FROM blocked WHERE space = ? ORDER BY person", space)

    def block(self, space: str, account: str) -> bool:
        """Let this account (or the person with this id) suggest nothing more; return whether they could until now."""
        with self._connection.transaction():
            self._cap(self.blocked(space), MOST_BLOCKED, "blocked people", "unblock some first")
            person = account if is_person(account) else self._people.person(account)
            return self._connection.run("INSERT OR IGNORE INTO blocked VALUES (?, ?)", [space, person]) > 0

    def unblock(self, space: str, account: str) -> bool:
        """Let this account (or the person with this id) suggest again; return whether they were blocked."""
        sql = "DELETE FROM blocked WHERE space = ? AND person = ?"
        return self._connection.run(sql, [space, self._known(account)]) > 0

    def is_blocked(self, space: str, account: str) -> bool:
        """Whether this account (or the person with this id) may not suggest in `space`."""
        sql = "SELECT 1 FROM blocked WHERE space = ? AND person = ?"
        return bool(self._connection.fetch(sql, [space, self._known(account)]))

    def _known(self, account: str) -> str:
        return account if is_person(account) else self._people.find(account)

    def setting(self, space: str, name: str) -> str:
        """Return what `space` has chosen under `name`; empty when nothing."""
        found = self._connection.fetch("SELECT value FROM settings WHERE space = ? AND name = ?", [space, name])
        return str(found[0][0]) if found else ""

    def set(self, space: str, name: str, value: str) -> None:
        """Keep what `space` chooses under `name`; an empty value removes it."""
        value = clean(value, MAX_SETTING)
        if value:
            self._connection.run("INSERT OR REPLACE INTO settings VALUES (?, ?, ?)", [space, name, value])
        else:
            self._connection.run("DELETE FROM settings WHERE space = ? AND name = ?", [space, name])

    def _column(self, sql: str, space: str) -> list[str]:
        return [row[0] for row in self._connection.fetch(sql, [space])]

    @staticmethod
    def _cap(known: Sequence[str] | frozenset[str], most: int, what: str, advice: str) -> None:
        if len(known) >= most:
            raise Refused(f"There are {len(known):,} {what} here already, {most:,} at most: {advice}.")
