"""Who moderates a community, who may suggest nothing there any more, and how the bot behaves in it."""

import re

from bot.curate.deciding import waiting_words
from bot.desk import Desk
from bot.errors import Refused, UsageProblem
from bot.fields.checks import checked_space
from bot.model import GLOBAL
from bot.records import CONTACT, NOTICES, QUIET
from bot.reply import Field, Reply
from bot.verb import CLEARED, Role, Verb
from bot.verbs import BLOCK, LINK, MODERATORS, QUEUE, SETTINGS

_ACCOUNT = re.compile(r"discord:\d{1,20}|slack:[A-Z0-9]{1,20}:[A-Z0-9]{1,20}|terminal:[^\s:]{1,60}")
_GROUP = re.compile(r"discord:role:\d{1,20}|slack:group:[A-Z0-9]{1,20}")
_CHANNEL = re.compile(r"discord:channel:\d{1,20}|slack:[A-Z0-9]{1,20}:channel:[A-Z0-9]{1,20}")
_MEANING = {
    NOTICES: "the channel that is told of new suggestions",
    QUIET: "channels in which the bot says nothing, parted by blanks",
    CONTACT: "whom answers name for corrections, in one line",
}
_NOBODY = "Nobody is named: who may manage messages on Discord, or the workspace on Slack, moderates."


def moderators(desk: Desk, given: dict[str, str]) -> Reply:
    """List who is named as moderator; an admin names and unnames."""
    _own(desk, MODERATORS)
    who, do = given.get("who", ""), given.get("do", "")
    if not who and not do:
        return _listed("Moderators", sorted(desk.store.communities.moderators(desk.space)), _NOBODY)
    if desk.role < Role.ADMIN:
        raise Refused(f"/{MODERATORS.name}: naming moderators is for admins: ask one of yours to do it.")
    _expect(MODERATORS, who, "a person, a role or a group", _ACCOUNT, _GROUP)
    with desk.saving():
        if do == "unname":
            changed = desk.store.communities.unname_moderator(desk.space, who)
        else:
            changed = desk.store.communities.name_moderator(desk.space, who)
    words = {("unname", True): "does not moderate any more", ("unname", False): "was not named"}
    said = words.get((do, changed), "moderates now" if changed else "was named already")
    return Reply(f"{who} {said}", changed=changed)


def block(desk: Desk, given: dict[str, str]) -> Reply:
    """List who is blocked from suggesting; block and unblock."""
    who, do = given.get("who", ""), given.get("do", "")
    communities = desk.store.communities
    if not who and not do:
        return _listed("Blocked from suggesting", _blocked(desk), "Nobody is blocked here.")
    _expect(BLOCK, who, "a person", _ACCOUNT)
    with desk.saving():
        changed = communities.unblock(desk.space, who) if do == "unblock" else communities.block(desk.space, who)
    words = {("unblock", True): "may suggest again", ("unblock", False): "was not blocked"}
    said = words.get((do, changed), "cannot suggest here any more" if changed else "was blocked already")
    return Reply(f"{who} {said}", changed=changed)


def _blocked(desk: Desk) -> list[str]:
    people = desk.store.people
    return sorted(
        people.account(person) or "somebody forgotten" for person in desk.store.communities.blocked(desk.space)
    )


def settings(desk: Desk, given: dict[str, str]) -> Reply:
    """Show how the bot behaves in this community, or change one thing about it."""
    name, value = given.get("setting", ""), given.get("value", "")
    if not name or not value:
        fields = tuple(Field(each, _shown_setting(desk, each)) for each in _MEANING if not name or each == name)
        return Reply("Settings", "Change one: give setting and value; - clears it.", fields)
    kept = "" if value == CLEARED else value
    if kept and name in {NOTICES, QUIET}:
        for channel in kept.split() if name == QUIET else [kept]:
            _expect(SETTINGS, channel, "a channel", _CHANNEL, like="discord:channel:123 or slack:T1:channel:C2")
    with desk.saving():
        desk.store.communities.set(desk.space, name, kept)
    return Reply(f"{name}: {kept or 'cleared'}", _MEANING[name], changed=True)


def _shown_setting(desk: Desk, name: str) -> str:
    return desk.store.communities.setting(desk.space, name) or f"not set ({_MEANING[name]})"


def link(desk: Desk, given: dict[str, str]) -> Reply:
    """Let one community share the claims of another, or part them."""
    space, home = given.get("community", ""), given.get("to", "")
    if not space and not home:
        links = desk.store.communities.links()
        return _listed("Linked communities", [f"{one} shares {other}" for one, other in sorted(links.items())], "None.")
    if not space or not home:
        raise UsageProblem(f"{LINK.usage}: {'to' if space else 'community'} is missing.")
    space = checked_space("community", space)
    with desk.saving():
        if home == CLEARED:
            parted = desk.store.communities.unlink(space)
            return Reply(f"{space} {'has its own claims again' if parted else 'was not linked'}", changed=parted)
        _refuse_a_queue(desk, space)
        desk.store.communities.link(space, checked_space("to", home))
    return Reply(f"{space} shares the claims of {home} now", changed=True)


def _refuse_a_queue(desk: Desk, space: str) -> None:
    """What waits in the queue of a linked community would be seen by nobody."""
    if count := desk.store.suggestions.waiting(space):
        waits = f"{space} was not linked: {waiting_words(count)} in its queue."
        raise Refused(f"{waits} Decide them first: /{QUEUE.name}, space={space}.")


def _own(desk: Desk, verb: Verb) -> None:
    if desk.space == GLOBAL:
        raise Refused(f"/{verb.name} is about a community: use it in one, or name its space.")


def _expect(
    verb: Verb, value: str, what: str, *forms: re.Pattern[str], like: str = "discord:123 or slack:T1:U2"
) -> None:
    if not any(form.fullmatch(value) for form in forms):
        raise UsageProblem(f"/{verb.name}: {value[:60]!r} is not {what}; write it like {like}.")


def _listed(title: str, items: list[str], nothing: str) -> Reply:
    return Reply(title, "\n".join(items) or nothing)
