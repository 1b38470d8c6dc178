"""What was added, changed and removed since an index was built as a whole."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.matching.row import Row, belongs
from bot.matching.segment import Segment
from bot.model import Claim


@dataclass(frozen=True)
class Changes:
    """What makes an index differ from its large segment."""

    rows: Mapping[str, Row] = field(default_factory=dict)
    """Claims that were added or changed, by id, in the order of their ids."""
    dead: frozenset[int] = frozenset()
    """Claims of the large segment that are gone or changed."""
    lost: Mapping[str, int] = field(default_factory=dict)
    """How many dead claims hold a word."""

    def with_claims(self, now: Mapping[str, Claim | None], base: Segment) -> "Changes":
        """Return the changes after which the claims with these ids are as they are now (None: not there)."""
        kept = {claim_id: row for claim_id, row in self.rows.items() if claim_id not in now}
        new = {claim_id: Row.of(claim) for claim_id, claim in now.items() if claim is not None and belongs(claim)}
        dead = {doc for claim_id in now if (doc := base.find(claim_id)) is not None} - self.dead
        lost = Counter(self.lost) + Counter(word for doc in dead for word in base.words_of(doc))
        return Changes(dict(sorted({**kept, **new}.items())), self.dead | dead, lost)
