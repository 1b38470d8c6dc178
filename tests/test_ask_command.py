"""`factbot ask` as scripts rely on it: the JSON contract, streams, pipes, signals and the time to start."""

import io
import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import run

pytestmark = pytest.mark.usefixtures("home")

WOOD = "did russia use north korean missiles nine times?"
KEYS = ["question", "outcome", "reason", "claims", "candidates"]
CLAIM_KEYS = [
    "id", "external_id", "space", "outcome", "text", "claimant", "claimant_role", "said_on", "occasion",
    "via", "attribution", "status", "status_note", "status_on", "sources", "score", "difference",
]  # fmt: skip
CANDIDATE_KEYS = ["id", "external_id", "text", "claimant", "score"]


def feed(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), encoding="utf-8"))


def test_one_json_object_has_the_keys_of_the_contract_in_their_order(
    made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["ask", "--json", WOOD]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert list(answer) == KEYS
    assert answer["question"] == WOOD
    assert answer["outcome"] == "match"
    assert list(answer["claims"][0]) == CLAIM_KEYS
    assert answer["claims"][0]["id"] == "wood-nine-occasions"
    assert list(answer["claims"][0]["sources"][0]) == ["title", "publisher", "url", "date"]
    assert list(answer["candidates"][0]) == CANDIDATE_KEYS
    assert answer["claims"][0]["difference"] is None


def test_explain_adds_an_object_to_each_claim_and_candidate(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ask", "--json", "--explain", WOOD]) == 0
    answer = json.loads(capsys.readouterr().out)
    for claim in (*answer["claims"], *answer["candidates"]):
        assert list(claim["explain"]) == ["words", "signals", "conflicts", "matched_phrasing"]


def test_explain_shows_a_readable_block(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ask", "--explain", WOOD]) == 0
    assert "Signals: " in capsys.readouterr().out


def test_a_stream_answers_every_line_in_order_whatever_it_holds(
    made: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [
        (b"plain", "plain"),
        (b'"a \\"quoted\\" one"', 'a "quoted" one'),
        (b'  "blanks around"  ', "blanks around"),
        (b'"two\\nlines"', "two lines"),
        (b'"not" a json string', '"not" a json string'),
        (b'"open', '"open'),
        (b"[1, 2]", "[1, 2]"),
        (b"17", "17"),
        (b"null", "null"),
        (b"", ""),
        (b"   ", ""),
        (b"\xff\xfe broken", "broken"),
        (b'"lone \\ud800 half"', "lone half"),
        ("Болвінов 🚀".encode(), "Болвінов 🚀"),
        (b"nul\x00inside", "nul inside"),
        (b"dos line\r", "dos line"),
        (b"[" * 20_000, "[" * 20_000),
        (b"no newline at the end", "no newline at the end"),
    ]
    feed(monkeypatch, b"\n".join(line for line, _ in lines))
    assert run(["ask", "--json", "-"]) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.removesuffix("\n").split("\n")]
    assert [answer["question"] for answer in answers] == [question for _, question in lines]


def test_a_byte_order_mark_is_not_part_of_the_first_question(
    made: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    feed(monkeypatch, b'\xef\xbb\xbf"first"\n')
    assert run(["ask", "--json", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["question"] == "first"


def test_an_empty_stream_gets_no_answer(
    made: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    feed(monkeypatch, b"")
    assert run(["ask", "--json", "-"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("question", ["", "   ", "🚀🚀", "the of and", "a\ud800b", "x" * 1_000_000, "\u202e\u200b"])
def test_any_question_ends_with_exit_status_0_and_valid_json(
    made: Path, capsys: pytest.CaptureFixture[str], question: str
) -> None:
    assert run(["ask", "--json", question]) == 0
    out = capsys.readouterr().out
    assert json.loads(out)["outcome"] == "none"
    assert len(out.splitlines()) == 1
    out.encode("utf-8")


def test_a_question_may_be_typed_without_quotes(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ask", "--json", *WOOD.split()]) == 0
    assert json.loads(capsys.readouterr().out)["question"] == WOOD


def test_each_answer_is_written_as_soon_as_it_is_ready(made: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "ask", "--json", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with process:
        assert process.stdin
        assert process.stdout
        for question in ("first", "second"):
            process.stdin.write(f"{question}\n".encode())
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["question"] == question


def test_a_closed_pipe_ends_quietly(made: Path) -> None:
    command = f"yes zebra | head -5000 | '{sys.executable}' -m bot ask --json - | head -1"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, timeout=60, check=False)
    assert done.stderr == b""
    assert json.loads(done.stdout)["question"] == "zebra"


@pytest.mark.skipif(os.name == "nt", reason="no such signal")
def test_ctrl_c_ends_without_a_word_with_exit_status_130(made: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "ask", "--json", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin
    assert process.stdout
    process.stdin.write(b"zebra\n")
    process.stdin.flush()
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (130, b"")


def test_output_is_utf_8_whatever_the_locale(made: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "ask", "--json", "Болвінов 🚀"],
        env={**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "latin-1"},
        capture_output=True,
        timeout=60,
        check=True,
    )
    assert json.loads(done.stdout.decode("utf-8"))["question"] == "Болвінов 🚀"


def test_asking_imports_no_chat_library_no_rich_and_no_event_loop(made: Path) -> None:
    code = (
        "import sys; from bot.cli import run; run(['ask', '--json', 'did russia use missiles?']); "
        "print(*{'discord', 'slack_bolt', 'slack_sdk', 'rich', 'asyncio', 'aiohttp'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.splitlines()[1] == ""


def test_asking_starts_within_three_times_the_time_of_its_libraries(made: Path) -> None:
    """Processor time, both in turn: by the clock it would measure what else the machine does."""

    def timed(*command: str) -> float:
        begun = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *command], capture_output=True, check=True, timeout=60)
        ended = resource.getrusage(resource.RUSAGE_CHILDREN)
        return ended.ru_utime + ended.ru_stime - begun.ru_utime - begun.ru_stime

    asking = libraries = 0.0
    for _ in range(3):
        libraries += timed("-c", "import sqlite_utils, rapidfuzz")
        asking += timed("-m", "bot", "ask", WOOD)
    assert asking <= 3 * libraries
