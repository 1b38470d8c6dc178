"""The permission matrix: every verb, by everyone, everywhere, to everything, as tests/data/permissions.txt says."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.request import Request
from bot.verbs import VERBS
from tests.newsroom import HOME, OPERATOR, Newsroom
from tests.permission_world import OPERATOR_NAME, PLACES, ROLES, Command, Prepared, Shown, shown

TABLE = Path(__file__).parent / "data" / "permissions.txt"


@cache
def table() -> dict[str, tuple[str, ...]]:
    """Return the cells of each command: for each place one letter a role."""
    rows = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith(("#", " "))]
    parts = [row.rsplit(maxsplit=len(PLACES)) for row in rows]
    assert all(len(cell) == len(ROLES) for _, *cells in parts for cell in cells)
    found = {command: tuple(cells) for command, *cells in parts}
    assert len(found) == len(rows)
    return found


@pytest.fixture(scope="module")
def prepared() -> Iterator[Prepared]:
    prepared = Prepared()
    yield prepared
    prepared.close()


@pytest.mark.parametrize("line", table())
def test_everyone_can_do_everywhere_what_the_table_says_and_nothing_else(prepared: Prepared, line: str) -> None:
    happened = []
    for place, cells in zip(PLACES, table()[line], strict=True):
        for role, wanted in zip(ROLES, cells, strict=True):
            found, reply = prepared.perform(line, place, role)
            if found != wanted:
                happened.append(f"{place} {role}: {found} instead of {wanted}: {reply!r:.300}")
            if role not in "PT" and OPERATOR_NAME.casefold() in shown(reply):
                happened.append(f"{place} {role}: was told who the operator is")
    assert not happened, "\n".join(happened)


def test_the_table_holds_every_verb_and_every_parameter_that_needs_a_higher_role() -> None:
    commands = [Command.read(line) for line in table()]
    tried = {(command.verb, name) for command in commands for name in command.arguments}
    assert {command.verb for command in commands} == {verb.name for verb in VERBS}
    assert {(verb.name, item.name) for verb in VERBS for item in verb.parameters if item.least > verb.least} <= tried
    assert {(verb.name, item.name) for verb in VERBS for item in verb.parameters if item.name == "space"} <= tried
    print(f"\n{len(commands) * len(PLACES) * len(ROLES):,} cells in {len(commands)} rows")  # noqa: T201 - how much is tried is to be seen with -s


UNKNOWN = {
    "": "x0123456789abcdef",
    "removed": "x0123456789abcdef",
    "other": "x0123456789abcdee",
    "change": "987654",
    "batch": "batch-q",
    "suggestion": "s01234567",
    "draft.stranger": "d0123456789ab",
}
"""By the names that the table uses: what there is nowhere."""


@pytest.mark.parametrize("line", [line for line in table() if "{away" in line and "{away.space}" not in line])
def test_what_is_another_communitys_is_answered_as_if_there_were_no_such_thing(prepared: Prepared, line: str) -> None:
    unknown = {f"away.{name}".rstrip("."): value for name, value in UNKNOWN.items()}
    for role in ROLES:
        for place in ("own", "guest", "dm", "linked"):
            _, reply = prepared.perform(line, place, role)
            _, stranger = prepared.perform(line, place, role, unknown)
            assert without_ids(reply) == without_ids(stranger)


def without_ids(reply: Shown) -> str:
    return re.sub(r"\b(x[0-9a-f]{16}|[sd][0-9a-f]{8,12}|\d+|batch-[aq])\b", "…", shown(reply))


def test_a_space_that_cannot_be_is_named_and_offers_no_completions(newsroom: Newsroom) -> None:
    request = Request("fact export", {"space": "no such space"}, "discord", HOME, OPERATOR)
    assert newsroom.factbot.complete(request, "format", "") == []
    assert newsroom.factbot.handle(request).text.startswith("space: is not a space")
