"""The audit of the locked libraries: it passes only when each was asked about, at a service that knows something."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from tests.local_server import Quiet, serving

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock")
JINJA = {"vulns": [{"id": "PYSEC-2019-217", "affected": []}]}


@contextmanager
def service(bad: dict[str, Any], status: int = 200) -> Iterator[tuple[str, list[str]]]:
    """A service that knows something against these libraries; yields its address and what it was asked about."""
    asked: list[str] = []

    class Handler(Quiet, BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            name = query["package"]["name"]
            asked.append(f"{name}=={query['version']}")
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(bad.get(name, {})).encode())

    with serving(Handler) as address:
        yield f"{address}/v1/query", asked


def audit(url: str, root: Path = ROOT, path: str = "") -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"NO_PROXY": "127.0.0.1", "PYTHONPATH": path}
    command = [sys.executable, root / ".ci" / "audit", url]
    return subprocess.run(command, capture_output=True, text=True, timeout=100, env=environment, check=False)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A project that locks two libraries."""
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "audit", tmp_path / ".ci" / "audit")
    lock = "Some_Thing==1.0 ; sys_platform == 'os9' \\\n    --hash=sha256:aa\nother[x]==2.0\n"
    (tmp_path / LOCKS[0]).write_text(lock)
    (tmp_path / LOCKS[1]).write_text(lock)
    return tmp_path


@pytest.fixture
def twofold(small: Path) -> Path:
    """The same, with one of them in two versions, for two systems."""
    with (small / LOCKS[1]).open("a") as lock:
        lock.write("some-thing==1.1 ; sys_platform != 'os9'\n")
    return small


def test_a_clean_list_passes_and_says_how_many_were_asked_about(twofold: Path) -> None:
    with service({"jinja2": JINJA}) as (url, asked):
        done = audit(url, twofold)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "audit: 3 libraries asked about, 0 with known vulnerabilities.\n"
    assert sorted(asked) == ["jinja2==2.10", "other==2.0", "some-thing==1.0", "some-thing==1.1"]


def test_every_library_of_both_lock_files_is_asked_about() -> None:
    with service({"jinja2": JINJA}) as (url, asked):
        done = audit(url)
    assert done.returncode == 0
    pinned = {re.split(r"[ ;\\]", line)[0] for name in LOCKS for line in entries(name)}
    assert set(asked) == pinned | {"jinja2==2.10"}
    assert f"audit: {len(pinned)} libraries asked about" in done.stdout


def test_a_known_vulnerability_is_named_and_fails(small: Path) -> None:
    known = {"id": "PYSEC-1-1", "affected": [{"package": {"name": "other", "ecosystem": "PyPI"}}]}
    with service({"jinja2": JINJA, "other": {"vulns": [known]}}) as (url, _):
        done = audit(url, small)
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "audit: other 2.0: PYSEC-1-1",
        "audit: 2 libraries asked about, 1 with known vulnerabilities.",
    ]


def test_a_service_that_cannot_be_reached_or_stumbles_fails(small: Path, unused_tcp_port: int) -> None:
    done = audit(f"http://127.0.0.1:{unused_tcp_port}/", small)
    assert done.returncode == 1
    assert "audit: NOT audited: pip-audit got no answer from http://127.0.0.1" in done.stderr
    with service({}, status=500) as (url, _):
        done = audit(url, small)
    assert done.returncode == 1
    assert "audit: NOT audited" in done.stderr
    assert not done.stdout


def test_a_service_that_knows_nothing_at_all_fails(small: Path) -> None:
    with service({}) as (url, _):
        done = audit(url, small)
    assert done.returncode == 1
    assert "knows nothing against jinja2==2.10, so it would know nothing of others" in done.stderr


def test_an_empty_list_fails(small: Path) -> None:
    for name in LOCKS:
        (small / name).write_text("# nothing\n")
    done = audit("http://127.0.0.1:1/", small)
    assert done.returncode == 1
    assert "NOT audited: no library is pinned" in done.stderr


@pytest.mark.parametrize("left_out", [{"name": "other", "skip_reason": "not found"}, None])
def test_a_library_that_was_skipped_or_dropped_fails(twofold: Path, left_out: dict[str, str] | None) -> None:
    listed: list[dict[str, Any]] = [{"name": "jinja2", "version": "2.10", "vulns": [{"id": "x"}]}]
    listed += [{"name": "some_thing", "version": each, "vulns": []} for each in ("1.0", "1.1")]
    listed += [left_out] if left_out else []
    stand_in = twofold / "pip_audit.py"
    stand_in.write_text(f"print({json.dumps(json.dumps({'dependencies': listed}))})")
    done = audit("http://127.0.0.1:1/", twofold, str(twofold))
    assert done.returncode == 1
    assert "NOT audited: 1 of 3 libraries were left out: other==2.0" in done.stderr


def entries(name: str) -> list[str]:
    """Each library of a lock file, with what stands below it."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return [each for each in re.split(r"\n(?=[^\s#])", f"\n{text}") if not each.lstrip().startswith("#")]


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_library_is_pinned_by_version_and_hash(name: str) -> None:
    found = entries(name)
    assert len(found) > 30
    for entry in found:
        assert re.match(r"[a-z0-9.-]+(\[[a-z,]+\])?==[^\s;\\]+ ", entry), entry
        assert re.findall(r"--hash=sha256:[0-9a-f]{64}\b", entry), entry


def test_the_image_installs_wheels_of_the_lock_by_hash_and_nothing_else() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    installs = [line for line in text.splitlines() if re.search(r"pip\b.* install\b", line)]
    assert installs
    for line in installs:
        assert "--require-hashes" in line
        assert "--only-binary :all:" in line
        assert "-r /requirements.lock" in line
