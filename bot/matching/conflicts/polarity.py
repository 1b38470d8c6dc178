"""Whether one text denies what the other says."""

from collections.abc import Collection
from itertools import pairwise, takewhile

from bot.matching.conflicts.model import Conflict, Denial, Pair, Statement
from bot.matching.conflicts.otherwise import is_the_rest

_MEANS_NO = frozenset(
    "awaiting awaits pending"
    " zero 0 shut closed close closes stopped stop stops banned bans ban prohibited rejected rejects opposed"
    " opposes ceased quit lost"
    " lack lacks lacking avoid avoided prevented removed"
    " cancel cancels cancelled canceled scrap scrapped axed without only false free".split()
)
_VOTING = frozenset("vote votes voted voting speak spoke argued ruled campaigned came".split())
_OPEN_QUESTION = frozenset("any anyone anybody anything ever either".split())
_SURE, _ASKED, _OTHER_WORD, _UNSURE = 0.9, 0.6, 0.45, 0.35
_NEAR_QUESTION, _NEAR_RECORD = 0.6, 0.35
_HAVE = frozenset("have has had get got contain include hold carry".split())
_GOES_ON = 2
"""Words behind a denial that it may be about, the first being one more about the second."""


def denied(statement: Statement, keys: frozenset[str]) -> bool:
    """Whether a statement denies what these keys name: an odd number of denials, those of denials included."""
    denials = [denial for denial in statement.denials if not keys.isdisjoint(denial.targets)]
    undone = sum(statement.tokens[d.start].key in other.targets for d in denials for other in statement.denials)
    return (len(denials) + undone) % 2 == 1


def polarity_conflicts(pair: Pair) -> list[Conflict]:
    """Return a conflict where one of the two texts denies what the other says."""
    question, record = pair.question, pair.record
    if (not question.denials and not record.denials) or pair.cover_question < _NEAR_RECORD:
        return []
    if any(is_the_rest(asked, pair) for asked in question.quantities):
        return []
    by_question = max((_of_question(pair, denial) for denial in question.denials), default=0.0)
    by_record = max((_of_record(pair, denial) for denial in record.denials), default=0.0)
    strength = max(by_question, by_record)
    here = [each for each in question.denials if not _is_in(each, record) and each.targets & pair.matched.keys()]
    there = [denial for denial in record.denials if not _is_in(denial, question)]
    aligned = any(not denial.targets.isdisjoint(pair.found) for denial in there)
    undone = any(record.tokens[known.start].key in asked.targets for known in there for asked in here)
    if undone:
        strength = _SURE
    elif len(here) == len(there) and (aligned or by_question < _SURE):
        strength /= 2  # both deny, in words that do not align: more likely the same said otherwise
    if not strength:
        return []
    on_record, written = ("it is so", "it is not") if by_question >= by_record else ("it is not so", "it is")
    about = frozenset[str]().union(*(denial.targets for denial in (*question.denials, *record.denials)))
    return [Conflict("negation", f"on record {on_record}; you wrote that {written}", strength, about)]


def _is_in(denial: Denial, other: Statement) -> bool:
    """Whether the other text denies the same things."""
    return any(denial.targets == each.targets for each in other.denials)


def _of_question(pair: Pair, denial: Denial) -> float:
    """Return how sure it is that a denial in the question contradicts the record."""
    if pair.question.tokens[denial.start].key in pair.record.ranks:
        return 0.0  # both have the same word: `refused to serve`, `refused service`
    asked = frozenset(key for key in denial.targets if key in pair.matched)
    asked = asked or _behind(pair.question, denial) & pair.matched.keys()
    matched = frozenset(pair.matched[key] for key in asked)
    strength = _SURE if denial.sure else _UNSURE
    if matched:
        if denied(pair.question, asked) == denied(pair.record, matched) or _says_less(pair.record, matched):
            return 0.0
        if _goes_on_to(pair.record, matched, pair.found):
            return 0.0
        return _UNSURE if _may_mean_no(pair.record, denial.targets | pair.question.words) else strength
    if _says_opposite(pair, denial) or pair.record.denials or not denial.targets:
        return 0.0
    return min(strength, _OTHER_WORD) if pair.cover_question >= _NEAR_QUESTION else 0.0


def _says_less(statement: Statement, keys: frozenset[str]) -> bool:
    """Whether it says that something is less so, which is that it is not as much so: `less advanced`."""
    return any(one.lower == "less" and two.key in keys for one, two in pairwise(statement.tokens))


def _goes_on_to(statement: Statement, keys: frozenset[str], shared: Collection[str]) -> bool:
    """Whether a denial of a word that the other text lacks goes on to one of these: `no valid permits`."""
    return any(
        denial.targets.isdisjoint(shared) and not keys.isdisjoint(_behind(statement, denial))
        for denial in statement.denials
    )


def _behind(statement: Statement, denial: Denial) -> frozenset[str]:
    """Return the keys of the thing that somebody does not have, with what says more of it; of no other denial."""
    denies, *behind = statement.tokens[denial.start :]
    if denies.lower != "no" and not (behind and behind[0].lower in _HAVE):
        return frozenset()
    ahead = takewhile(lambda token: token.kind != "sign", behind)
    return frozenset([token.key for token in ahead if token.content][:_GOES_ON])


def _is_with(statement: Statement, keys: frozenset[str]) -> bool:
    """Whether it has one of these `with` it, a word between at most: `with his wife`."""
    tokens = statement.tokens
    places = (at for at, token in enumerate(tokens) if token.lower == "with")
    return any(token.key in keys for at in places for token in tokens[at + 1 : at + 3])


def _may_mean_no(statement: Statement, keys: frozenset[str]) -> bool:
    """Whether a statement has a word that denies by its meaning (`shut down`, `zero`, `against`), not one of `keys`."""
    return any(
        (token.lower in _MEANS_NO or (token.lower == "against" and before.lower in _VOTING)) and token.key not in keys
        for before, token in pairwise((statement.tokens[0], *statement.tokens))
    )


def _says_opposite(pair: Pair, denial: Denial) -> bool:
    """Whether the record says the opposite of the denied word: `not guilty` is `acquitted`."""
    for line, asked in pair.question.sides.items():
        known = pair.record.sides.get(line, {})
        for side, at in asked.items():
            if pair.question.tokens[at].key in denial.targets and known.keys() - {side}:
                return True
    return False


def _of_record(pair: Pair, denial: Denial) -> float:
    """Return how sure it is that the question says what the record denies."""
    plain = denial.targets & pair.found
    known = plain or _behind(pair.record, denial) & pair.found
    if not known or pair.record.tokens[denial.start].key in pair.question.ranks:
        return 0.0
    asked = frozenset(key for key, found in pair.matched.items() if found in known)
    there = denied(pair.record, known) if plain else True
    if denied(pair.question, asked) == there or pair.cover_question < _NEAR_QUESTION:
        return 0.0
    if _says_less(pair.question, asked) or _goes_on_to(pair.question, asked, pair.matched):
        return 0.0
    if pair.record.tokens[denial.start].lower == "without" and _is_with(pair.question, asked):
        return _SURE
    if not denial.sure or _may_mean_no(pair.question, denial.targets | pair.record.words):
        return _UNSURE
    if pair.question.asks and any(token.lower in _OPEN_QUESTION for token in pair.question.tokens):
        return _UNSURE
    return _ASKED if pair.question.asks else _SURE
