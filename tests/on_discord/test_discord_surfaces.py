"""Every command, by everybody, everywhere: who may is decided by the core, whatever Discord's menus show."""

import random

import discord
import pytest
import simcord
from crowd import hurry
from town import Town, words_of

from bot.verb import Role, Verb
from bot.verbs import typed_verbs

pytestmark = pytest.mark.asyncio
_GIVEN: dict[str, dict[str, str | bool]] = {
    "factcheck": {"question": "what did kirby say?"},
    "fact search": {"text": "missiles"},
    "fact show": {"claim": "wood-nine-occasions"},
    "fact edit": {"claim": "wood-nine-occasions", "note": "Looked at again"},
    "fact status": {"claim": "wood-nine-occasions", "status": "disputed"},
    "fact remove": {"claim": "wood-nine-occasions"},
    "fact restore": {"claim": "wood-nine-occasions"},
    "fact undo": {"change": "999999"},
    "fact alias": {"claim": "wood-nine-occasions"},
    "fact merge": {"claim": "wood-nine-occasions", "into": "hwang-three-times"},
    "fact suggest": {"text": "The fountain is dry"},
    "fact export": {"format": "csv"},
}
_FOR_MODERATORS = ("fact add", "fact edit", "fact status", "fact remove", "fact restore", "fact history", "fact undo",
                   "fact alias", "fact merge", "fact queue", "fact import", "fact export", "fact moderators",
                   "fact block", "fact settings")  # fmt: skip
_FOR_OPERATORS = ("fact link",)
"""Written by hand, not read from the list of verbs."""
_REFUSED = "is for "
_NOISE = "*_~`|<>@#[]()\\:/-\u200b\u202e\u0301🇺🇦 \n" + "abcdefgh 0123456789 <@1> @everyone </x:1> <t:0:R> "


async def _use(town: Town, who: simcord.MemberActor, verb: Verb, *, private: bool) -> str:
    """Use a command in the channel or in a direct message; return what is said, or `a form`."""
    given = _GIVEN.get(verb.name, {})
    result = await (who.user.slash(verb.name, **given) if private else who.slash(town.channel, verb.name, **given))
    if result.modal is not None:
        return "a form"
    assert result.response is not None, verb.name
    assert result.ephemeral or private
    return words_of(result.response)


@pytest.mark.parametrize("private", [False, True], ids=["in the server", "in a direct message"])
async def test_every_command_is_open_to_those_it_is_for(
    town: Town, private: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    hurry(town, monkeypatch)
    people = {"member": town.ann, "moderator": town.mod, "admin": town.admin}
    for verb in typed_verbs():
        for role, who in people.items():
            words = await _use(town, who, verb, private=private)
            least = verb.name in _FOR_OPERATORS or (verb.name in _FOR_MODERATORS and (private or role == "member"))
            assert (_REFUSED in words) == least, (verb.name, role, words)
            assert "incident" not in words, (verb.name, words)


async def test_the_table_of_who_may_names_every_verb_that_is_not_for_everybody() -> None:
    assert {verb.name for verb in typed_verbs() if verb.least == Role.MODERATOR} == set(_FOR_MODERATORS)
    assert {verb.name for verb in typed_verbs() if verb.least == Role.OPERATOR} == set(_FOR_OPERATORS)


async def _answer_to(town: Town, text: str) -> discord.Message | None:
    before = town.channel.last_message
    await town.ann.send(town.channel, town.mention(text)[:2_000])
    after = town.channel.last_message
    return after if after is not None and after != before and after.author == town.bot.user else None


@pytest.mark.parametrize("count", [30, pytest.param(1_000, marks=(pytest.mark.slow, pytest.mark.timeout(900)))])
async def test_no_fuzzed_message_breaks_the_bot_pings_or_is_refused_for_its_length(town: Town, count: int) -> None:
    chance = random.Random(count)
    town.bot.answering.cooldown.take = lambda *_: None  # type: ignore[method-assign]
    for _ in range(count):
        text = "".join(chance.choices(_NOISE, k=chance.choice((3, 40, 400, 1_900))))
        answer = await _answer_to(town, f"{text} russia missiles")
        assert answer is not None
        assert "incident" not in words_of(answer)
    sent = [
        entry.json or {} for entry in town.env.http_requests if entry.method == "POST" and "/messages" in entry.path
    ]
    assert len(sent) == count
    assert all(each["allowed_mentions"].get("parse") == [] for each in sent)
