"""Files as targets: imports, and random bytes in place of a database and of an index."""

import csv
import io
import shutil
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from bot.ask import Asker
from bot.errors import NotFound, Refused
from bot.fields.columns import COLUMNS
from bot.interchange.importing import import_bytes
from bot.matching import cachefile
from bot.matching.row import Row
from bot.matching.segment import Segment
from bot.model import Claim
from bot.store import Change, Store, Trace
from tests.benchmarks.fuzz_core import Made, Target
from tests.benchmarks.hostile import NASTY, Hostile

_HOME = "discord:1"
_TRACE = Trace("terminal:fuzz", "terminal")


def _imported(hostile: Hostile, name: str, content: str) -> Made:
    raw = content.encode(errors="surrogatepass")
    if hostile.chance.random() < 0.1:
        raw = hostile.flipped(raw, 2)
    if hostile.chance.random() < 0.02:
        raw = content.encode("utf-16", errors="surrogatepass")
    store, skip = _empty(), hostile.chance.random() < 0.5

    def call() -> None:
        space = None if skip else _HOME
        import_bytes(store, name, raw, _TRACE, space=space, dry_run=True, skip_bad=skip, most=8_000_000)

    return (name, raw[:3_000]), call


@cache
def _empty() -> Store:
    return Store.in_memory()


def tables(hostile: Hostile) -> Made:
    """CSV files."""
    return _imported(hostile, "a.csv", csv_text(hostile))


def csv_text(hostile: Hostile) -> str:
    """Return a CSV file, most of them nearly right."""
    if hostile.chance.random() < 0.002:
        return ",".join(["text", *("x" * 3 for _ in range(10_000))]) + "\n" + "a," * 10_000
    columns = ["text", *hostile.chance.sample([name for name in COLUMNS if name != "text"], hostile.length(6))]
    made = io.StringIO()
    writer = csv.writer(made, lineterminator=hostile.chance.choice(["\r\n", "\n"]))
    writer.writerow(columns)
    for _ in range(hostile.length(9)):
        writer.writerow([hostile.chance.choice(hostile.seeds), *(_cell(hostile, name) for name in columns[1:])])
    text = made.getvalue()
    return hostile.mutate(text) if hostile.chance.random() < 0.4 else text


_GOOD = {"status": "refuted", "said_on": "2024-02-06", "state": "active", "attribution": "quoted",
         "space": "global", "source_url": "https://a.org/b | https://c.org", "source_title": "A | C",
         "tags": "a | b", "lang": "en"}  # fmt: skip


def _cell(hostile: Hostile, name: str) -> str:
    return hostile.chance.choice([hostile.text(300), _GOOD.get(name, hostile.chance.choice(NASTY)), ""])


def lines(hostile: Hostile) -> Made:
    """JSON Lines."""
    made: list[str] = []
    for _ in range(hostile.length(6)):
        row: dict[str, Any] = {"text": hostile.chance.choice(hostile.seeds)}
        row |= {name: _GOOD.get(name, "x") for name in hostile.chance.sample(COLUMNS, 3)}
        row |= {"sources": [{"title": "A", "url": "https://a.org/b", "date": "2024"}]} if len(made) == 1 else {}
        made.append(hostile.json(hostile.twisted(row)))
    return _imported(hostile, "a.jsonl", "\n".join(made))


_REVIEW: dict[str, Any] = {
    "@context": "https://schema.org", "@type": "ClaimReview", "claimReviewed": "The <b>fountain</b> is dry &amp; old",
    "datePublished": "6 February 2024", "url": "https://a.org/b", "author": {"@type": "Organization", "name": "Desk"},
    "itemReviewed": {"@type": "Claim", "author": {"@id": "#p"}, "datePublished": 2024, "appearance": ["https://x.org/y"],
                     "firstAppearance": {"@type": "CreativeWork", "name": "Town hall"}},
    "reviewRating": {"@type": "Rating", "ratingValue": 1, "bestRating": "5", "worstRating": 1.0,
                     "alternateName": "False"},
    "inLanguage": {"@type": "Language", "alternateName": "en"}, "keywords": "town, water", "identifier": "r1",
    "citation": [{"@type": "CreativeWork", "name": "N", "url": "https://n.org", "publisher": {"name": "N"}}],
}  # fmt: skip
_OURS = [{"@type": "PropertyValue", "propertyID": f"factbot:{name}", "value": value} for name, value in
         (("external_id", "c1"), ("status", "refuted"), ("never_phrasings", "no"), ("space", "global"))]  # fmt: skip
_PERSON = {"@id": "#p", "@type": "Person", "name": "Ann", "jobTitle": ["mayor", {"@value": "judge"}]}


def reviews(hostile: Hostile) -> Made:
    """ClaimReviews, JSON-LD graphs and data feeds."""
    review = {**_REVIEW, "identifier": _OURS} if hostile.chance.random() < 0.3 else _REVIEW
    document: Any = {
        "@context": "https://schema.org",
        "@graph": [review, _PERSON, {"@id": "#p", "sameAs": {"@id": "#p"}}],
    }
    if hostile.chance.random() < 0.3:
        document = {
            "@context": "https://schema.org",
            "@type": "DataFeed",
            "dataFeedElement": [{"item": review}, _PERSON],
        }
    return _imported(hostile, "a.json", hostile.json(hostile.twisted(document)))


@cache
def _scratch() -> Path:
    """Return a folder in memory where there is one: thousands of files are written."""
    shared = Path("/dev/shm")  # noqa: S108
    return Path(tempfile.mkdtemp(dir=shared if shared.is_dir() else None))


@cache
def _real_database() -> bytes:
    path = _scratch() / "real.db"
    with Store.open(path, missing="empty") as store:
        claims = [Claim(f"Claim number {at} is on record", f"c{at}", claimant="Ann", tags=("a",)) for at in range(40)]
        store.save_many([Change(None, claim) for claim in claims], _TRACE)
    return path.read_bytes()


def databases(hostile: Hostile) -> Made:
    """Random bytes in place of the database, and real ones with bytes flipped, cut and overwritten."""
    folder = _scratch() / "broken"
    content = hostile.flipped(_real_database()) if hostile.chance.random() < 0.9 else hostile.chance.randbytes(9_000)
    readonly = hostile.chance.random() < 0.5

    def call() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        (folder / "facts.db").write_bytes(content)
        with Store.open(folder / "facts.db", readonly=readonly) as store:
            for step in _steps(store):
                _refused(step)

    return content[:200], call


def _steps(store: Store) -> Sequence[Callable[[], object]]:
    return (
        store.claims, store.check_chain, store.damage, lambda: store.recent(None, limit=5),
        lambda: store.history("c1"), lambda: store.save(None, Claim("A new claim", "new"), _TRACE),
        lambda: Asker(store).ask("Is claim number 7 on record?"),
        lambda: store.back_up(_scratch() / "copy.db", force=True),
    )  # fmt: skip


def _refused(step: Callable[[], object]) -> None:
    """Each step may be refused; the next is tried nevertheless."""
    try:
        step()
    except (Refused, NotFound):
        return


@cache
def _real_cache() -> bytes:
    rows = sorted(Row.of(Claim(f"Claim number {at} is on record", f"c{at}")) for at in range(40))
    path = _scratch() / "real.index"
    cachefile.save(path, Segment.build(rows), 7, b"k" * 32, Path(__file__))
    return path.read_bytes()


def caches(hostile: Hostile) -> Made:
    """Random bytes in place of the index's file: nothing but what was written is believed."""
    real, path = _real_cache(), _scratch() / "broken.index"
    content = hostile.flipped(real) if hostile.chance.random() < 0.9 else hostile.chance.randbytes(9_000)

    def call() -> None:
        path.write_bytes(content)
        found = cachefile.load(path, lambda number: b"k" * 32 if number == 7 else b"")
        assert (found is not None) == (content == real), "a broken index is believed"

    return content[:200], call


TARGETS: dict[str, Target] = {
    "CSV": Target(tables, 50, 1_000),
    "JSON Lines": Target(lines, 50, 1_000),
    "ClaimReview, JSON-LD": Target(reviews, 60, 1_000),
    "database files": Target(databases, 4, 1_000),
    "index files": Target(caches, 15),
}
