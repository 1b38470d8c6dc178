"""The scenarios that all faces share, played through Bolt."""

import re

import pytest
import slack_events as events
from block_kit import words
from scenarios import ASKED, CURATING, Asking, Step
from slack_loopback import ADMIN, ANN, TEAM
from slack_town import SlackTown

from adapters.chat.cooldown import Cooldown
from bot.verbs import FACTCHECK

pytestmark = pytest.mark.asyncio


@pytest.mark.parametrize("asking", ASKED, ids=lambda asking: asking.name)
async def test_a_question_gets_its_answer(town: SlackTown, asking: Asking) -> None:
    said = words(await town.ask(asking.question))
    for word in asking.says:
        assert word in said
    for word in asking.never:
        assert word not in said


async def test_a_claim_is_kept_from_its_addition_to_its_queue(town: SlackTown) -> None:
    claim = ""
    for step in CURATING:
        town.at.cooldown = Cooldown()
        said = await play(town, step, claim)
        claim = claim or next((each.id for each in town.app.store.claims([f"slack:{TEAM}"])), "")
        for word in step.says:
            assert word.format(claim=claim) in said, step
        for word in step.never:
            assert word not in said, step


async def play(town: SlackTown, step: Step, claim: str) -> str:
    """Type the step's command; return what is shown for it, in a message or in the modal that opens."""
    user = ADMIN if step.who == "moderator" else ANN
    given = {name: value.format(claim=claim) for name, value in step.arguments}
    if step.verb == FACTCHECK.name:
        return words(await town.command("/factcheck", given["question"], user))
    hooks, views = len(town.slack.hooks), len(town.slack.views)
    line = " ".join([step.verb.removeprefix("fact "), *(f'{name}="{value}"' for name, value in given.items())])
    await town.send(events.command("/fact", line, town.hook, user=user))
    shown = [words(each) for each in (*town.slack.hooks[hooks:], *list(town.slack.views.values())[views:])]
    inputs = re.findall(r"'initial_value': ['\"]([^'\"]*)", str(list(town.slack.views.values())[views:]))
    return "\n".join([*shown, *inputs])
