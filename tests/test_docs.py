"""The README names every command, option, setting and library that there is; pictures, links and guides are true."""

import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest

import docs.discord
import docs.house
import docs.picture
import docs.slack
from bot.cards import STATUS_SHOWN
from bot.cli import cli
from bot.fields.columns import COLUMNS
from bot.model import Status
from bot.settings import SETTINGS
from bot.verb import Role
from bot.verbs import typed_verbs

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PAGES = ("README.md", *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md"))))
NOT_OURS = {"--no-deps", "--no-build-isolation", "--rm"}
"""Options of pip and docker that the README's commands use."""


def commands(command: click.Command = cli, name: str = "factbot") -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        for each, inner in command.commands.items():
            yield from commands(inner, f"{name} {each}")


def options() -> set[str]:
    found = {"--help"}
    for _, command in commands():
        for option in command.params:
            if isinstance(option, click.Option):
                found |= {name for name in option.opts if name.startswith("--")}
    return found


def leaves() -> set[str]:
    return {name for name, command in commands() if not isinstance(command, click.Group)}


def test_every_command_is_in_the_readme() -> None:
    for name in leaves():
        assert f"`{name}" in README, name


def test_every_command_in_the_readme_is_one() -> None:
    shown = set(re.findall(r"factbot ((?:fact )?[a-z][a-z-]*)", " ".join(re.findall(r"`(factbot [^`]*)`", README))))
    shown |= {name for sign in (r"\$", r"\|") for name in re.findall(rf"{sign} factbot ([a-z][a-z-]*)", README)}
    assert {f"factbot {name}" for name in shown} <= leaves()


def test_every_option_is_in_the_readme_and_the_reverse() -> None:
    shown = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", README)) - NOT_OURS
    assert shown == options()


def test_the_table_of_settings_is_the_table_in_the_code() -> None:
    rows = [f"| `{each.name}` | {each.meaning} | {each.default}".rstrip() + " |" for each in SETTINGS]
    assert "\n".join(rows) in README


def test_no_other_setting_is_mentioned() -> None:
    known = {each.name for each in SETTINGS} | {"NO_COLOR", "NAME_FILE"}
    assert set(re.findall(r"`([A-Z]+_[A-Z_]+)`", README)) <= known


def test_every_verb_is_in_the_readme_and_the_reverse() -> None:
    table = README.split("| typed in the console |")[1].split("\n\n")[0]
    by_name = r" [\[<](?:\w+=…|--\w+)[\]>]"
    shown = [re.sub(by_name, "", verb.usage) for verb in typed_verbs()]
    assert re.findall(r"^\| `(/[^`]*)`", table, re.MULTILINE) == shown


def test_every_status_is_in_the_readme_with_its_symbol() -> None:
    rows = re.findall(r"^\| (\w+) \| (\S) \|", README, re.MULTILINE)
    assert rows == [(str(status), symbol) for status, (symbol, _) in STATUS_SHOWN.items()]


def test_every_column_of_a_file_is_in_the_readme() -> None:
    listed = README.split("Columns: ")[1].split(". ")[0]
    assert re.findall(r"`(\w+)`", listed) == list(COLUMNS)


def test_every_library_has_its_reason() -> None:
    table = README.split("| library | for |")[1].split("\n\n")[0]
    shown = set(re.findall(r"^\| ([\w.-]+) \|", table, re.MULTILINE)) - {"---"}
    assert shown == {re.split(r"[<>=~]", each)[0] for each in PROJECT["project"]["dependencies"]}
    for each in PROJECT["dependency-groups"]["dev"]:
        assert re.split(r"[<>=~]", each)[0] in README


def test_the_two_commands_stand_at_the_top_and_ci_runs_the_second() -> None:
    blocks = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    assert len(blocks) == 2
    assert README.index("```sh") < 250
    assert "factbot ask" in blocks[0]
    assert blocks[1].strip().endswith("python -m pytest")
    assert "README.md" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_changelog_has_a_place_for_what_is_new() -> None:
    assert "## [Unreleased]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_lock_files_pin_hashes_and_name_no_host(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    pins = re.findall(r"^[A-Za-z0-9][^\n]*", text, re.MULTILINE)
    assert pins
    assert all("==" in pin for pin in pins)
    assert text.count("sha256:") >= len(pins)
    assert "://" not in text


def test_lock_files_hold_every_dependency() -> None:
    locked = (ROOT / "requirements-dev.lock").read_text(encoding="utf-8").lower()
    for each in (*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]):
        name = re.sub(r"[-_.]+", "-", re.split("[<>=~]", each)[0].lower())
        assert f"\n{name}==" in locked


PICTURES = [
    (docs.picture.TARGET, docs.picture.picture),
    (docs.discord.REPLIES, docs.discord.replies_picture),
    (docs.discord.FORM, docs.discord.form_picture),
    (docs.slack.REPLIES, docs.slack.replies_picture),
    (docs.slack.FORM, docs.slack.form_picture),
]


@pytest.mark.parametrize(("target", "draw"), PICTURES, ids=lambda value: getattr(value, "name", ""))
def test_the_pictures_show_what_the_code_draws_today(target: Path, draw: Callable[[], str]) -> None:
    def words(svg: str) -> str:
        return " ".join(re.sub(r"<[^>]+>", " ", svg).split())

    assert words(target.read_text(encoding="utf-8")) == words(draw())


def test_the_picture_of_the_house_is_what_the_imports_say_today() -> None:
    assert docs.house.TARGET.read_text(encoding="utf-8") == docs.house.picture(), "python -m docs.house draws it anew"


def test_no_arrow_in_the_house_points_up() -> None:
    with pytest.raises(ValueError, match="not below it"):
        docs.house.arrows_between(docs.house.ROWS[::-1])


def headings(page: str) -> set[str]:
    """The places in a page that a link can name, as the web writes them."""
    titles = re.findall(r"^#+ (.+)$", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_a_file_and_a_heading_that_are_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for link in re.findall(r"\]\((?!https?:)([^)\s]+)\)", text):
        name, _, heading = link.partition("#")
        target = (ROOT / page).parent / name if name else ROOT / page
        assert target.is_file(), link
        assert not heading or heading in headings(str(target.resolve().relative_to(ROOT))), link


def test_the_moderators_guide_has_every_command_and_every_status() -> None:
    guide = (ROOT / "docs" / "moderating.md").read_text(encoding="utf-8")
    for verb in typed_verbs():
        assert verb.least < Role.MODERATOR or f"/{verb.name}" in guide, verb.name
    rows = re.findall(r"^\| (\S) (\w+) \|", guide, re.MULTILINE)
    assert rows == [(STATUS_SHOWN[status][0], str(status)) for status in Status]


def test_contributing_names_files_that_are_there() -> None:
    page = (ROOT / "docs" / "contributing.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:bot|adapters|tests|docs|\.ci)/[^`\s*…]+)`", page)
    assert len(named) > 20
    missing = {path for path in named if not (ROOT / path).exists() and "NAME" not in path}
    assert missing == set()
