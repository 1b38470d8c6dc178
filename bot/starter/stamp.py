"""Which starter a database was last brought up to: remembered in the database, and in the starter itself."""

from dataclasses import dataclass
from typing import Self

from bot.store import STARTER, Store


@dataclass(frozen=True, slots=True)
class Stamp:
    """An edition's number, and the fingerprint of its claims."""

    edition: int = 0
    claims: str = ""

    def __str__(self) -> str:
        return f"{self.edition} {self.claims}".rstrip()

    @classmethod
    def of(cls, store: Store) -> Self | None:
        """Return the stamp that the database has, or None: it was not made from the starter."""
        edition, _, claims = store.remembered(STARTER).partition(" ")
        return cls(int(edition), claims) if edition.isdecimal() else None

    def follows(self, other: "Stamp") -> bool:
        """Whether this starter is newer: no older edition, and other claims."""
        return self.edition >= other.edition and self.claims != other.claims
