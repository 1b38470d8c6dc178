"""The index's cache file: a start with it answers as one without it, and nothing wrong in it is ever believed."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from bot import keeper
from bot.ask import Asker
from bot.cli import run
from bot.keeper import Keeper
from bot.matching.cachefile import beside
from bot.model import Answer, Claim, Outcome, State
from bot.store import Change, Store, Trace

TRACE = Trace("test", "test")


def made(number: int, text: str = "") -> Claim:
    return Claim(text or f"Minister number{number} opened bridge{number} over river{number}", external_id=f"c{number}")


def put(store: Store, *claims: Claim) -> None:
    """Save the claims as they should be, new or not."""
    known = {claim.id: claim for claim in store.get_many([claim.id for claim in claims])}
    store.save_many([Change(known.get(claim.id), claim) for claim in claims], TRACE)


@pytest.fixture
def cached(store: Store, path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache file of a database with a hundred claims, which counts as large here."""
    monkeypatch.setattr(keeper, "WORTH_CACHING", 100)
    put(store, *(made(n) for n in range(100)))
    Asker(store).prepare()
    assert beside(path).exists()
    return beside(path)


def answers(store: Store) -> list[Answer]:
    asker = Asker(store)
    return [asker.ask(question) for question in (made(3).text, "bridge77 river77", made(100).text, "bridge")]


def forbid_building(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Keeper, "_rows", lambda self: pytest.fail("the claims were read"))


def test_a_start_with_a_cache_file_reads_no_claims_and_answers_the_same(
    store: Store, cached: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = cached.rename(cached.with_suffix(".away"))
    expected = answers(store)
    moved.rename(cached)
    forbid_building(monkeypatch)
    assert answers(store) == expected


def test_what_changed_since_the_cache_file_is_patched_in(
    store: Store, cached: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(store, replace(made(3), state=State.REMOVED), made(100), replace(made(77), text="Nothing at all"))
    with monkeypatch.context() as patched:
        forbid_building(patched)
        found = answers(store)
    cached.unlink()
    assert found == answers(store)


def spoilt(whole: bytes) -> dict[str, bytes]:
    middle = len(whole) // 2
    return {
        "empty": b"",
        "cut": whole[:middle],
        "without its end": whole[:-1],
        "longer": whole + b"\0" * 8,
        "one bit": whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
        "other program": b"SQLite format 3\0" + whole[16:],
        "zeros": bytes(len(whole)),
        "deep": whole[:56] + b"[" * 9_000,
        "no head": whole[:48] + b"\xff" * 8 + whole[56:],
        "other revision": whole.replace(b'"revision": 100', b'"revision": 101'),
        "other code": whole.replace(b'"code": "', b'"code": "0'),
        "pickle": b"cos\nsystem\n(S'exit 1'\ntR.",
    }


@pytest.mark.parametrize("how", spoilt(b"x" * 100).keys())
def test_a_spoilt_cache_file_is_never_believed_and_is_made_anew(store: Store, cached: Path, how: str) -> None:
    whole = cached.read_bytes()
    expected = answers(store)
    cached.write_bytes(spoilt(whole)[how])
    assert answers(store) == expected
    assert cached.read_bytes() == whole


def test_the_cache_file_of_another_database_is_never_believed(
    store: Store, cached: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(tmp_path / "other.db", missing="empty") as other:
        put(other, *(made(n, f"Nobody ever dug canal{n} near lake{n}") for n in range(100)))
        beside(tmp_path / "other.db").write_bytes(cached.read_bytes())
        assert Asker(other).ask("Nobody ever dug canal3 near lake3").outcome is Outcome.MATCH
        assert Asker(other).ask(made(3).text).outcome is Outcome.NONE


@pytest.mark.parametrize("what", ["folder", "pipe", "broken link"])
def test_what_is_no_file_in_the_cache_files_place_is_no_error(store: Store, cached: Path, what: str) -> None:
    cached.unlink()
    {"folder": cached.mkdir, "pipe": lambda: os.mkfifo(cached), "broken link": lambda: cached.symlink_to("nowhere")}[
        what
    ]()
    assert Asker(store).ask(made(3).text).outcome is Outcome.MATCH


def test_a_small_or_read_only_database_gets_no_cache_file(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(store, *(made(n) for n in range(50)))
    Asker(store).prepare()
    monkeypatch.setattr(keeper, "WORTH_CACHING", 10)
    with Store.open(path, readonly=True) as readonly:
        Asker(readonly).prepare()
    assert not list(path.parent.glob("*.index*"))


def test_a_folder_that_may_not_be_written_is_no_error(
    store: Store, cached: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cached.unlink()

    def refuse(*args: object, **kwargs: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", refuse)
    assert Asker(store).ask(made(3).text).outcome is Outcome.MATCH
    assert not cached.exists()


def test_the_cache_file_is_as_private_as_the_database(store: Store, path: Path, cached: Path) -> None:
    path.chmod(0o640)
    cached.unlink()
    Asker(store).prepare()
    assert cached.stat().st_mode & 0o777 == 0o640
    assert [each.name for each in path.parent.iterdir() if each.name.startswith(".")] == []


def test_what_was_taken_down_does_not_stay_beside_it(store: Store, path: Path, cached: Path, home: Path) -> None:
    assert b"bridge77" in cached.read_bytes()
    assert run(["--db", str(path), "takedown", "Minister number77"]) == 0
    assert not cached.exists()
