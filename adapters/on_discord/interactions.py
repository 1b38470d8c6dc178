"""Commands, buttons, menus and forms: each becomes one request to the core, and its reply one answer to Discord."""

import asyncio
import io
import logging
import re
import sys
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from adapters.chat.cooldown import Cooldown, pause_words
from adapters.chat.core import Core
from adapters.chat.faults import note_fault
from adapters.chat.presses import ASKED, unpacked
from adapters.on_discord.buttons import Interaction, remove_button, share_button, unkept_view, view_of
from adapters.on_discord.forms import modal, pressed_form, sent_values
from adapters.on_discord.people import PLATFORM, account, actor_of, channel_address, installed_here, space_of
from adapters.on_discord.render import embeds
from adapters.on_discord.texts import quote, quoted_in, said_in
from bot.app import App
from bot.recorder import Answered
from bot.reply import MOST_BYTES, File, Reply, Tone, refusal
from bot.request import Request
from bot.verb import Parameter, Verb
from bot.verbs import FACTCHECK, SETTINGS

if TYPE_CHECKING:
    from adapters.on_discord.client import FactbotClient

LOG = logging.getLogger("factbot.discord")
_PATIENCE = 1.8
"""Seconds in which an interaction is answered at once; after that Discord is told to wait (its limit is 3)."""
_COMPLETION = 0.3
_CHANNEL = re.compile(r"<#(\d{1,20})>")


class Interactions:
    """Answers interactions, privately; what has a form opens it."""

    def __init__(self, client: "FactbotClient", app: App) -> None:
        self._client = client
        self._app = app
        self.core = Core(app.factbot.handle)
        self._cooldown = Cooldown()

    async def used(
        self, interaction: Interaction, verb: Verb, given: dict[str, str], file: discord.Attachment | None
    ) -> None:
        """Answer a slash command."""
        if verb is FACTCHECK:
            await self._factcheck(interaction, given["question"], quote(given["question"]))
            return
        if verb is SETTINGS and "value" in given:
            given["value"] = _addresses(given["value"], interaction)
        await self._answer(interaction, self._request(interaction, verb.name, given, await _read(file)))

    async def check_message(self, interaction: Interaction, message: discord.Message) -> None:
        """Answer privately what is on record about somebody's message."""
        text = said_in(message)
        if not text:
            await self._show(interaction, refusal("That message has no text that could be checked."))
            return
        await self._factcheck(interaction, text, quote(text))

    async def _factcheck(self, interaction: Interaction, question: str, above: str) -> None:
        if pause := self._cooldown.take(str(interaction.user.id), str(interaction.channel_id)):
            await self._show(interaction, refusal(pause_words(pause)))
            return
        request = self._request(interaction, FACTCHECK.name, {"question": question})
        await self._answer(interaction, request, above=above, shareable=True)

    async def pressed(self, interaction: Interaction, press: str) -> None:
        """Answer a press: the verb that the button or the menu's value names."""
        wanted = unpacked(press)
        if wanted is None:
            await self._show(interaction, refusal("That button is not known any more. Ask again."))
            return
        verb, given = wanted
        if ASKED in given.values():
            question = await self.asked_at(interaction.message)
            given = {name: question if value == ASKED else value for name, value in given.items()}
        await self._answer(interaction, self._request(interaction, verb, given))

    async def asked_at(self, message: discord.Message | None) -> str:
        """Return the question that a message of the bot answers: quoted in it, or in the message it replies to."""
        if message is None:
            return ""
        if quoted := quoted_in(message.content):
            return quoted
        original = await self._replied_to(message)
        return said_in(original).replace(f"<@{self._client.application_id}>", " ").strip() if original else ""

    async def _replied_to(self, message: discord.Message) -> discord.Message | None:
        reference = message.reference
        if reference is None or reference.message_id is None:
            return None
        if isinstance(reference.resolved, discord.Message):
            return reference.resolved
        try:
            return await message.channel.fetch_message(reference.message_id)
        except discord.HTTPException:
            return None

    async def open_form(self, interaction: Interaction, press: str) -> None:
        """Open one page of a form that the core keeps as a draft."""
        wanted = pressed_form(press)
        if wanted is None:
            await self._show(interaction, refusal("That form is not known any more. Begin again."))
            return
        page, verb, given = wanted
        await self._answer(interaction, self._request(interaction, verb, given), page=page)

    async def form_sent(self, interaction: Interaction) -> None:
        """Take what was filled in."""
        data: dict[str, Any] = dict(interaction.data or {})
        wanted = unpacked(str(data.get("custom_id", "")))
        if wanted is None:
            await self._show(interaction, refusal("That form is not known any more. Begin again."))
            return
        verb, given = wanted
        await self._answer(interaction, self._request(interaction, verb, {**given, **sent_values(data)}))

    async def share(self, interaction: Interaction) -> None:
        """Show a private answer to the channel, as it stands there: it is the bot's own message."""
        message = interaction.message
        if message is None or not message.embeds:
            await self._show(interaction, refusal("There is nothing to share any more. Ask again."))
            return
        by = f"Shared by {interaction.user.display_name}"
        content = f"{message.content}\n-# {discord.utils.escape_markdown(by)}"[:2_000]
        await interaction.response.send_message(content, embeds=message.embeds, view=unkept_view(remove_button()))
        sent = await interaction.original_response()
        place, person = channel_address(sent.channel.id), account(interaction.user.id)
        shared = Answered(place, str(interaction.id), str(sent.id), person, space_of(interaction.guild))
        await self.core.call(self._app.conversations.remember, shared)

    async def completed(
        self, interaction: Interaction, verb: Verb, item: Parameter, typed: str
    ) -> list[tuple[str, str]]:
        """Offer completions of what is being typed; none when it takes too long."""
        request = self._request(interaction, verb.name, {})
        work = self.core.call(self._app.factbot.complete, request, item.name, typed)
        try:
            return await asyncio.wait_for(work, _COMPLETION)
        except TimeoutError:
            return []

    async def failed(self, interaction: Interaction, error: app_commands.AppCommandError) -> None:
        """Answer a fault with its number."""
        await self._show(interaction, self.record_fault("command", error))

    def record_fault(self, where: str, error: BaseException | None = None) -> Reply:
        """Keep the present fault in the log and return what the person is told."""
        fault = error or sys.exc_info()[1] or RuntimeError(where)
        return refusal(note_fault(fault))

    def _request(self, interaction: Interaction, verb: str, given: dict[str, str], file: File | None = None) -> Request:
        guild = installed_here(interaction)
        return Request(
            verb,
            given,
            platform=PLATFORM,
            space=space_of(guild),
            actor=actor_of(interaction.user, guild),
            delivery=str(interaction.id),
            attachment=file,
        )

    async def _answer(
        self,
        interaction: Interaction,
        request: Request,
        *,
        above: str = "",
        shareable: bool = False,
        page: int = 1,
    ) -> None:
        """Ask the core; answer at once if it is quick, else ask Discord to wait."""
        with self.core.in_hand():
            work = asyncio.ensure_future(self.core.reply(request))
            done, _ = await asyncio.wait({work}, timeout=_PATIENCE)
            if not done:
                await interaction.response.defer(ephemeral=True, thinking=True)
            reply, milliseconds = await work
            _log(interaction, request, reply, milliseconds)
            await self._show(interaction, reply, above=above, shareable=shareable, page=page)

    async def _show(
        self, interaction: Interaction, reply: Reply, *, above: str = "", shareable: bool = False, page: int = 1
    ) -> None:
        if reply.form is not None and _opens(interaction, reply):
            await interaction.response.send_modal(modal(reply.form, page))
            return
        shown: dict[str, Any] = {"embeds": embeds(reply)}
        view = view_of(reply, *([share_button()] if shareable else []))
        if view is not None:
            shown["view"] = view
        if above:
            shown["content"] = above[:2_000]
        if reply.file is not None:
            shown["file"] = discord.File(io.BytesIO(reply.file.content), filename=reply.file.name)
        await _send(interaction, shown)


def _opens(interaction: Interaction, reply: Reply) -> bool:
    """A modal is the first response to a command or a press; what was refused is shown with the reason first."""
    first = not interaction.response.is_done() and interaction.type is not discord.InteractionType.modal_submit
    return first and reply.tone is not Tone.REFUSED and reply.form is not None and bool(reply.form.inputs)


async def _send(interaction: Interaction, shown: dict[str, Any]) -> None:
    """Answer privately. The private message whose button was pressed is replaced: its buttons are used."""
    message = interaction.message
    if interaction.response.is_done():
        await interaction.followup.send(ephemeral=True, **shown)
    elif message is not None and message.flags.ephemeral and "file" not in shown:
        shown.setdefault("view", None)
        shown.setdefault("content", None)
        await interaction.response.edit_message(**shown)
    else:
        await interaction.response.send_message(ephemeral=True, **shown)


async def _read(file: discord.Attachment | None) -> File | None:
    """Read an uploaded file; one that is too large is handed on empty-handed, by its name, for the core to refuse."""
    if file is None:
        return None
    return File(file.filename, b"" if file.size > MOST_BYTES else await file.read())


def _addresses(value: str, interaction: Interaction) -> str:
    """Write channels as the core keeps them: `#news` as its address, `here` as the channel where this is typed."""
    here = channel_address(interaction.channel_id or 0)
    words = _CHANNEL.sub(lambda found: channel_address(int(found[1])), value).split(" ")
    return " ".join(here if word.lower() == "here" else word for word in words)


def _log(interaction: Interaction, request: Request, reply: Reply, milliseconds: float) -> None:
    LOG.info(
        "verb=%s guild=%s channel=%s outcome=%s ms=%.0f",
        request.verb,
        interaction.guild_id or "-",
        interaction.channel_id or "-",
        reply.outcome or reply.tone,
        milliseconds,
    )
