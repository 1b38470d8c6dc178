"""Build the starter database from `claims.toml`: `python -m bot.starter.build [FILE]`.

`edition` is a whole number, raised whenever what is published changes: a working database takes no older one.
Each `[[claim]]` holds the fields of one claim in the words of the columns; phrasings and tags are lists, and
each `[[claim.sources]]` holds title, publisher, url and date. The values pass the same checks as an import.
"""

import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.beside import name_beside
from bot.errors import FactbotError, Refused
from bot.fields.columns import claim_from
from bot.interchange.values import claim_values
from bot.model import Claim
from bot.starter.stamp import Stamp
from bot.store import STARTER, Change, Store, Trace, fingerprint

SOURCE_TEXT = Path(__file__).with_name("claims.toml")
_READABLE = 0o644
"""The permissions of the packaged starter, which holds nothing but what is published."""
_SALT = bytes(16)
_AT = "1970-01-01T00:00:00Z"
"""Salt and time of the starter's own revisions: fixed, so that what is built depends on nothing but the public text."""


def read_claims(path: Path = SOURCE_TEXT) -> list[Claim]:
    """Return the claims of a starter text, sorted by id.

    Raises `Refused` naming the claim and the problem.
    """
    return _claims(path, _read(path))


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Refused(f"{path} cannot be read: {error}") from error


def _edition(path: Path, text: Mapping[str, Any]) -> int:
    edition = text.get("edition")
    if type(edition) is not int or edition < 1:
        raise Refused(f"{path} has no edition: a whole number, raised whenever what is published changes.")
    return edition


def _claims(path: Path, text: Mapping[str, Any]) -> list[Claim]:
    claims = [_claim(path, table) for table in text.get("claim", [])]
    ids = [claim.external_id for claim in claims]
    if twice := sorted({each for each in ids if ids.count(each) > 1}):
        raise Refused(f"{path}: these external ids are there more than once: {', '.join(twice)}.")
    return sorted(claims, key=lambda claim: claim.id)


def _claim(path: Path, table: dict[str, object]) -> Claim:
    name = table.get("external_id") or table.get("text")
    if not table.get("external_id"):
        raise Refused(f"{path}: the claim {name!r} has no external_id.")
    try:
        return claim_from(claim_values(table))
    except FactbotError as error:
        raise Refused(f"{path}: the claim {name!r}: {error.message}") from error


def build(target: Path, source: Path = SOURCE_TEXT) -> int:
    """Write the starter database to `target`, replacing it in one step; return how many claims it holds."""
    text = _read(source)
    claims, edition = _claims(source, text), _edition(source, text)
    beside = name_beside(target)
    try:
        write_starter(beside, claims, edition)
        beside.chmod(_READABLE)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return len(claims)


def write_starter(path: Path, claims: Sequence[Claim], edition: int) -> None:
    """Make a starter database of these claims at `path`, where nothing is yet."""
    with Store.creating(path, "empty") as store:
        store.save_many([Change(None, claim) for claim in claims], Trace(STARTER, STARTER, at=_AT), salt=_SALT)
        store.remember(STARTER, str(Stamp(edition, fingerprint(claims))))


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the file that the command line names, `facts.db` at the repository's root otherwise."""
    named = sys.argv[1:] if arguments is None else arguments
    target = Path(named[0]) if named else Path(__file__).parents[2] / "facts.db"
    try:
        count = build(target)
    except FactbotError as error:
        sys.stderr.write(f"{error.message}\n")
        return error.exit_status
    sys.stdout.write(f"{target}: {count} claims\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
