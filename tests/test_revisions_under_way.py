"""The chain of revisions when things go wrong: a crash, an error, two writers at once."""

import signal
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest

from bot.model import Claim
from bot.store import Change, Store, Trace

ME = Trace("terminal:ann", "terminal")


def process(code, *arguments, check=True):
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=check,
        timeout=60,
        cwd=Path(__file__).parents[1],
    )


def test_a_crash_in_the_middle_of_a_change_leaves_a_sound_chain_without_it(store, path):
    store.save(None, Claim("Before", "before"), ME)
    head = store.chain_head()
    code = """
        import os, signal, sys
        from bot.model import Claim
        from bot.store import Change, Store, Trace
        with Store.open(sys.argv[1]) as store:
            store.db.execute("PRAGMA cache_size = 2")  # so that a part of it is in the file already
            with store.transaction():
                claims = [Claim(f"Claim {n} " + "x" * 500) for n in range(200)]
                store.save_many([Change(None, each) for each in claims], Trace("terminal:ann", "terminal"))
                os.kill(os.getpid(), signal.SIGKILL)
    """
    assert process(code, path, check=False).returncode == -signal.SIGKILL
    with Store.open(path) as opened:
        assert opened.chain_head() == head
        assert opened.check_chain(head) == []
        assert opened.count() == 1
        opened.save(None, Claim("After", "after"), ME)
        assert opened.check_chain(head) == []


def test_an_error_in_a_change_leaves_a_sound_chain_without_it(store):
    def fail():
        with store.transaction():
            store.save(None, Claim("One", "one"), ME)
            raise ZeroDivisionError

    store.save(None, Claim("Before", "before"), ME)
    with pytest.raises(ZeroDivisionError):
        fail()
    store.save(None, Claim("Two", "two"), ME)
    assert [each.id for each in store.recent(None, limit=9)] == [2, 1]
    assert store.check_chain() == []


def test_two_processes_at_once_make_one_sound_chain(path):
    Store.open(path, missing="empty").close()
    code = """
        import sys, time
        from bot.model import Claim
        from bot.store import Store, Trace
        with Store.open(sys.argv[1]) as store:
            for number in range(60):
                time.sleep(0.003)  # SQLite's lock is not fair: without a gap one of them may wait past the timeout
                store.save(None, Claim(f"{sys.argv[2]} {number}"), Trace(f"terminal:{sys.argv[2]}", "terminal"))
    """
    threads = [threading.Thread(target=process, args=(code, path, name)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Store.open(path) as store:
        made = store.recent(None, limit=1_000)
        assert sorted(each.id for each in made) == list(range(1, 121))
        assert {each.actor for each in made} == {"terminal:a", "terminal:b"}
        assert store.check_chain() == []


def test_a_read_only_database_can_be_checked(store, path):
    store.save_many([Change(None, Claim("One", "one"))], ME)
    with Store.open(path, readonly=True) as opened:
        assert opened.check_chain(store.chain_head()) == []


def test_what_is_not_readable_as_text_is_found(store):
    store.save(None, Claim("One", "one"), ME)
    store.db.execute("UPDATE contents SET body = CAST(x'ff' AS TEXT)")
    assert store.check_chain() != []
