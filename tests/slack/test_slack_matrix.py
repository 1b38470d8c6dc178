"""Every verb, by everyone, by every way in: what somebody may not do is refused wherever they try it."""

import json
import re
from collections.abc import Callable, Collection
from itertools import product
from typing import Any

import pytest
import slack_events as events
from slack_roles import FEW, ROLES, settle_in
from slack_town import SlackTown

from adapters.chat.cooldown import Cooldown
from adapters.chat.presses import packed
from adapters.on_slack.choices import VALUE
from adapters.on_slack.forms import FORM
from bot.verb import Kind, Verb
from bot.verbs import FACTCHECK, VERBS, typed_verbs

pytestmark = pytest.mark.asyncio
_REFUSED = re.compile(r"is for (moderators|admins|operators)")
Way = Callable[[SlackTown, Verb, str], events.Body]
"""Returns what Slack sends when somebody wants a verb."""


def given(verb: Verb) -> dict[str, str]:
    """Return what the verb needs, of which there is nothing: nobody can change anything by it."""
    return {item.name: "zap" for item in verb.parameters if item.required}


def typed(verb: Verb) -> str:
    if len(verb.offered) == 1:
        return f"/{verb.name} {' '.join(given(verb).values())}"
    return " ".join([f"/{verb.name}", *(f'{name}="{value}"' for name, value in given(verb).items())])


def button(verb: Verb) -> events.Body:
    return {"action_id": "press:0", "value": packed(verb.name, given(verb).items(), VALUE), "block_id": "0:"}


def slash(town: SlackTown, verb: Verb, user: str) -> events.Body:
    name, _, line = typed(verb).partition(" ")
    return events.command(name, line, town.hook, user=user)


def in_a_thread(town: SlackTown, verb: Verb, user: str) -> events.Body:
    return events.event(events.mention(typed(verb), ts=town.slack.new_ts(), user=user, thread_ts="1.0"))


def in_direct_messages(town: SlackTown, verb: Verb, user: str) -> events.Body:
    return events.event(events.direct(typed(verb), ts=town.slack.new_ts(), user=user))


def by_a_button(town: SlackTown, verb: Verb, user: str) -> events.Body:
    return events.press(button(verb), town.hook, user=user)


def in_the_home_tab(town: SlackTown, verb: Verb, user: str) -> events.Body:
    return events.press(button(verb), "", user=user, view={"type": "home", "id": f"home:{user}"})


def by_a_modal(town: SlackTown, verb: Verb, user: str) -> events.Body:
    metadata = packed(verb.name, given(verb).items(), VALUE)
    view = {"id": "V1", "type": "modal", "callback_id": FORM, "blocks": [], "private_metadata": metadata}
    return events.submission(view, {}, user=user)


WAYS: dict[Way, tuple[Verb, ...]] = {
    **dict.fromkeys((slash, in_a_thread, in_direct_messages), typed_verbs()),
    **dict.fromkeys((by_a_button, in_the_home_tab, by_a_modal), VERBS),
}


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
async def test_every_verb_is_for_those_who_may_use_it(town: SlackTown, way: Way) -> None:
    await check_verbs(town, way, FEW)


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
async def test_every_verb_is_for_nobody_else_of_whatever_kind(town: SlackTown, way: Way) -> None:
    await check_verbs(town, way, ROLES)


async def check_verbs(town: SlackTown, way: Way, names: Collection[str]) -> None:
    settle_in(town)
    happened, cells = [], 0
    for verb, name in product(WAYS[way], names):
        user, role = ROLES[name]
        town.at.cooldown = Cooldown()
        said = await shown(town, way(town, verb, user))
        cells += 1
        if not said or (_REFUSED.search(said) is not None) is not (role < verb.least):
            happened.append(f"{verb.name}, {name}: {said[:200]}")
    assert not happened, "\n".join(happened)
    assert not town.app.store.recent([town.at.people.space], limit=1)
    print(f"\n{cells} cells: {len(WAYS[way])} verbs, {len(names)} kinds of people")  # noqa: T201 - to be seen with -s


async def shown(town: SlackTown, body: events.Body) -> str:
    """Let something happen; return all that is shown for it."""
    calls, hooks = len(town.slack.calls), len(town.slack.hooks)
    answer = await town.send(body)
    said = [each for each in town.slack.calls[calls:] if {"blocks", "view"} & each[1].keys()]
    return f"{answer.body}{said or ''}{town.slack.hooks[hooks:] or ''}"


MENUS = [
    (verb, item) for verb in VERBS for item in verb.offered
    if item.kind in {Kind.CLAIM, Kind.CLAIMANT} and verb is not FACTCHECK
]  # fmt: skip


@pytest.mark.parametrize(("verb", "item"), MENUS, ids=lambda each: each.name)
async def test_a_menu_is_completed_for_those_who_may_use_its_verb(town: SlackTown, verb: Verb, item: Any) -> None:
    settle_in(town)
    view = {"private_metadata": packed(verb.name, (), VALUE)}
    for name, (user, role) in ROLES.items():
        answer = await town.send(events.suggestion(view, item.name, "wood", user=user))
        offered = [option["value"] for option in json.loads(answer.body)["options"]]
        assert bool(set(offered) - {"wood"}) is (role >= max(verb.least, item.least)), name
