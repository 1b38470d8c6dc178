"""What an index needs to follow the claims: all of them page by page, and which of them changed since it looked."""

from typing import NamedTuple

from bot.model import Claim
from bot.storage import tables
from bot.storage.connection import Connection
from bot.storage.revisions import LAST


class Version(NamedTuple):
    """Number and hash of the last revision: as the hash covers all before it, equal versions hold equal claims."""

    number: int
    hash: bytes


_CHANGED = "SELECT DISTINCT +claim_id FROM revisions WHERE id > ? LIMIT ?"
"""With the plus, SQLite starts at that id instead of walking the whole index of claim ids."""
_HASH = "SELECT hash FROM revisions WHERE id = ?1 UNION ALL SELECT hash FROM erased WHERE id = ?1 AND record NOTNULL"
_ERASED_SINCE = "SELECT 1 FROM erased WHERE id > ? LIMIT 1"
_PAGE = "id IN (SELECT id FROM claims WHERE id > ? ORDER BY id LIMIT ?)"


class Following:
    """Reads the claims for an index. Every method fetches at once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def version(self) -> Version:
        """Return the version of the claims as they are now."""
        found = self._connection.fetch(LAST)
        return Version(*found[0]) if found else Version(0, b"")

    def hash_of(self, number: int) -> bytes:
        """Return the hash of the revision (or erasure) with this number, nothing where there is none."""
        found = self._connection.fetch(_HASH, [number]) if number < 1 << 63 else []
        return bytes(found[0][0]) if found else b""

    def changed_since(self, version: Version, most: int) -> list[str] | None:
        """Return the ids of the claims that changed after `version`.

        None where there are more than `most`, where some were erased (nobody remembers which), and where the database
        never was at that version.
        """
        with self._connection.held():
            erased = self._connection.fetch(_ERASED_SINCE, [version.number])
            if erased or self.hash_of(version.number) != version.hash:
                return None
            found = [row[0] for row in self._connection.fetch(_CHANGED, [version.number, most + 1])]
        return found if len(found) <= most else None

    def page(self, after: str, size: int) -> list[Claim]:
        """Return the next `size` claims after this id, whatever their state, sorted by id."""
        return sorted(tables.load(self._connection, _PAGE, [after, size]), key=lambda claim: claim.id)
