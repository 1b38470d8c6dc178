"""The scenarios that all faces share, played on Discord: mentions to ask, slash commands to curate."""

import re

import pytest
from scenarios import ASKED, CURATING, Asking
from town import Town, words_of

pytestmark = pytest.mark.asyncio
_ID = re.compile(r"\bf[0-9a-f]{12}\b|\bx[0-9a-f]{16}\b")


@pytest.mark.parametrize("asking", ASKED, ids=lambda asking: asking.name)
async def test_a_question_gets_the_answer_of_every_face(town: Town, asking: Asking) -> None:
    words = words_of(await town.ask(asking.question))
    assert all(each in words for each in asking.says), words
    assert not any(each in words for each in asking.never), words


async def test_curating_goes_as_on_every_face(town: Town) -> None:
    claim = ""
    for step in CURATING:
        who = town.mod if step.who == "moderator" else town.ann
        arguments = {name: value.replace("{claim}", claim) for name, value in step.arguments}
        options = {name: value == "yes" if name == "sure" else value for name, value in arguments.items()}
        if step.arguments and ("status", "nonsense") in step.arguments:
            continue  # Discord lets nobody type a status that there is not
        result = await who.slash(town.channel, step.verb, **options)
        assert result.response is not None, step
        words = words_of(result.response)
        assert all(each.replace("{claim}", claim) in words for each in step.says), (step, words)
        assert not any(each in words for each in step.never), (step, words)
        if step.verb == "fact add" and step.who == "moderator":
            claim = _ID.findall(words)[0]
