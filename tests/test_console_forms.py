"""Forms on the terminal: filled in field by field, stopped and gone on with; and what Tab completes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from adapters.console import Session
from bot.model import GLOBAL, Status
from bot.reply import Input, Reply, Tone, plain
from bot.typed import place_in
from tests.newsroom import TERMINAL, WOOD, Newsroom
from tests.test_console import Terminal


class Typist:
    """Types lines, and into the inputs of forms what stands for their names; Enter into all others."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.shown: list[Reply] = []
        self.asked: list[str] = []
        self.types: dict[str, str] = {}
        self.stops_at = ""
        self.session = Session(newsroom.factbot.handle, self.shown.append, GLOBAL, TERMINAL, self._prompt)

    def _prompt(self, each: Input) -> str:
        self.asked.append(each.name)
        if each.name == self.stops_at:
            raise EOFError
        return self.types.get(each.name, "")


@pytest.fixture
def typist(newsroom: Newsroom) -> Typist:
    return Typist(newsroom)


def test_a_form_is_filled_in_field_by_field_and_enter_keeps(typist: Typist, newsroom: Newsroom) -> None:
    typist.types = {"via": "Reuters", "role": "-"}
    typist.session.take("/fact edit wood")
    assert typist.shown[-1].changed
    claim = newsroom.claim("wood", GLOBAL)
    assert (claim.via, claim.claimant_role, claim.text) == ("Reuters", "", WOOD.text)


def test_only_what_is_wrong_is_asked_again(typist: Typist, newsroom: Newsroom) -> None:
    typist.types = {"said_on": "2024-05"}
    typist.session.take('/fact add "The clock is late" said_on=soon claimant="Ann Lee"')
    assert typist.asked == ["said_on"]
    assert typist.shown[0].tone is Tone.REFUSED
    added = newsroom.only_new(GLOBAL)
    assert (added.said_on, added.claimant) == ("2024-05", "Ann Lee")


def test_ctrl_d_stops_and_what_was_typed_can_be_gone_on_with(typist: Typist, newsroom: Newsroom) -> None:
    typist.types = {"text": "The clock is late", "claimant": "Ann Lee"}
    typist.stops_at = "said_on"
    typist.session.take("/fact add")
    assert typist.shown[-1].title == "Not sent"
    typist.stops_at, typist.types = "", {}
    typist.session.take("+")
    assert typist.shown[-1].changed
    assert newsroom.only_new(GLOBAL).claimant == "Ann Lee"


def test_things_to_do_are_picked_by_number(typist: Typist, newsroom: Newsroom) -> None:
    typist.session.take("/fact remove wood")
    assert "Next: 1 Remove · 0 Keep it" in plain(typist.shown[-1])
    typist.session.take("1")
    assert typist.shown[-1].changed
    typist.session.take("/fact restore wood")
    assert newsroom.claim("wood", GLOBAL) == WOOD


def test_what_is_done_here_is_known_by_who_sits_here(typist: Typist, newsroom: Newsroom) -> None:
    typist.session.take("/fact status wood refuted it was six")
    last = newsroom.store.history(WOOD.id)[-1]
    assert (last.actor, last.origin, last.name) == (TERMINAL.id, "terminal", "root")


@pytest.mark.parametrize(
    ("line", "verb", "name", "begun"),
    [
        ("/fact show wo", "fact show", "claim", "wo"),
        ("/fact show ", "fact show", "claim", ""),
        ("/fact status wood re", "fact status", "status", "re"),
        ("/fact list tag=mi", "fact list", "tag", "mi"),
        ("/fact add The clock claimant=Ann L", "fact add", "claimant", "Ann L"),
        ("/fact add The clock --said-on 20", "fact add", "said_on", "20"),
        ("/FACT Edit wood status=", "fact edit", "status", ""),
        ("/fact merge wood ki", "fact merge", "into", "ki"),
    ],
)
def test_the_place_in_a_command_is_known(line: str, verb: str, name: str, begun: str) -> None:
    place = place_in(line)
    assert place
    assert (place[0].name, place[1].name, place[2]) == (verb, name, begun)


@pytest.mark.parametrize("line", ["", "wood", "/", "/fact", "/fact dance x", "fact show wo", "/factchec"])
def test_elsewhere_nothing_is_known(line: str) -> None:
    assert place_in(line) is None


@pytest.fixture
def terminal_of(home: object) -> Callable[[], Terminal]:
    return lambda: Terminal("console")


def test_tab_completes_commands_and_ids_on_a_real_terminal(terminal_of: Callable[[], Terminal]) -> None:
    with terminal_of() as terminal:
        terminal.wait_for("factbot> ")
        terminal.type("/fact sh\t")
        terminal.wait_for("/fact show ")
        terminal.type("hwang-th\t")
        terminal.wait_for("hwang-three-times ")
        terminal.type("\r")
        terminal.wait_for("Joonkook Hwang")
        terminal.type("quit\r")


def test_a_form_is_filled_in_on_a_real_terminal(terminal_of: Callable[[], Terminal]) -> None:
    with terminal_of() as terminal:
        terminal.wait_for("factbot> ")
        terminal.type("/fact status hwang-three-times\r")
        terminal.wait_for("Status [")
        terminal.type("refuted\r")
        terminal.wait_for("Note")
        terminal.type("It was twice\r")
        terminal.wait_for("Checked on")
        terminal.type("\x04")
        terminal.wait_for("Not sent")
        terminal.wait_for("factbot> ")
        terminal.type("+\r")
        for _ in range(3):
            terminal.wait_for(": ")
            terminal.type("\r")
        terminal.wait_for("✘ refuted. It was twice.")
        terminal.type("quit\r")


def test_a_word_that_is_no_option_is_asked_for_again_and_costs_nothing(newsroom: Newsroom) -> None:
    asked: list[str] = []
    typed = {"text": ["The clock is late"], "claimant": ["Ann Lee"], "status": ["false", "wrong", "refuted"]}

    def prompt(each: Input) -> str:
        asked.append(each.problem)
        return typed.get(each.name, [""]).pop(0) if typed.get(each.name) else ""

    session = Session(newsroom.factbot.handle, lambda _: None, GLOBAL, TERMINAL, prompt)
    session.take("/fact add")
    added = newsroom.only_new(GLOBAL)
    assert (added.claimant, added.status) == ("Ann Lee", Status.REFUTED)
    assert [problem for problem in asked if "not “false”" in problem]


def test_a_file_is_imported_by_its_name(typist: Typist, newsroom: Newsroom, tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    path.write_text("text,claimant\nThe clock is late,Ann Lee\n", "utf-8")
    typist.session.take(f"/fact import {path}")
    assert "1 new" in plain(typist.shown[-1])
    assert newsroom.only_new(GLOBAL).text == "The clock is late"


def test_a_file_that_cannot_be_read_is_named(typist: Typist, tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        typist.session.take(f"/fact import {path}")
        assert f"{path} cannot be read" in plain(typist.shown[-1])


def test_an_export_is_written_beside_where_one_stands_and_over_nothing(
    typist: Typist, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("factbot-global.csv", "factbot-global-2.csv"):
        typist.session.take("/fact export")
        assert f"as {tmp_path / name}" in plain(typist.shown[-1])
        assert WOOD.text in (tmp_path / name).read_text("utf-8")


def test_an_export_that_cannot_be_written_says_so(
    typist: Typist, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.setattr("adapters.console.Path.cwd", lambda: gone)
    gone.rmdir()
    typist.session.take("/fact export")
    assert "cannot be written" in plain(typist.shown[-1])
