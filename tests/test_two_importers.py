"""Two processes that import into a database that is not there yet: both end well, and nothing is lost."""

import subprocess
import sys
from pathlib import Path

from bot.store import Store


def test_two_importers_of_a_missing_database_both_succeed(tmp_path: Path) -> None:
    for name in "ab":
        rows = "\n".join(f"{name}{n},The {name} claim number {n}" for n in range(400))
        (tmp_path / f"{name}.csv").write_text(f"external_id,text\n{rows}\n", "utf-8")
    command = [sys.executable, "-m", "bot", "--db", str(tmp_path / "facts.db"), "import"]
    both = [
        subprocess.Popen([*command, str(tmp_path / f"{name}.csv")], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for name in "ab"
    ]
    errors = [process.communicate(timeout=60)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], errors
    with Store.open(tmp_path / "facts.db") as store:
        assert store.count() == 800
