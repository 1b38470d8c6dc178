"""Who is what, and who may do what: the pure rules, for all facts that a face can hand in."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.authority import acting_space, permit, role_of, visible_spaces
from bot.errors import Refused
from bot.model import GLOBAL
from bot.request import Actor
from bot.verb import Parameter, Role, Verb

ACCOUNTS = ("", "discord:1", "discord:2", "slack:T1:U1")
GROUPS = ("", "discord:role:5", "slack:group:S1", "discord:1")
SPACES = (GLOBAL, "discord:9", "slack:T1")
accounts = st.sampled_from(ACCOUNTS)
spaces = st.sampled_from(SPACES)
actors = st.builds(
    Actor,
    id=accounts,
    moderates=st.booleans(),
    administers=st.booleans(),
    groups=st.frozensets(st.sampled_from(GROUPS)),
    belongs=st.booleans(),
    holds_database=st.booleans(),
)
names = st.frozensets(st.sampled_from(ACCOUNTS + GROUPS))
operators = st.frozensets(accounts)
quick = settings(deadline=None)
FACTS = ("moderates", "administers", "belongs", "holds_database")


@quick
@given(actors, spaces, operators, names, st.sampled_from(FACTS))
def test_no_further_fact_about_somebody_lowers_their_role(
    actor: Actor, space: str, operators: frozenset[str], named: frozenset[str], fact: str
) -> None:
    more = replace(actor, **{fact: True})
    assert role_of(more, space, operators=operators, named=named) >= role_of(
        actor, space, operators=operators, named=named
    )


@quick
@given(actors, spaces, operators, names, st.sampled_from(GROUPS))
def test_no_further_group_lowers_a_role(
    actor: Actor, space: str, operators: frozenset[str], named: frozenset[str], group: str
) -> None:
    more = replace(actor, groups=actor.groups | {group})
    assert role_of(more, space, operators=operators, named=named) >= role_of(
        actor, space, operators=operators, named=named
    )


@quick
@given(actors, spaces, operators, names)
def test_being_named_or_an_operator_lowers_no_role(
    actor: Actor, space: str, operators: frozenset[str], named: frozenset[str]
) -> None:
    was = role_of(actor, space, operators=operators, named=named)
    assert role_of(actor, space, operators=operators, named=named | {actor.id}) >= was or not actor.id
    assert role_of(actor, space, operators=operators | {actor.id}, named=named) >= was


@quick
@given(actors, spaces, operators, names)
def test_naming_somebody_else_can_only_take_what_the_platform_gave(
    actor: Actor, space: str, operators: frozenset[str], named: frozenset[str]
) -> None:
    was = role_of(actor, space, operators=operators, named=frozenset())
    now = role_of(actor, space, operators=operators, named=frozenset({"discord:404"}))
    assert now is (Role.ANYONE if was is Role.MODERATOR else was)


@quick
@given(actors, spaces, operators, names)
def test_who_does_not_belong_there_is_an_operator_or_nobody(
    actor: Actor, space: str, operators: frozenset[str], named: frozenset[str]
) -> None:
    outside = replace(actor, belongs=False)
    assert role_of(outside, space, operators=operators, named=named) in {Role.ANYONE, Role.OPERATOR}


@quick
@given(actors, operators, names)
def test_only_operators_are_more_than_anyone_in_the_global_space(
    actor: Actor, operators: frozenset[str], named: frozenset[str]
) -> None:
    expected = Role.OPERATOR if actor.holds_database or actor.id in operators - {""} else Role.ANYONE
    assert role_of(actor, GLOBAL, operators=operators, named=named) is expected


@quick
@given(actors, spaces, operators, names)
def test_an_empty_account_is_neither_an_operator_nor_named(
    actor: Actor, space: str, operators: frozenset[str], named: frozenset[str]
) -> None:
    nobody = replace(actor, id="", groups=frozenset({""}), holds_database=False, administers=False)
    role = role_of(nobody, space, operators=operators | {""}, named=named | {""})
    assert role is Role.ANYONE


@quick
@given(actors, spaces, operators, names)
def test_the_role_depends_on_nothing_but_the_facts_that_count(
    actor: Actor, space: str, operators: frozenset[str], named: frozenset[str]
) -> None:
    """The rule once more, as a table: the first line that fits counts."""
    in_community = actor.belongs and space != GLOBAL
    by_name = bool(({actor.id, *actor.groups} & named) - {""})
    lines = (
        (actor.holds_database, Role.OPERATOR),
        (bool(actor.id) and actor.id in operators, Role.OPERATOR),
        (in_community and actor.administers, Role.ADMIN),
        (in_community and by_name, Role.MODERATOR),
        (in_community and not named and actor.moderates, Role.MODERATOR),
        (True, Role.ANYONE),
    )
    expected = next(role for fits, role in lines if fits)
    assert role_of(actor, space, operators=operators, named=named) is expected


@quick
@given(st.sampled_from(Role), st.sampled_from(Role), st.sampled_from(Role), st.booleans())
def test_a_verb_is_refused_below_its_role_and_with_a_parameter_below_that_ones(
    role: Role, least: Role, higher: Role, gives: bool
) -> None:
    verb = Verb("x", "X.", (Parameter("plain", "p"), Parameter("space", "s", least=higher)), least)
    given = {"plain": "1", "space": "2"} if gives else {"plain": "1"}
    if role >= least and (role >= higher or not gives):
        permit(verb, given, role)
        return
    with pytest.raises(Refused, match=r"^/x"):
        permit(verb, given, role)


def test_a_refusal_says_what_is_for_whom_and_what_to_do() -> None:
    verb = Verb("x", "X.", (Parameter("space", "s", least=Role.OPERATOR),), Role.MODERATOR)
    with pytest.raises(Refused) as whole:
        permit(verb, {}, Role.ANYONE)
    assert whole.value.message == "/x is for moderators: ask one of yours to do it."
    with pytest.raises(Refused) as part:
        permit(verb, {"space": "discord:1"}, Role.ADMIN)
    assert part.value.message == "/x: space is for operators: leave it out, or ask one of yours."


@quick
@given(spaces, st.sampled_from(("", *SPACES)), st.sampled_from(Role))
def test_only_operators_act_elsewhere(home: str, wanted: str, role: Role) -> None:
    if wanted in {"", home}:
        assert acting_space(home, wanted, role) == home
    elif role is Role.OPERATOR:
        assert acting_space(home, wanted, role) == wanted
    else:
        with pytest.raises(Refused, match="Only an operator can act in another space than their own"):
            acting_space(home, wanted, role)


@quick
@given(spaces)
def test_ones_own_space_and_the_global_one_are_read_each_once(home: str) -> None:
    assert visible_spaces(home) == tuple(dict.fromkeys((GLOBAL, home)))
