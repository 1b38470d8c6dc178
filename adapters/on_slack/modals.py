"""Modals: what is filled in goes to the core, problems stand at their fields, the result takes the modal's place."""

import asyncio
from dataclasses import replace
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from adapters.chat.presses import unpacked
from adapters.on_slack.fetching import fetched
from adapters.on_slack.forms import form_modal, options, problems, result, sent_files, sent_values, waiting
from adapters.on_slack.showing import Showing, spot_of
from adapters.on_slack.workspace import Workspace
from bot.errors import FactbotError
from bot.reply import Reply, refusal
from bot.request import Request
from bot.verb import Kind, Role
from bot.verbs import VERBS

_PATIENCE = 1.8
"""Seconds in which a modal is answered at once; after that it says that it takes longer (Slack's limit is 3)."""
_COMPLETION = 1.5
_NO_FILE = "Slack did not hand that file over. Try again; if it stays so, the app needs the scope files:read."
_GONE = "That form is not known any more. Begin again."


class Modals:
    """Takes what people fill in."""

    def __init__(self, workspace: Workspace, showing: Showing) -> None:
        self._at = workspace
        self._showing = showing

    async def sent(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Take a modal that was sent. What is refused leaves it open, with all that was typed."""
        view = body.get("view") or {}
        wanted = unpacked(str(view.get("private_metadata") or ""))
        if wanted is None:
            await ack(response_action="update", view=result(refusal(_GONE)))
            return
        work = asyncio.ensure_future(self._replied(body, *wanted))
        done, _ = await asyncio.wait({work}, timeout=_PATIENCE)
        if not done:
            await ack(response_action="update", view=waiting())
            await self._finish(body, await work)
            return
        reply = await work
        if wrong := problems(reply, view):
            await ack(response_action="errors", errors=wrong)
        else:
            await ack(response_action="update", view=form_modal(reply) or result(reply))
            if reply.file is not None:
                await self._finish(body, reply)

    async def _finish(self, body: dict[str, Any], reply: Reply) -> None:
        await self._showing.show(spot_of(body), reply)

    async def _replied(self, body: dict[str, Any], verb: str, given: dict[str, str]) -> Reply:
        request = await self._request(body, verb, given)
        return request if isinstance(request, Reply) else await self._at.reply(request)

    async def _request(self, body: dict[str, Any], verb: str, given: dict[str, str]) -> Request | Reply:
        """Return the request of a modal that was sent; or why its file cannot be read."""
        view, user = body["view"], str((body.get("user") or {}).get("id") or "")
        values = {
            **given,
            **{name: value for name, value in sent_values(view).items() if value or not _is_yes(verb, name)},
        }
        request = await self._at.request(user, verb, values, f"{view.get('id')}:{view.get('hash')}")
        for sent in sent_files(view)[:1]:
            return await self._with_file(request, sent)
        return request

    async def _with_file(self, request: Request, sent: dict[str, Any]) -> Request | Reply:
        """Fetch a file for those alone who may use the verb: the core refuses the others without it."""
        least = next((each.least for each in VERBS if each.name == request.verb), Role.OPERATOR)
        if await self._at.core.call(self._at.app.factbot.role_of, request) < least:
            return request
        file = await fetched(self._at, sent)
        if file is None:
            return refusal(_NO_FILE)
        given = {**request.arguments, _file_parameter(request.verb): file.name}
        return replace(request, arguments=given, attachment=file)

    async def completed(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Offer completions of what is being typed; none when it takes too long."""
        parameter, typed = str(body.get("block_id") or ""), str(body.get("value") or "")[:100]
        wanted = unpacked(str((body.get("view") or {}).get("private_metadata") or ""))
        found: list[tuple[str, str]] = []
        if wanted is not None:
            user = str((body.get("user") or {}).get("id") or "")
            try:
                found = await asyncio.wait_for(self._found(user, wanted[0], parameter, typed), _COMPLETION)
            except (TimeoutError, FactbotError):
                found = []
        await ack(options=options(found, typed if _may_be_new(wanted, parameter) else ""))

    async def _found(self, user: str, verb: str, parameter: str, typed: str) -> list[tuple[str, str]]:
        request = await self._at.request(user, verb, {})
        return await self._at.core.call(self._at.app.factbot.complete, request, parameter, typed)


def _parameter_kind(verb: str, name: str) -> Kind | None:
    items = (item for each in VERBS if each.name == verb for item in each.parameters)
    return next((item.kind for item in items if item.name == name), None)


def _is_yes(verb: str, name: str) -> bool:
    return _parameter_kind(verb, name) is Kind.YES


def _file_parameter(verb: str) -> str:
    items = (item for each in VERBS if each.name == verb for item in each.parameters)
    return next((item.name for item in items if item.kind is Kind.FILE), "file")


def _may_be_new(wanted: tuple[str, dict[str, str]] | None, parameter: str) -> bool:
    """A claim is one on record; a claimant may be somebody new."""
    return wanted is not None and _parameter_kind(wanted[0], parameter) is Kind.CLAIMANT
