"""The spaces book: which communities the bot has left, and how all that is stored of one is erased.

The chain of revisions stays sound: of each erased revision its number and hash stay, and one record of the erasure is
linked to the end. Neither tells whose they were.
"""

from bot.errors import Refused
from bot.model import GLOBAL
from bot.records import Trace
from bot.storage import forgotten
from bot.storage.chain import erasure
from bot.storage.clock import now
from bot.storage.communities import Communities
from bot.storage.connection import EACH, Connection, array
from bot.storage.people import People
from bot.storage.revisions import Revisions

Counts = dict[str, int]
"""How many rows there are, by the name of their table."""

LEFT = "left"
"""The setting that says when a space was left."""

_OWN = ("claims", "suggestions", "drafts", "notices", "replies", "moderators", "blocked", "settings", "links")
_TEXTS = """
    DELETE FROM contents WHERE commitment IN (
        SELECT why FROM revisions WHERE space = ?1 UNION SELECT before FROM revisions WHERE space = ?1
        UNION SELECT after FROM revisions WHERE space = ?1
        EXCEPT SELECT why FROM revisions WHERE space <> ?1 EXCEPT SELECT before FROM revisions WHERE space <> ?1
        EXCEPT SELECT after FROM revisions WHERE space <> ?1)
"""
_PEOPLE = """
    SELECT person FROM revisions WHERE space = ?1 UNION SELECT person FROM suggestions WHERE space = ?1
    UNION SELECT taken_by FROM suggestions WHERE space = ?1 UNION SELECT decided_by FROM suggestions WHERE space = ?1
    UNION SELECT backers.person FROM backers JOIN suggestions ON suggestions.id = suggestion WHERE space = ?1
    UNION SELECT person FROM drafts WHERE space = ?1 UNION SELECT person FROM blocked WHERE space = ?1
    UNION SELECT person FROM people JOIN moderators ON who = account WHERE space = ?1
    UNION SELECT person FROM people JOIN notices ON addressee = account WHERE space = ?1
    UNION SELECT person FROM people JOIN replies USING (account) WHERE space = ?1
"""
_STRANGERS = f"""
    DELETE FROM people WHERE person IN {EACH} AND person NOT IN (
        SELECT person FROM revisions UNION SELECT person FROM suggestions UNION SELECT taken_by FROM suggestions
        UNION SELECT decided_by FROM suggestions UNION SELECT person FROM backers UNION SELECT person FROM drafts
        UNION SELECT person FROM blocked) AND account NOT IN (
        SELECT who FROM moderators UNION SELECT addressee FROM notices UNION SELECT account FROM replies)
        AND NOT EXISTS (SELECT 1 FROM erased WHERE instr(record, person))
"""
"""Those of these people of whom nothing else is stored any more."""
_FOR_A_TIME = ("drafts", "notices", "deliveries", "replies")


class Spaces:
    """Communities as a whole."""

    def __init__(self, connection: Connection, revisions: Revisions, people: People, communities: Communities) -> None:
        self._connection = connection
        self._revisions = revisions
        self._people = people
        self._communities = communities

    def expire(self) -> int:
        """Drop whatever was kept for a time that is over, then people of whom nothing is left; return how many rows."""
        with self._connection.transaction():
            gone = sum(self._connection.run(f"DELETE FROM {book} WHERE expires < ?", [now()]) for book in _FOR_A_TIME)
            everybody = [row[0] for row in self._connection.fetch("SELECT person FROM people")] if gone else []
            return gone + self._connection.run(_STRANGERS, [array(everybody)])

    def known(self) -> list[str]:
        """Return every space of which something is stored, sorted."""
        return sorted(str(row[0]) for row in self._connection.fetch(forgotten.SPACES))

    def leave(self, space: str) -> bool:
        """Remember that the bot is not there any more; return whether that is news, and something of it is stored."""
        with self._connection.transaction():
            news = space != GLOBAL and space in self.known() and space not in self.left()
            if news:
                self._communities.set(space, LEFT, now())
            return news

    def come_back(self, space: str) -> bool:
        """Remember that the bot is there; return whether it was not."""
        if space not in self.left():
            return False
        self._communities.set(space, LEFT, "")
        return True

    def left(self) -> dict[str, str]:
        """Return the spaces that the bot has left, with the time of that."""
        sql = "SELECT space, value FROM settings WHERE name = ? ORDER BY value"
        return dict(self._connection.fetch(sql, [LEFT]))

    def sharing(self, space: str) -> list[str]:
        """Return the spaces that share the claims of this one."""
        return [row[0] for row in self._connection.fetch("SELECT space FROM links WHERE home = ?", [space])]

    def stored(self, space: str) -> Counts:
        """Return how much is stored of a space; nothing under a name of which there is nothing."""
        with self._connection.held():
            found = {table: self._count(table, space) for table in ("revisions", *_OWN)}
        return {table: count for table, count in found.items() if count}

    def _count(self, table: str, space: str) -> int:
        return int(self._connection.fetch(f"SELECT count(*) FROM {table} WHERE space = ?", [space])[0][0])

    def erase(self, space: str, trace: Trace) -> Counts:
        """Erase all that is stored of a space, in one transaction; return how much that was. There is no undo.

        No byte of it stays in the file, its name included. A restored backup erases it again. Who was known only there
        is forgotten. Raises `Refused` for `global`, and while other spaces share its claims.
        """
        if space == GLOBAL:
            raise Refused(f"{GLOBAL} is everybody's: it cannot be erased.")
        with self._connection.transaction():
            if others := self.sharing(space):
                raise Refused(f"The claims of {space} are shared by {', '.join(others)}: unlink that first.")
            counts = self._erased(space, trace)
            forgotten.put_on_list(self._connection, space, forgotten.List.SPACES)
        self._connection.compact()
        return counts

    def erase_again(self, space: str) -> None:
        """Erase a space that a backup still had, and the links to it, inside the transaction of the restore."""
        self._connection.run("DELETE FROM links WHERE home = ?", [space])
        self._erased(space, Trace("", "restore"))

    def _erased(self, space: str, trace: Trace) -> Counts:
        counts = self.stored(space)
        people = [row[0] for row in self._connection.fetch(_PEOPLE, [space])]
        self._unchain(space, trace)
        for table in _OWN:
            self._connection.run(f"DELETE FROM {table} WHERE space = ?", [space])
        strangers = self._connection.run(_STRANGERS, [array(people)])
        return counts | ({"people": strangers} if strangers else {})

    def _unchain(self, space: str, trace: Trace) -> None:
        """Take the revisions of a space, with their texts, out of the chain, and record that at its end."""
        sql = "SELECT id FROM revisions WHERE space = ? ORDER BY id"
        if numbers := [row[0] for row in self._connection.fetch(sql, [space])]:
            person = self._people.person(trace.actor, trace.name)
            self._revisions.append_record(erasure(trace.at or now(), person, trace.origin, numbers))
            self._connection.run(_TEXTS, [space])
            self._connection.run("INSERT INTO erased SELECT id, hash, NULL FROM revisions WHERE space = ?", [space])
            self._connection.run("DELETE FROM revisions WHERE space = ?", [space])
