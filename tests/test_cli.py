"""The command line: which database, which exit status, and one plain line for what is wrong."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click import Command, Group, Option

import bot
from bot import __version__
from bot.cli import cli, run

pytestmark = pytest.mark.usefixtures("home")

ROOT = Path(__file__).parents[1]
WOOD = "did russia use north korean missiles nine times?"


def factbot(*arguments: str, **environ: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program in a process of its own, without a terminal."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env={**os.environ, **environ},
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("arguments", [["-m", "bot", "--version"], ["-c", "import bot"]])
def test_what_is_tested_is_the_code_beside_the_tests(tmp_path: Path, arguments: list[str]) -> None:
    """A stale wheel in the environment must not pass in its place, in a process of its own neither."""
    assert Path(bot.__file__).parents[1] == ROOT
    done = subprocess.run(
        [sys.executable, "-v", *arguments], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0
    assert f"{ROOT / 'bot' / '__init__.py'}" in done.stderr


def test_a_missing_database_is_made_from_the_starter_and_standard_error_says_so(home: Path) -> None:
    done = factbot("ask", "--json", WOOD)
    assert json.loads(done.stdout)["outcome"] == "match"
    assert done.stderr.decode() == (
        f"factbot: There was no database at {home / 'facts.db'}: made one from the starter's claims.\n"
    )
    assert factbot("ask", WOOD).stderr == b""


def test_without_facts_db_the_database_is_made_in_the_users_data_folder(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("FACTS_DB")
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    assert run(["ask", WOOD]) == 0
    assert (home / "data" / "factbot" / "facts.db").exists()


def test_db_may_stand_before_and_after_the_subcommand_and_the_nearer_wins(home: Path) -> None:
    near, far = home / "near.db", home / "far.db"
    assert run(["--db", str(far), "ask", WOOD]) == 0
    assert far.exists()
    assert run(["--db", str(home / "not.db"), "ask", WOOD, "--db", str(near)]) == 0
    assert near.exists()
    assert not (home / "not.db").exists()
    assert run(["fact", "--db", str(near), "show", "wood-nine-occasions"]) == 0


def test_import_to_a_missing_path_makes_an_empty_database(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = home / "claims.csv"
    file.write_text("text\nThe fountain has been dry for years\n", encoding="utf-8")
    assert run(["import", str(file)]) == 0
    out, err = capsys.readouterr()
    assert out == f"{file}: 1 new, 0 changed, 0 unchanged.\n"
    assert "with no claims in it" in err
    assert run(["export", str(home / "out.jsonl")]) == 0
    assert "1 claim." in capsys.readouterr().out


def test_import_with_starter_adds_the_starters_claims(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = home / "claims.csv"
    file.write_text("text\nThe fountain has been dry for years\n", encoding="utf-8")
    assert run(["import", "--starter", str(file)]) == 0
    assert run(["fact", "show", "wood-nine-occasions"]) == 0


def test_a_dry_run_makes_no_database_and_changes_nothing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = home / "claims.csv"
    file.write_text("text\nThe fountain has been dry for years\n", encoding="utf-8")
    assert run(["import", "--dry-run", str(file)]) == 0
    assert "1 new" in capsys.readouterr().out
    assert not (home / "facts.db").exists()


def test_one_bad_row_rejects_the_file_unless_it_may_be_left_out(
    made: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = home / "claims.csv"
    file.write_text("text,status\nThe fountain has been dry,nonsense\nThe bridge is closed,\n", encoding="utf-8")
    assert run(["import", str(file)]) == 1
    assert "nonsense" in capsys.readouterr().err
    assert run(["import", "--skip-bad", str(file)]) == 0
    out, err = capsys.readouterr()
    assert "1 new" in out
    assert "1 left out" in out
    assert "nonsense" in err


def test_a_file_that_cannot_be_imported_leaves_no_database_behind(home: Path) -> None:
    assert run(["import", str(home / "none.csv")]) == 1
    assert run(["import", str(home / "claims.doc")]) == 1
    file = home / "claims.csv"
    for content in (b"text,status\nThe bridge is closed,\nThe fountain is dry,nonsense\n", b"text\n\xff\n", b"no\nx\n"):
        file.write_bytes(content)
        for options in ([], ["--starter"], ["--dry-run"], ["--db", str(home / "new" / "folder" / "facts.db")]):
            assert run(["import", *options, str(file)]) == 1
    assert [each for each in home.rglob("*") if "facts" in each.name or "folder" in each.name] == []


def test_an_import_that_is_cut_off_leaves_no_database_behind(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut_off(*_: object) -> None:
        raise KeyboardInterrupt

    (home / "claims.csv").write_text("text\nThe fountain has been dry for years\n", encoding="utf-8")
    monkeypatch.setattr("bot.storage.revisions.Revisions.record", cut_off)
    assert run(["import", str(home / "claims.csv")]) != 0
    assert [each.name for each in home.glob("*") if "facts" in each.name] == []


def test_export_of_a_missing_database_is_refused(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", str(home / "out.csv")]) == 1
    assert capsys.readouterr().err.startswith("factbot: There is no database at ")


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["--version"], 0),
        (["--help"], 0),
        (["ask", "--help"], 0),
        (["nonsense"], 2),
        (["ask"], 2),
        (["ask", "--jsn", "x"], 2),
        (["fact"], 2),
        (["fact", "show"], 2),
        (["import"], 2),
        (["fact", "show", "zebra"], 1),
        (["ask", "--space", "not a space!", "x"], 1),
    ],
)
def test_exit_statuses_and_one_plain_line_for_what_is_wrong(
    made: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], status: int
) -> None:
    assert run(arguments) == status
    err = capsys.readouterr().err
    assert len(err.splitlines()) == (1 if status else 0)
    assert "Traceback" not in err


def test_version_is_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"factbot {__version__}\n"


def database_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    yield "empty", b""
    yield "text", b"this is no database" * 100
    yield "half a database", (folder / "facts.db").read_bytes()[:6000]


def test_a_database_that_cannot_be_used_is_refused_in_one_line_and_left_alone(
    made: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, content in database_files(home):
        path = home / f"{name}.db"
        path.write_bytes(content)
        assert run(["ask", "--db", str(path), WOOD]) == 1, name
        err = capsys.readouterr().err
        assert len(err.splitlines()) == 1
        assert str(path) in err
        assert path.read_bytes() == content


def test_a_folder_is_no_database(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ask", "--db", str(home), WOOD]) == 1
    assert "is a folder" in capsys.readouterr().err


@pytest.mark.parametrize("environ", [{"FACTBOT_LOG_LEVEL": "loud"}, {"FACTS_DB_FILE": "/nowhere"}])
def test_wrong_settings_end_with_78_and_the_settings_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], environ: dict[str, str]
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert run(["ask", "x"]) == 78
    err = capsys.readouterr().err
    assert next(iter(environ)) in err
    assert len(err.splitlines()) == 1


def test_starting_with_neither_token_nor_terminal_ends_with_78_and_a_sentence() -> None:
    done = factbot()
    assert done.returncode == 78
    assert b"no token is set" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_token_with_an_address_that_is_none_ends_with_78_and_the_settings_name() -> None:
    done = factbot(DISCORD_TOKEN="hunter2", DISCORD_API_BASE="not an address")  # noqa: S106 - no real one
    assert done.returncode == 78
    assert b"DISCORD_API_BASE" in done.stderr
    assert b"hunter2" not in done.stderr


def test_a_fault_is_one_line_with_a_number_and_its_record_is_in_the_log_file(
    made: Path, home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_asker: object, question: str, **_: object) -> None:
        raise KeyError(question)

    monkeypatch.setattr("bot.ask.Asker.ask", broken)
    assert run(["ask", "what was asked"]) == 1
    err = capsys.readouterr().err
    assert len(err.splitlines()) == 1
    number = err.split("incident ")[1].split(".")[0]
    [log] = home.rglob("factbot.log")
    record = log.read_text(encoding="utf-8")
    assert number in record
    assert "test_cli.py" in record
    assert "what was asked" not in record + err
    assert log.stat().st_mode & 0o077 == 0


def test_an_error_holds_no_escape_sequence(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["fact", "show", "\x1b[31mred\x1b]0;x\x07"]) == 1
    err = capsys.readouterr().err
    assert "\x1b" not in err
    assert "\x07" not in err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("redirection", [">/dev/full", ">&-", "<&-", "2>&-"])
def test_odd_standard_streams_end_in_order(made: Path, redirection: str) -> None:
    command = f"'{sys.executable}' -m bot ask --json zebra {redirection}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == (1 if redirection == ">/dev/full" else 0)
    assert len(done.stderr.splitlines()) == (1 if redirection == ">/dev/full" else 0)


def test_every_command_explains_itself() -> None:
    def walk(command: Command) -> Iterator[Command]:
        yield command
        if isinstance(command, Group):
            for each in command.commands.values():
                yield from walk(each)

    for command in walk(cli):
        assert command.help
        assert all(option.help for option in command.params if isinstance(option, Option)), command.name
