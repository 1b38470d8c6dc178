"""Two communities that both have something in every table of a database."""

from dataclasses import replace
from pathlib import Path

from bot.conversations import Conversations
from bot.model import Claim, Source
from bot.recorder import Answered
from bot.store import Change, Store, SuggestionKind, Trace

GONE, STAYS = "discord:414141", "slack:T77"
ANN, BOB = "discord:515151", "slack:T77:U5"
LOST = (
    GONE,
    "Zzorchard",
    "zzpublisher",
    "zzphrasing",
    "zztag",
    "Zzreason",
    "Zzsuggested",
    "Zznote",
    "Zztyped",
    "Zzchosen",
)
PEOPLE = (ANN, "Zzann")
_OF_A_SPACE = (
    "claims",
    "revisions",
    "suggestions",
    "drafts",
    "notices",
    "replies",
    "moderators",
    "blocked",
    "settings",
)


def fill(store: Store) -> None:
    """Let one community have something in every table, and another too; some changes are of both at once."""
    orchard = Claim(
        "The Zzorchard has burnt down",
        "orchard",
        GONE,
        sources=(Source(publisher="zzpublisher"),),
        phrasings=("zzphrasing",),
        tags=("zztag",),
    )
    both = [Change(None, orchard), Change(None, Claim("The harbour is open", "harbour", STAYS))]
    store.save_many(both, Trace(BOB, "import", batch="both", why="For both", name="Bob"))
    ann = Trace(ANN, "discord", why="Zzreason", name="Zzann")
    store.save(orchard, replace(orchard, text="The Zzorchard stands"), ann)
    store.save_many([Change(None, Claim("The well is dry", "well", STAYS))], Trace(BOB, "slack", why="Seen"))
    store.save_many([Change(None, Claim("The Zzorchard again", "wood", GONE))], ann)
    for space, account, word in ((GONE, ANN, "Zz"), (STAYS, BOB, "Qq")):
        values = {"text": f"{word}suggested"}
        store.suggestions.add(space, SuggestionKind.CLAIM, "", values, f"{word}note", account, f"{word}ann")
        store.drafts.keep(account, space, "fact add", {"text": f"{word}typed"})
        store.notices.add(account, space, "For you", f"{word}chosen")
        store.communities.name_moderator(space, account)
        store.communities.block(space, account)
        store.communities.set(space, "notices", f"{word}chosen")
        Conversations(store).remember(Answered(f"{word}:channel:9", "1", "2", account, space))
    store.communities.link("slack:T9", STAYS)


def words(path: Path) -> list[str]:
    raw = path.read_bytes()
    return [word for word in (*LOST, *PEOPLE) if word.encode() in raw]


def of_others(store: Store, gone: set[str]) -> dict[str, list[object]]:
    """Everything stored of other spaces and people, as it is."""
    found = {}
    for table in (*_OF_A_SPACE, "links", "backers"):
        rows = store.db.execute(f"SELECT * FROM {table}").fetchall()
        found[table] = [row for row in rows if not gone & set(row)]
    return found
