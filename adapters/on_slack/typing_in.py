"""Typed commands as Slack hands them over: people, groups and channels are marks in the text."""

import re

from adapters.on_slack.people import account, channel_address, group_account
from adapters.on_slack.texts import read
from bot.typed import parse
from bot.verb import Kind, Parameter, Verb
from bot.verbs import SETTINGS

_PERSON = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")
_GROUP = re.compile(r"<!subteam\^([A-Z0-9]+)(?:\|[^>]*)?>")
_CHANNEL = re.compile(r"<#([A-Z0-9]+)(?:\|[^>]*)?>")


def wanted(line: str, team: str, channel: str) -> tuple[Verb, dict[str, str]]:
    """Return the verb and the arguments of a typed command. Raises `UsageProblem` with what may have been meant."""
    verb, given = parse(line)
    items = {item.name: item for item in verb.offered}
    return verb, {name: _value(verb, items[name], value, team, channel) for name, value in given.items()}


def _value(verb: Verb, item: Parameter, value: str, team: str, channel: str) -> str:
    """People and groups become accounts, in settings channels become addresses; the rest is what a person sees."""
    if item.kind is Kind.PERSON:
        value = _GROUP.sub(lambda found: group_account(found[1]), value)
        return read(_PERSON.sub(lambda found: account(team, found[1]), value))
    if verb is SETTINGS and item.name == "value":
        words = _CHANNEL.sub(lambda found: channel_address(team, found[1]), value).split(" ")
        return read(" ".join(channel_address(team, channel) if word.lower() == "here" else word for word in words))
    return read(value, links=True)
