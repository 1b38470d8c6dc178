"""The door and the desk: which claim is meant, what is written down about who changed it, and once, not twice."""

from dataclasses import replace

import pytest

from bot import typed, verbs
from bot.ask import Asker
from bot.desk import Desk
from bot.errors import NotFound
from bot.handle import Factbot
from bot.model import GLOBAL, Claim, State
from bot.reply import plain
from bot.request import Actor, Request
from bot.store import Change, Trace
from bot.verb import Role
from bot.watch import Watch
from tests.newsroom import AWAY, FOUNTAIN, HOME, MEMBER, MODERATOR, OPERATOR, TERMINAL, WOOD, Newsroom

TEST = Trace("test", "test")


def desk_of(newsroom: Newsroom, request: Request | None = None, space: str = HOME) -> Desk:
    request = request or Request("fact edit", {}, "discord", HOME, MODERATOR)
    return Desk(newsroom.store, newsroom.asker, request, Role.MODERATOR, HOME, space)


def withdrawn(newsroom: Newsroom, external_id: str) -> Claim:
    """Put a withdrawn version of a claim, or of nothing, into the community."""
    own = replace(WOOD, external_id=external_id, space=HOME, text="Taken back", state=State.WITHDRAWN)
    newsroom.store.save_many([Change(None, own)], TEST)
    return own


def test_what_is_withdrawn_leaves_the_global_claim_where_there_is_one(newsroom: Newsroom) -> None:
    own, alone = withdrawn(newsroom, "wood"), withdrawn(newsroom, "nothing-global")
    desk = desk_of(newsroom)
    assert desk.claim_named("wood") == desk.claim_named(own.id) == WOOD
    assert desk.claim_named("nothing-global") == desk.claim_named(alone.id) == alone
    with pytest.raises(NotFound, match="has been removed"):
        desk.shown_claim(alone.id)


def test_ones_own_version_is_meant_by_either_id_until_it_is_withdrawn(newsroom: Newsroom) -> None:
    own = replace(WOOD, space=HOME, text="Ours")
    newsroom.store.save_many([Change(None, own)], TEST)
    for name in ("wood", own.id):
        assert desk_of(newsroom).claim_named(name) == own
    assert desk_of(newsroom, space=AWAY).claim_named("wood") == WOOD
    with pytest.raises(NotFound):
        desk_of(newsroom, space=AWAY).claim_named(own.id)


def test_a_change_is_signed_with_who_made_it_and_what_from_and_nothing_else(newsroom: Newsroom) -> None:
    newsroom.handle("fact edit", {"claim": "fountain", "note": "Looked at"})
    last = newsroom.store.history(FOUNTAIN.id)[-1]
    assert desk_of(newsroom).trace() == Trace(MODERATOR.id, "discord", name=MODERATOR.name)
    assert (last.actor, last.name, last.origin, last.space) == (MODERATOR.id, MODERATOR.name, "discord", HOME)
    assert (last.batch, last.why, last.undoes) == ("", "", 0)


def test_the_same_delivery_counts_once_on_each_platform(newsroom: Newsroom) -> None:
    given = {"text": "Pigs fly at noon", "sure": "yes"}
    replies = [
        newsroom.factbot.handle(Request("fact add", given, platform, HOME, MODERATOR, delivery))
        for platform, delivery in (("discord", "7"), ("slack", "7"), ("discord", "7"), ("slack", "7"), ("discord", ""))
    ]
    assert [reply.changed for reply in replies] == [True, True, False, False, True]
    assert "done already" in replies[2].text


def test_nothing_of_a_request_is_kept_when_a_part_of_it_fails(newsroom: Newsroom) -> None:
    given = {"text": "Pigs fly at noon", "suggestion": "s01234567"}
    before = newsroom.store.chain_head()
    assert not newsroom.handle("fact add", given, delivery="9").changed
    assert newsroom.store.chain_head() == before
    assert newsroom.handle("fact add", {"text": given["text"]}, delivery="9").changed


@pytest.mark.parametrize(
    ("actor", "space", "role"),
    [
        (OPERATOR, HOME, Role.OPERATOR),
        (TERMINAL, GLOBAL, Role.OPERATOR),
        (MODERATOR, HOME, Role.MODERATOR),
        (MEMBER, HOME, Role.ANYONE),
        (Actor(), HOME, Role.ANYONE),
    ],
)
def test_the_role_follows_from_facts_and_place(newsroom: Newsroom, actor: Actor, space: str, role: Role) -> None:
    assert newsroom.factbot.role_of(Request("fact help", space=space, actor=actor)) is role


def test_without_a_setting_nobody_is_an_operator(newsroom: Newsroom) -> None:
    factbot = Factbot(newsroom.store, newsroom.asker)
    assert factbot.role_of(Request("fact help", actor=OPERATOR)) is Role.ANYONE


def test_names_of_the_home_count_in_a_linked_space(newsroom: Newsroom) -> None:
    newsroom.store.communities.link("slack:T9", HOME)
    newsroom.store.communities.name_moderator(HOME, MEMBER.id)
    request = Request("fact help", space="slack:T9", actor=MEMBER)
    assert newsroom.factbot.role_of(request) is Role.MODERATOR
    assert newsroom.factbot.role_of(replace(request, space=AWAY)) is Role.ANYONE


def test_completions_of_a_parameter_are_for_those_who_may_give_it(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim, *rest = verbs.EDIT.parameters
    guarded = replace(verbs.EDIT, parameters=(replace(claim, least=Role.OPERATOR), *rest))
    monkeypatch.setattr(typed, "VERBS", (guarded,))
    request = Request("fact edit", {}, "discord", HOME, MODERATOR)
    assert newsroom.factbot.complete(request, "claim", "") == []
    assert newsroom.factbot.complete(request, "claimant", "")
    assert newsroom.factbot.complete(replace(request, actor=OPERATOR), "claim", "")


def test_completions_are_of_the_parameter_that_is_named(newsroom: Newsroom) -> None:
    request = Request("fact list", {}, "discord", HOME, MEMBER)
    assert newsroom.factbot.complete(request, "status", "ref") == [("refuted", "refuted")]
    assert newsroom.factbot.complete(request, "no such parameter", "") == []
    operator = Request("fact edit", {"space": AWAY, "claimant": "x"}, "discord", HOME, OPERATOR)
    away = {value for value, _ in newsroom.factbot.complete(operator, "claim", "")}
    home = {value for value, _ in newsroom.factbot.complete(replace(operator, arguments={}), "claim", "")}
    assert FOUNTAIN.id in home - away
    assert "wood" in home & away


def test_a_refusal_is_a_reply_that_says_what_was_wrong(newsroom: Newsroom) -> None:
    assert "is for moderators" in plain(newsroom.handle("fact edit", {"claim": "wood"}, by=MEMBER))


class Broken(Asker):
    """An asker with a fault."""

    def ask(self, question: str, **_: object) -> None:  # type: ignore[override]
        raise KeyError(question)


def test_the_door_counts_what_came_to_what_where_and_how_long_it_took(newsroom: Newsroom) -> None:
    watch = Watch()
    factbot = Factbot(newsroom.store, newsroom.asker, watch=watch)
    factbot.handle(Request("fact help"))
    factbot.handle(Request("fact edit", {"claim": "wood"}, "discord", HOME, MEMBER))
    factbot.handle(Request("typed by somebody", {}, "slack", AWAY))
    factbot.handle(Request("factcheck", {"question": WOOD.text}, "slack", AWAY))
    Factbot(newsroom.store, Broken(newsroom.store), watch=watch).handle(Request("factcheck", {"question": "why?"}))
    numbers = watch.numbers()
    assert numbers.requests == {
        ("terminal", "fact help", "done"): 1,
        ("discord", "fact edit", "refused"): 1,
        ("slack", "other", "refused"): 1,
        ("slack", "factcheck", "match"): 1,
        ("terminal", "factcheck", "fault"): 1,
    }
    assert set(numbers.spaces) == {GLOBAL, HOME, AWAY}
    assert 0 < numbers.seconds < 60
