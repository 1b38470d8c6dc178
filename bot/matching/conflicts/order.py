"""The same words the other way round: subject and object, `to` for `from`; a prefix more."""

from itertools import pairwise

from bot.matching.conflicts.comparisons import compared_otherwise, is_converse
from bot.matching.conflicts.model import Conflict, Pair, Statement
from bot.matching.conflicts.names import is_first_name
from bot.matching.conflicts.roles import EITHER_WAY, TAKES, passive
from bot.matching.conflicts.tokens import Token
from bot.matching.irregular import is_past

_OPPOSITE = {
    frozenset(pair.split())
    for pair in ("from to|with without|for against|before after|into from|to without|in outside|inside outside"
                 "|in without|by without|since until|from until|within after|on without|over under|above below|onto off"
                 "|on off|into out").split("|")
}  # fmt: skip
_PREPOSITIONS = frozenset(word for pair in _OPPOSITE for word in pair)
_PREFIXES = frozenset("semi quarter non ex half vice sub".split())
_ALSO_APART = frozenset("semi non half vice".split())
_AFTER_VERB = frozenset("the a an its their his her our more less about up down".split())
_BEFORE_GERUND = frozenset("for by of from after before while without is are was were".split())
_LOSE = frozenset(("lose", "lost"))
"""Deeds behind which `to` and `from` say the same: horses are lost to the heat, or from it."""
_DETAIL = frozenset("in at of near from".split())
_WHERE = frozenset("in at near".split())
_NO_SUBJECT = frozenset("never already also once just still even".split())
_BEFORE_VERB = frozenset("was were is are been be may can will must should could would might cannot".split())
_NEAR_TO = frozenset(
    "wife husband son daughter brother sister father mother lawyer spokesman spokeswoman aide rival predecessor"
    " successor neighbour neighbor cousin friend opponent assistant deputy ex-wife girlfriend boyfriend".split()
)
_NOUN_ENDINGS = ("ors", "ers", "ists", "ions", "ments", "ies")
_NO_OBJECT = frozenset("for by in at on during after before from to as with over under while when because".split())
_SWAPPED, _OTHER_SIDE = 0.7, 0.6
_NEAR = 0.6
_NEAR_BY = 3
_NEAR_BEHIND = 4
_REDUCED = 8
"""Words behind a past form among which the verb of its sentence stands, where it is none itself."""
_BE = frozenset("was were is are".split())


def order_conflicts(pair: Pair) -> list[Conflict]:
    """Return the first way in which the question turns round what the record says."""
    if pair.cover_question < _NEAR:
        return []
    conflict = (
        _changed_places(pair)
        or _other_voice(pair)
        or _became_object(pair)
        or compared_otherwise(pair)
        or _other_preposition(pair)
        or _prefixed(pair)
    )
    conflict = conflict or _someone_near(pair)
    return [conflict] if conflict else []


def _changed_places(pair: Pair) -> Conflict | None:
    """Find the subject of a verb behind it in the other text, and the other's subject behind it here."""
    if is_converse(pair):
        return None
    for key, known_key in pair.matched.items():
        asked, known = pair.question.only_place(key), pair.record.only_place(known_key)
        if asked < 0 or known < 0 or known_key in EITHER_WAY or not _is_verb(pair.record, known):
            continue
        if passive(pair.question, asked) != passive(pair.record, known) or _may_be_passive(pair.question, asked):
            continue
        if _qualifies(pair.record, known):
            continue
        first, second = _subject(pair.question, asked), _subject(pair.record, known)
        here, there = pair.matched.get(first, ""), next((q for q, r in pair.matched.items() if r == second), "")
        if not here or not there or here == second:
            continue
        behind = pair.record.only_place(here)
        after = _last_place(pair.question, there)
        if known_key not in TAKES and pair.question.tokens[after - 1].lower == "from":
            continue  # `arms moved from Norway` is what Norway moved
        if behind > known and not _is_detail(pair.record, behind) and after > asked:
            return _turned(pair, second, known, here)
    return None


def _is_detail(statement: Statement, at: int) -> bool:
    """Whether a thing only says where something was: `at Dublin airport`."""
    before = statement.tokens[max(0, at - 3) : at]
    return any(token.lower in _DETAIL - {"of", "from"} for token in before)


def _other_voice(pair: Pair) -> Conflict | None:
    """Find `a teacher stabbed a student` beside `a teacher was stabbed by a student`."""
    backwards = {found: key for key, found in pair.matched.items()}
    for key, known_key in pair.matched.items():
        asked, known = pair.question.only_place(key), pair.record.only_place(known_key)
        if asked < 0 or known < 0 or known_key in EITHER_WAY:
            continue
        subject = _subject(pair.record, known)
        if not subject or pair.matched.get(_subject(pair.question, asked)) != subject:
            continue
        here, there = _done_by(pair.question, asked), _done_by(pair.record, known)
        if there and _has_object(pair.question, asked, backwards.get(there, "")):
            return _turned(pair, subject, known, there)
        if here and _has_object(pair.record, known, pair.matched.get(here, "")):
            return _turned(pair, subject, known, pair.matched[here])
    return None


def _became_object(pair: Pair) -> Conflict | None:
    """Find `farmers killed wolves` beside `wolves killed sheep`: who did it there is here whom it was done to."""
    for key, known_key in pair.matched.items():
        asked, known = pair.question.only_place(key), pair.record.only_place(known_key)
        if asked < 1 or known < 1 or known_key in EITHER_WAY or not is_past(pair.record.tokens[known].lower):
            continue
        if passive(pair.question, asked) or passive(pair.record, known):
            continue
        doer, subject = pair.question.tokens[asked - 1], pair.record.tokens[known - 1]
        there = next((q for q, r in pair.matched.items() if r == subject.key), "")
        other = doer.kind == "word" and doer.content and doer.key not in pair.matched
        if other and subject.content and 0 < pair.question.only_place(there) - asked <= _NEAR_BEHIND:
            return _turned(pair, subject.key, known, pair.record.tokens[known].key)
    return None


def _has_object(statement: Statement, verb: int, key: str) -> bool:
    """Whether a verb is active, with a word behind it as that to which it was done."""
    return bool(key) and not passive(statement, verb) and statement.only_place(key) > verb


def _done_by(statement: Statement, verb: int) -> str:
    """Return the key of who did it behind a passive verb: `was stabbed by a student`."""
    if not is_past(statement.tokens[verb].lower) or not passive(statement, verb):
        return ""
    after = statement.tokens[verb + 1 : verb + 1 + _NEAR_BY]
    at = next((at for at, token in enumerate(after) if token.lower == "by"), -1)
    by_then = statement.tokens[verb + 2 + at : verb + 3 + at]
    if at < 0 or any(token.kind == "number" for token in by_then):
        return ""
    return statement.next_content(verb + 1 + at)


def _is_verb(statement: Statement, at: int) -> bool:
    """Whether a word is a verb: a past tense, or an `-s` before an article or a number (`reduces the risk`)."""
    lower = statement.tokens[at].lower
    before, after = (statement.tokens[i] if 0 <= i < len(statement.tokens) else None for i in (at - 1, at + 1))
    if (before and before.lower == "-") or lower.endswith("ly"):
        return False
    if before and before.lower in (_BEFORE_GERUND if lower.endswith("ing") else _BEFORE_VERB):
        return True
    if lower.endswith(_NOUN_ENDINGS):
        return False
    return is_past(lower) or bool(
        lower.endswith("s") and after and (after.lower in _AFTER_VERB or after.kind == "number")
    )


def _may_be_passive(statement: Statement, verb: int) -> bool:
    """Whether a past form may be a headline's passive: nothing is behind it that could be its object."""
    after = next((t for t in statement.tokens[verb + 1 :] if not t.lower.endswith("ly")), None)
    past = is_past(statement.tokens[verb].lower)
    by = any(
        token.lower == "by" for token in statement.tokens[verb + 2 : verb + 2 + _NEAR_BY]
    )  # `classified satire by`
    return past and (by or after is None or after.kind == "sign" or after.lower in _NO_OBJECT)


def _qualifies(statement: Statement, verb: int) -> bool:
    """Whether a past form only says more of the thing before it: `missiles displayed during the parade were fake`."""
    ahead = [token.lower for token in statement.tokens[verb + 1 : verb + 1 + _REDUCED]]
    past = is_past(statement.tokens[verb].lower)
    return past and ahead[:1] != [] and ahead[0] in _NO_OBJECT and not _BE.isdisjoint(ahead)


def _turned(pair: Pair, subject: str, verb: int, other: str) -> Conflict:
    words = {token.key: token.surface for token in pair.record.tokens}
    deed = pair.record.tokens[verb].lower
    return Conflict(
        "direction", f"on record “{words[subject]}” stands before “{deed}” and “{words[other]}” after it", _SWAPPED
    )


def _last_place(statement: Statement, key: str) -> int:
    """Return where a key stands last; -1 where it does not."""
    ranks = statement.ranks.get(key, ())
    return statement.content[ranks[-1]] if ranks else -1


def _subject(statement: Statement, verb: int) -> str:
    """Return the key of the nearest thing before a verb in its clause, details left out (`a teacher in Lyon`)."""
    for at in range(verb - 1, -1, -1):
        token = statement.tokens[at]
        if token.lower in (".", ";", ",", "?", "!"):
            return ""
        adverb = token.lower.endswith("ly") and not token.capital
        detail = at > 1 and token.kind == "name" and statement.tokens[at - 1].lower in _DETAIL
        detail = detail or (
            at > 2 and statement.tokens[at - 1].lower == "the" and statement.tokens[at - 2].lower in _WHERE
        )
        if token.content and not adverb and not detail and token.lower not in _NO_SUBJECT:
            return token.key
    return ""


def _named(pair: Pair) -> frozenset[str]:
    """Return the first names of the record that the question has as well."""
    return frozenset(key for key in pair.found if is_first_name(key))


def _other_preposition(pair: Pair) -> Conflict | None:
    known = _governed(pair.record)
    loses = not _LOSE.isdisjoint(pair.matched)
    for (left, right), asked in _governed(pair.question).items():
        other = known.get((pair.matched.get(left, ""), pair.matched.get(right, "")), "")
        if frozenset((asked, other)) in _OPPOSITE and not (loses and {asked, other} == {"from", "to"}):
            return Conflict("direction", f"on record it is “{other} … {right}”, not “{asked}”", _OTHER_SIDE)
    return None


def _governed(statement: Statement) -> dict[tuple[str, str], str]:
    """Return each preposition of the table by the content words around it."""
    found = {}
    for at, token in enumerate(statement.tokens):
        if token.lower in _PREPOSITIONS:
            without = (
                token.lower == "with" and statement.tokens[at + 1 : at + 2] and statement.tokens[at + 1].lower == "no"
            )
            left = next((each.key for each in reversed(statement.tokens[max(0, at - 3) : at]) if _leads(each)), "")
            right = statement.next_content(at)
            if left and right:
                found[left, right] = "without" if without else token.lower
    return found


def _leads(token: Token) -> bool:
    return token.content and token.lower not in ("only", "just")


def _prefixed(pair: Pair) -> Conflict | None:
    """Find `semi-final`, `non-smokers`, `ex-president` where the record has the word without what stands before it."""
    here, there = _prefixes(pair.question.tokens), _prefixes(pair.record.tokens)
    former = any(token.lower == "former" for token in (*pair.question.tokens, *pair.record.tokens))
    for key in here.keys() | there.keys():
        if former and "ex" in (here.get(key), there.get(key)):
            continue
        if here.get(key) != there.get(key) and (key in pair.matched or key in pair.found):
            on_record, written = (f"{p}-" if p else "" for p in (there.get(key, ""), here.get(key, "")))
            return Conflict("thing", f"on record it is {on_record}{key}, not {written}{key}", _OTHER_SIDE)
    return None


def _prefixes(tokens: tuple[Token, ...]) -> dict[str, str]:
    """Return what stands before a word as a part of it, with a hyphen or (`half term`) without one."""
    found = {}
    for at, token in enumerate(tokens[:-1]):
        hyphen = tokens[at + 1].lower == "-"
        word = tokens[at + 1 + hyphen] if at + 1 + hyphen < len(tokens) else None
        if word and word.content and token.lower in (_PREFIXES if hyphen else _ALSO_APART):
            found[word.key] = token.lower
    return found


def _someone_near(pair: Pair) -> Conflict | None:
    """Find `the senator's wife` where the record has the senator and nobody near to him."""
    owners = {token.key for token in pair.record.tokens if token.surface.endswith("'s")}
    for before, token in pairwise(pair.question.tokens):
        near = token.lower in _NEAR_TO and before.surface.endswith("'s") and token.key not in pair.matched
        if near and pair.matched.get(before.key, "") not in owners | {""}:
            return Conflict("name", f"on record it is {before.surface[:-2]}, not the {token.lower}", _OTHER_SIDE)
    return _not_the_relative(pair)


def _not_the_relative(pair: Pair) -> Conflict | None:
    """Find the senator where the record has only his wife."""
    asked = {token.surface.lower() for token in pair.question.tokens}
    for at, (before, token) in enumerate(pairwise(pair.record.tokens), 1):
        owner = before.surface.lower()
        if token.lower not in _NEAR_TO or not owner.endswith("'s") or token.key in pair.found or owner in asked:
            continue
        himself = any(each.key == before.key and each is not before for each in pair.record.tokens)
        if before.key in pair.question.ranks and not himself and pair.record.next_content(at) not in _named(pair):
            return Conflict("name", f"on record it is {before.surface} {token.lower}", _OTHER_SIDE)
    return None
