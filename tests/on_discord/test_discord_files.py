"""Files and the queue on Discord: import by an upload, export as a download, suggestions as cards with buttons."""

import asyncio

import discord
import pytest
import simcord
from town import Town, buttons_of, words_of

from adapters.on_discord.client import FactbotClient
from bot.model import State
from bot.reply import MOST_BYTES, Reply
from bot.request import Request

pytestmark = pytest.mark.asyncio
FOUNTAIN = "The fountain on the market square has been dry since May 2023"
CSV = f"text,claimant,status\n{FOUNTAIN},Mayor Ilves,unverified\n".encode()


async def _import(town: Town, who: simcord.MemberActor, name: str, content: bytes) -> str:
    result = await who.slash(town.channel, "fact import", file=(name, content))
    assert result.response is not None
    assert result.ephemeral
    return words_of(result.response)


def _own(town: Town) -> list[str]:
    return [claim.text for claim in town.app.store.claims([town.space]) if claim.space == town.space]


async def test_an_uploaded_file_is_imported_and_answers_the_next_question(town: Town) -> None:
    assert "1" in await _import(town, town.mod, "claims.csv", CSV)
    assert _own(town) == [FOUNTAIN]
    assert "Mayor Ilves" in words_of(await town.ask("has the fountain on the market square been dry since may 2023?"))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("claims.exe", CSV, ".csv"),
        ("claims.csv", b"", "empty"),
        ("claims.csv", b"claimant\nMayor Ilves\n", "text"),
        ("claims.jsonl", b'{"text": ', "1"),
        ("claims.csv", b"text\n" + b"x" * MOST_BYTES, "larger"),
    ],
    ids=["another kind", "empty", "without texts", "cut off", "too large"],
)
async def test_a_file_that_cannot_be_imported_is_said_to_be_so_and_nothing_is_kept(
    town: Town, name: str, content: bytes, said: str
) -> None:
    words = await _import(town, town.mod, name, content)
    assert said in words
    assert "incident" not in words
    assert _own(town) == []


async def test_a_member_cannot_import(town: Town) -> None:
    assert "is for " in await _import(town, town.ann, "claims.csv", CSV)
    assert _own(town) == []


async def test_an_export_comes_as_a_file_and_can_be_imported_again(town: Town) -> None:
    await _import(town, town.mod, "claims.csv", CSV)
    result = await town.mod.slash(town.channel, "fact export", format="csv")
    assert result.response is not None
    [file] = result.response.message.attachments
    content = await file.read()
    assert FOUNTAIN.encode() in content
    assert file.filename.endswith(".csv")
    claim = next(claim for claim in town.app.store.claims([town.space]) if claim.space == town.space)
    removed = await town.mod.slash(town.channel, "fact remove", claim=claim.external_id or claim.id)
    assert removed.response is not None
    await town.mod.click(
        removed.response, label=next(b for b in buttons_of(removed.response) if b.startswith("Remove"))
    )
    assert town.app.store.get(claim.id).state is State.REMOVED


async def _suggested(town: Town) -> simcord.InteractionResult:
    await town.ann.slash(town.channel, "fact suggest", text=FOUNTAIN, claimant="Mayor Ilves")
    queue = await town.mod.slash(town.channel, "fact queue")
    assert queue.response is not None
    return queue


def _label(shown: simcord.InteractionResult, begin: str) -> str:
    assert shown.response is not None
    return next(label for label in buttons_of(shown.response) if label.startswith(begin))


async def _card(town: Town) -> simcord.InteractionResult:
    queue = await _suggested(town)
    assert queue.response is not None
    if any(label.startswith("Accept") for label in buttons_of(queue.response)):
        return queue
    return await town.mod.click(queue.response, label=_label(queue, "Look at"))


async def test_a_suggestion_is_a_card_that_a_moderator_accepts(town: Town) -> None:
    card = await _card(town)
    assert card.response is not None
    assert FOUNTAIN in words_of(card.response)
    assert {"Accept", "Edit", "Decline"} <= {label.split()[0] for label in buttons_of(card.response)}
    done = await town.mod.click(card.response, label=_label(card, "Accept"))
    if done.modal is not None:
        done = await town.mod.submit_modal(done, {})
    assert _own(town) == [FOUNTAIN]


async def test_a_card_works_after_a_restart(town: Town) -> None:
    card = await _card(town)
    assert card.response is not None
    label = _label(card, "Accept")
    await town.env.restart_bot(FactbotClient(town.app, shard_count=1))
    done = await town.mod.click(card.response, label=label)
    if done.modal is not None:
        await town.mod.submit_modal(done, {})
    assert _own(town) == [FOUNTAIN]


async def test_a_declined_suggestion_is_no_claim_and_leaves_the_queue(town: Town) -> None:
    card = await _card(town)
    assert card.response is not None
    asked = await town.mod.click(card.response, label=_label(card, "Decline"))
    assert asked.modal is not None
    await town.mod.submit_modal(asked, {"why": "We cannot check it"})
    queue = await town.mod.slash(town.channel, "fact queue")
    assert queue.response is not None
    assert "Nothing waits" in words_of(queue.response)
    assert _own(town) == []


async def test_typing_is_shown_when_an_answer_takes_long_and_not_when_it_is_quick(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []

    async def typing(channel: discord.TextChannel) -> None:
        shown.append(channel.name)

    monkeypatch.setattr(discord.TextChannel, "typing", typing)
    await town.ask("what did bolvinov say?")
    assert shown == []
    core = town.bot.interactions.core
    quick = core.reply

    async def slow(request: Request) -> tuple[Reply, float]:
        await asyncio.sleep(5)
        return await quick(request)

    monkeypatch.setattr(core, "reply", slow)
    await town.ann.send(town.channel, town.mention("what did bolvinov say?"))
    await town.env.advance_time(1)
    assert shown == [town.channel.name]
    await town.env.advance_time(5)
    answer = town.channel.last_message
    assert answer is not None
    assert "Bolvinov" in words_of(answer)


async def test_a_message_whose_text_is_in_a_preview_can_be_checked_from_its_menu(town: Town) -> None:
    hook = town.channel
    said = "Russia launched North Korean ballistic missiles against Ukraine on at least nine occasions"
    message = await town.bot.get_channel(hook.id).send(embed=discord.Embed(title="News", description=said))  # type: ignore[union-attr]
    result = await town.ann.context_menu(town.channel, "Check this message", message)
    assert result.response is not None
    assert "Robert Wood" in words_of(result.response)
    await town.ann.click(result.response.message, label="Share")
    shared = town.channel.last_message
    assert shared is not None
    assert "Robert Wood" in words_of(shared)
    assert "Shared by" in shared.content
