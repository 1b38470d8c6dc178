"""The verbs as commands: `factbot fact …` does on the command line what people do in chat."""

import json
import re
import shlex
from pathlib import Path

import click
import pytest

from bot.cli import cli, run
from bot.model import GLOBAL, Claim, State, Status
from bot.store import Store
from bot.verbs import typed_verbs

NEW = "The town hall clock runs ten minutes late"


def claim(made: Path, external_id: str = "", space: str = GLOBAL) -> Claim:
    with Store.open(made, readonly=True) as store:
        named = store.find_known(space, external_id=external_id) if external_id else None
        [found] = [named] if named else [each for each in store.claims([space]) if each.text == NEW]
        return found


def test_every_verb_is_a_command_with_its_parameters_as_options() -> None:
    fact = cli.commands["fact"]
    assert isinstance(fact, click.Group)
    elsewhere = {"import", "export", "help"}
    verbs = {verb.name.removeprefix("fact "): verb for verb in typed_verbs() if verb.name.startswith("fact ")}
    assert set(fact.commands) == set(verbs) - elsewhere
    for name, command in fact.commands.items():
        options = {option for each in command.params if isinstance(each, click.Option) for option in each.opts}
        wanted = {f"--{item.name.replace('_', '-')}" for item in verbs[name].offered} | {"--space"}
        assert wanted - {"--sure"} <= options
        assert "--sure" not in options or name != "remove"


def test_a_claim_is_added_changed_removed_and_restored(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["fact", "add", NEW, "--claimant", "Ann Lee", "--said-on", "2024-05", "--status", "refuted"]) == 0
    added = claim(made)
    assert (added.claimant, added.said_on, added.status) == ("Ann Lee", "2024-05", Status.REFUTED)
    assert run(["fact", "edit", added.id, "--via", "Town Radio", "--why", "heard there"]) == 0
    assert run(["fact", "status", added.id, "confirmed", "The", "clock", "was", "measured"]) == 0
    assert run(["fact", "remove", added.id, "a", "joke"]) == 0
    assert claim(made, added.external_id).state is State.REMOVED
    assert run(["fact", "restore", added.id]) == 0
    now = claim(made)
    assert (now.via, now.status_note) == ("Town Radio", "The clock was measured")
    with Store.open(made, readonly=True) as store:
        history = store.history(added.id)
    assert [each.verb for each in history] == ["add", "edit", "status", "remove", "restore"]
    assert {each.origin for each in history} == {"terminal"}
    assert {each.actor.partition(":")[0] for each in history} == {"terminal"}
    assert [each.why for each in history] == ["", "heard there", "", "a joke", ""]
    assert NEW in capsys.readouterr().out


def test_the_space_acted_in_is_the_one_that_is_named(made: Path) -> None:
    assert run(["fact", "add", NEW, "--space", "town"]) == 0
    assert claim(made, space="town").space == "town"
    assert run(["fact", "status", "bolvinov-five-kn23", "refuted", "--space", "town"]) == 0
    assert claim(made, "bolvinov-five-kn23", "town").status is Status.REFUTED
    assert claim(made, "bolvinov-five-kn23").status is not Status.REFUTED


def test_a_lookalike_is_shown_and_not_saved_without_sure(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = claim(made, "bolvinov-five-kn23").text
    assert run(["fact", "add", text]) == 1
    shown = capsys.readouterr()
    assert "This looks like claim bolvinov-five-kn23" in shown.out
    assert len(shown.err.splitlines()) == 1
    assert "Nothing was saved" in shown.err
    assert "--sure" in shown.err
    assert run(["fact", "add", text, "--sure"]) == 0


@pytest.mark.parametrize("space", ["global", "town"])
def test_what_can_be_done_next_is_a_command_that_does_it(
    made: Path, capsys: pytest.CaptureFixture[str], space: str
) -> None:
    assert run(["fact", "edit", "hwang-three-times", "--note", "Looked at again", "--space", space]) == 0
    shown = capsys.readouterr().out
    assert "Next:" not in shown
    [undo] = re.findall(r"^Undo: factbot (.*)$", shown, re.MULTILINE)
    assert run(shlex.split(undo)) == 0
    assert claim(made, "hwang-three-times").status_note != "Looked at again"
    assert "Undone" in capsys.readouterr().out


def test_several_claims_are_listed_and_not_set_without_sure(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = ["fact", "status", "hwang-three-times bolvinov-five-kn23", "disputed"]
    assert run(given) == 1
    assert "Set 2 claims to disputed?" in capsys.readouterr().out
    assert claim(made, "hwang-three-times").status is not Status.DISPUTED
    assert run([*given, "--sure"]) == 0
    assert claim(made, "hwang-three-times").status is Status.DISPUTED


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["add", NEW, "--said-on", "soon"], 1, "said_on: is not a date"),
        (["add", NEW, "--source", "http://example.org"], 1, "must begin with https://"),
        (["edit", "zebra", "--via", "x"], 1, "no claim with the id 'zebra'"),
        (["remove", "zebra"], 1, "no claim with the id 'zebra'"),
        (["status", "hwang-three-times", "maybe"], 2, "status can be confirmed"),
        (["status", "hwang-three-times", "--status", "maybe"], 2, "maybe"),
        (["show"], 2, "claim is missing"),
        (["show", "hwang-three-times", "--claim", "x"], 2, "claim is given twice"),
        (["add", NEW, "--space", "No Space"], 1, "is not a space"),
        (["list", "--page", "99"], 2, "from 1 to"),
    ],
)
def test_what_is_wrong_is_one_line_and_a_status(
    made: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], status: int, words: str
) -> None:
    assert run(["fact", *arguments]) == status
    shown = capsys.readouterr()
    assert words in shown.err
    assert len(shown.err.splitlines()) == 1
    assert not shown.out


def test_an_empty_value_clears_a_field(made: Path) -> None:
    assert run(["fact", "edit", "hwang-three-times", "--said-on", ""]) == 0
    assert claim(made, "hwang-three-times").said_on == ""


def test_a_form_is_shown_as_text_with_the_command_that_says_the_same(
    made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["fact", "edit", "hwang-three-times"]) == 1
    shown = capsys.readouterr()
    assert "Edit hwang-three-times" in shown.out
    assert "Type: /fact edit claim=" in shown.out
    assert "Nothing was saved" in shown.err


def test_lists_are_printed(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["fact", "list", "--claimant", "joonkook hwang"]) == 0
    assert "hwang-three-times" in capsys.readouterr().out


def test_ask_offers_nothing_to_pick_where_nothing_can_be_picked(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ask", "is the moon made of cheese?"]) == 0
    shown = capsys.readouterr().out
    assert "Nothing on record" in shown
    assert "Next:" not in shown
    assert run(["ask", "--json", "is the moon made of cheese?"]) == 0
    assert json.loads(capsys.readouterr().out)["outcome"] == "none"
