"""Curating on Discord: commands, forms, drafts, menus and who may use them, through the real machinery."""

import discord
import pytest
import simcord
from simcord.enums import InteractionType
from town import Town, buttons_of, words_of

from adapters.chat.presses import packed
from adapters.on_discord.client import FactbotClient
from adapters.on_discord.forms import CUSTOM_ID
from bot.model import State
from bot.verb import YES
from bot.verbs import typed_verbs

pytestmark = pytest.mark.asyncio
FOUNTAIN = "The fountain on the market square has been dry since May 2023"


async def added(town: Town, text: str = FOUNTAIN, **options: str) -> str:
    """Let the moderator add a claim; return its id."""
    result = await town.mod.slash(town.channel, "fact add", text=text, **options)
    assert result.response is not None
    [claim] = town.app.store.claims([town.space])
    assert claim.text == text
    return claim.id


def inputs_of(result: simcord.InteractionResult) -> dict[str, str]:
    """Return the inputs of the form that was opened: names, and what stands in them."""
    assert result.modal is not None
    labels = [component["component"] for component in result.modal["components"]]
    return {label["custom_id"]: label.get("value") or "" for label in labels}


async def test_every_verb_is_a_command(town: Town) -> None:
    assert set(town.mod.available_commands(town.channel)) == {verb.name for verb in typed_verbs()}


async def test_a_moderator_adds_a_claim_and_the_next_answer_has_it(town: Town) -> None:
    await added(town, claimant="Mayor Ilves")
    answer = await town.ask("has the fountain on the market square been dry since may 2023?")
    assert "Mayor Ilves" in words_of(answer)


@pytest.mark.parametrize("name", ["fact add", "fact import", "fact moderators"])
async def test_a_member_is_refused_whatever_the_menu_shows(town: Town, name: str) -> None:
    result = await town.ann.slash(town.channel, name)
    assert result.response is not None
    assert "moderators" in words_of(result.response)
    assert town.app.store.claims([town.space]) == []


async def test_what_a_channel_allows_is_no_right_to_moderate(town: Town) -> None:
    guild = town.bot.get_guild(town.guild.id)
    assert guild is not None
    channel = town.guild.create_text_channel(
        "corner", overwrites={town.ann: discord.PermissionOverwrite(manage_messages=True)}
    )
    result = await town.ann.slash(channel, "fact add", text=FOUNTAIN)
    assert result.response is not None
    assert "moderators" in words_of(result.response)


async def test_in_a_direct_message_nobody_moderates(town: Town) -> None:
    result = await town.admin.user.slash("fact add", text=FOUNTAIN)
    assert "moderators" in words_of(result.response)
    assert FOUNTAIN not in [claim.text for claim in town.app.store.claims()]


async def test_without_options_a_form_opens_and_what_is_sent_is_saved(town: Town) -> None:
    shown = await town.mod.slash(town.channel, "fact add")
    assert next(iter(inputs_of(shown))) == "text"
    sent = await town.mod.submit_modal(shown, {"text": FOUNTAIN, "claimant": "Mayor Ilves"})
    assert sent.response is not None
    assert FOUNTAIN in words_of(sent.response)
    [claim] = town.app.store.claims([town.space])
    assert claim.claimant == "Mayor Ilves"


async def test_what_is_refused_is_said_at_its_field_and_nothing_typed_is_lost(town: Town) -> None:
    shown = await town.mod.slash(town.channel, "fact add")
    refused = await town.mod.submit_modal(shown, {"text": FOUNTAIN, "said_on": "31 June"})
    assert refused.response is not None
    assert "31 June" in words_of(refused.response)
    assert "Continue editing" in buttons_of(refused.response)
    again = await town.mod.click(refused.response, label="Continue editing")
    assert inputs_of(again)["text"] == FOUNTAIN
    assert inputs_of(again)["said_on"] == "31 June"
    await town.mod.submit_modal(again, {"text": FOUNTAIN, "said_on": "2023-06-30"})
    [claim] = town.app.store.claims([town.space])
    assert claim.said_on == "2023-06-30"


async def test_a_draft_can_be_continued_after_a_restart(town: Town) -> None:
    shown = await town.mod.slash(town.channel, "fact add")
    refused = await town.mod.submit_modal(shown, {"text": FOUNTAIN, "said_on": "31 June"})
    assert refused.response is not None
    await town.env.restart_bot(FactbotClient(town.app, shard_count=1))
    again = await town.mod.click(refused.response, label="Continue editing")
    assert inputs_of(again)["text"] == FOUNTAIN


async def test_a_draft_is_not_shown_to_another_moderator(town: Town) -> None:
    shown = await town.mod.slash(town.channel, "fact add")
    refused = await town.mod.submit_modal(shown, {"text": FOUNTAIN, "said_on": "31 June"})
    assert refused.response is not None
    [button] = [row for row in refused.response.components[0]["components"] if row["label"] == "Continue editing"]
    drafts = [town.app.store.drafts.of_person(town.app.store.people.find(f"discord:{town.mod.id}"))]
    assert len(drafts[0]) == 1
    assert drafts[0][0].id in button["custom_id"]
    other = await town.admin.slash(town.channel, "fact add")
    assert FOUNTAIN not in inputs_of(other).values()


async def test_removing_asks_first_and_hides_the_claim(town: Town) -> None:
    claim = await added(town)
    asked = await town.mod.slash(town.channel, "fact remove", claim=claim)
    assert asked.response is not None
    assert town.app.store.get(claim).state is State.ACTIVE
    label = next(label for label in buttons_of(asked.response) if label.startswith("Remove"))
    await town.mod.click(asked.response, label=label)
    assert town.app.store.get(claim).state is State.REMOVED
    assert "Nothing on record" in words_of(
        await town.ask("has the fountain on the market square been dry since may 2023?")
    )


async def test_a_confirmation_that_somebody_made_up_is_no_right_either(town: Town) -> None:
    claim = await added(town)
    press = packed("fact remove", (("claim", claim), ("sure", YES)), CUSTOM_ID)
    sent = {"custom_id": press, "components": []}
    for who, state in ((town.ann, State.ACTIVE), (town.mod, State.REMOVED)):
        await who._dispatch_interaction(InteractionType.MODAL_SUBMIT, town.channel, sent)
        assert town.app.store.get(claim).state is state


async def test_claims_and_claimants_complete_within_what_can_be_seen(town: Town) -> None:
    await added(town, claimant="Mayor Ilves")
    other = town.env.create_guild("Other")
    channel = other.create_text_channel("general")
    stranger = other.add_member(town.env.create_user("stranger"))
    here = await town.mod.autocomplete(town.channel, "fact show", "claim", "fountain")
    assert any(FOUNTAIN[:30] in choice["name"] for choice in here)
    there = await stranger.autocomplete(channel, "fact show", "claim", "fountain")
    assert not any("fountain" in choice["name"] for choice in there)
    assert len(await town.mod.autocomplete(town.channel, "fact show", "claim", "")) <= 25
    names = await town.mod.autocomplete(town.channel, "fact list", "claimant", "ilv")
    assert [choice["value"] for choice in names] == ["Mayor Ilves"]


async def test_another_servers_claim_cannot_be_shown_by_its_id(town: Town) -> None:
    claim = await added(town)
    other = town.env.create_guild("Other")
    channel = other.create_text_channel("general")
    stranger = other.add_member(town.env.create_user("stranger"), roles=[])
    result = await stranger.slash(channel, "fact show", claim=claim)
    assert result.response is not None
    assert FOUNTAIN not in words_of(result.response)


async def test_a_choice_is_a_menu_and_shows_the_claim_that_is_picked(town: Town) -> None:
    answer = await town.ask("what did kirby say?")
    menu = next(child for row in answer.components for child in row.children if isinstance(child, discord.SelectMenu))
    assert menu.options[-1].label == "None of these"
    picked = await town.ann.select(answer, [menu.options[0].value], custom_id=menu.custom_id)
    assert picked.response is not None
    assert picked.ephemeral
    assert "John Kirby" in words_of(picked.response)


async def test_a_global_claim_is_overridden_and_stays_as_it_is_elsewhere(town: Town) -> None:
    await town.mod.slash(
        town.channel, "fact status", claim="wood-nine-occasions", status="disputed", note="We doubt it"
    )
    question = "did russia launch north korean missiles on at least nine occasions?"
    assert "We doubt it" in words_of(await town.ask(question))
    other = town.env.create_guild("Other")
    channel = other.create_text_channel("general")
    stranger = other.add_member(town.env.create_user("stranger"))
    result = await stranger.slash(channel, "factcheck", question=question)
    assert result.response is not None
    assert "We doubt it" not in words_of(result.response)
    assert "unverified" in words_of(result.response)


async def test_a_command_that_comes_twice_changes_once(town: Town) -> None:
    await added(town)
    before = len(town.app.store.recent([town.space], limit=10))
    result = await town.mod.slash(town.channel, "fact remove", claim="nothing")
    assert result.response is not None
    assert len(town.app.store.recent([town.space], limit=10)) == before
