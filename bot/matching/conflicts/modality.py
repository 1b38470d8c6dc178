"""Done, planned, feared, nearly so, or only if: `may be halted` is not `was halted`, `plans to` is not `did`."""

from collections.abc import Sequence
from itertools import pairwise

from bot.matching.conflicts.antonyms import on_one_side
from bot.matching.conflicts.model import Conflict, Hedge, Pair, Statement
from bot.matching.conflicts.polarity import denied
from bot.matching.conflicts.tokens import Token
from bot.matching.irregular import is_irregular

_PLANNED = (
    "plan plans planning planned intend intends intending proposes proposed offers offered applied"
    " attempted want wants wanted hopes expected expects aims seeks threatened threatens"
    " vowed promised pledged scheduled tries tried trying hoped hoping agreed willing ready preparing prepares prepared"
    " poised talks negotiating asked urged demanded called requested threatening should"
)
_WORDS = {
    word: which
    for which, words in (
        ("may", "may might likely possibly perhaps maybe considering mulling contemplating thinking could"),
        ("planned", "awaiting awaits pending"),
        ("may", "considered weighed mulled rumoured rumored"),
        ("nearly", "nearly almost narrowly"),
        ("planned", _PLANNED),
        ("already", "already"),
        ("future", "will going wont"),
        ("must", "must required obliged"),
    )
    for word in words.split()
}  # fmt: skip
_MOST = 0.6
"""Share of what is so under a condition that a question must say to say that it is so without."""
_CLASHES = {
    ("already", "planned"): 0.7,
    ("already", "future"): 0.7,
    ("planned", "already"): 0.7,
    ("future", "already"): 0.7,
    ("may", "future"): 0.6,
    ("may", "planned"): 0.55,
    ("nearly", "future"): 0.7,
    ("must", "may"): 0.6,
    ("may", "must"): 0.6,
}
_ADDED = {"may": 0.6, "nearly": 0.75, "planned": 0.6, "already": 0.0, "future": 0.3, "must": 0.0}
_LEFT_OUT = {"may": 0.6, "nearly": 0.75, "planned": 0.6, "already": 0.0, "future": 0.6, "must": 0.0}
"""The same where only the record has the word, and the question says that it is done."""
_SAID = {"may": "that it may", "nearly": "that it nearly did", "planned": "that it is only planned or tried",
         "already": "that it is done already", "future": "that it will", "must": "that it must"}  # fmt: skip
_DONE = frozenset("did has have had was were already".split())
_OF_A_DEED = frozenset("should awaiting awaits pending".split())
"""Words of a plan behind which the deed comes at once."""
_BEFORE_GERUND = frozenset("considered weighed mulled".split())
_NOT_YET = frozenset(
    "intention intentions plan plans would draft proposal proposed announced will seeking seeks set threat decision"
    " wants wanted expected threatened attempt trying tried".split()
)
"""Words by which a record says no more than that it is planned."""
_OPEN = frozenset(_WORDS) - {"already"} | frozenset(
    "could can would should whether if unless likely seem seems seemed appear appears appeared believed suspected"
    " reportedly allegedly".split()
)
"""Words beside which a question does not plainly say that something is done."""
_ONLY_ASKED = frozenset(("should", "like"))
"""Keys of words that a question adds, but that are often left out when a record has them."""
_OBLIGES = frozenset("have has need needs ought".split())
_SAME_PAST = frozenset("cut hit put set shut let hurt cost beat quit spread split".split())
_OF_ANOTHER = frozenset("expects expected want wants wanted asked urged".split())
_OBJECT = 6
"""Words in which whoever is to do it is named."""
_AFTER_PLAN = frozenset(("to", "for", "about", "of"))
_FAR = 6
_NEAR, _HALF = 0.6, 0.5


def find_hedges(tokens: Sequence[Token]) -> tuple[Hedge, ...]:
    """Return the words that say that something is not simply so, with the verb that they are about."""
    found = []
    for at, token in enumerate(tokens):
        which = _WORDS.get(token.lower) if token.kind == "word" else None
        if which and not (token.lower == "may" and token.capital and at) and not _opens_question(tokens, at):
            ahead = _behind_object(tokens, at) or tokens[at + 1 : at + 1 + _FAR]
            said = (each for each in ahead if each.lower != "whether")
            target = next((each for each in said if each.kind in ("number", "sign") or each.content), None)
            if (
                target
                and target.content
                and not (which == "future" and target.lower.endswith("ing"))
                and not (which == "planned" and token.lower not in _OF_A_DEED and ahead[0].lower not in _AFTER_PLAN)
                and not (token.lower in _BEFORE_GERUND and not ahead[0].lower.endswith("ing"))
                and not (token.lower == "talks" and ahead[0].lower != "to")
            ):
                found.append(Hedge(which, token.key, target.key))
    return tuple(found)


def _behind_object(tokens: Sequence[Token], at: int) -> Sequence[Token]:
    """Return what somebody else is to do, from its `to` on: `expects Russia to fire`; nothing where nobody is named."""
    if tokens[at].lower not in _OF_ANOTHER or [token.lower for token in tokens[at + 1 : at + 2]] == ["to"]:
        return ()
    behind = [place for place in range(at + 2, min(at + 2 + _OBJECT, len(tokens))) if tokens[place].lower == "to"]
    return tokens[behind[0] : behind[0] + 1 + _FAR] if behind and tokens[behind[0] - 1].content else ()


def _opens_question(tokens: Sequence[Token], at: int) -> bool:
    """Whether `could`, `would` only begin a question or make it polite: `could it be that …`."""
    if tokens[at].lower == "likely":
        return at > 0 and tokens[at - 1].lower in ("more", "less", "most", "least", "as")
    if tokens[at].lower not in ("could", "would"):
        return False
    return at == 0 or tokens[at - 1].lower in (",", ":", ".", "so", "and", "how", "what", "who", "that", "why", "if")


def modality_conflicts(pair: Pair) -> list[Conflict]:
    """Return where the question makes a plan or a fear of what the record says is so, or the reverse."""
    if pair.cover_question < _HALF:
        return []
    near = pair.cover_question >= _NEAR
    found = (_put_in(pair) or _left_out(pair) or _only_if(pair) or _unclear(pair) or _no_longer(pair)) if near else []
    return (found or _made_certain(pair) or _made_complete(pair))[:1]


def _put_in(pair: Pair) -> list[Conflict]:
    """Find what the question says of a plan or a fear that is on record as done."""
    found = []
    for asked in pair.question.hedges:
        target = pair.matched.get(asked.target)
        if any(token.key == asked.key for token in pair.record.tokens):
            continue
        if asked.which == "planned" and any(token.lower in _NOT_YET for token in pair.record.tokens):
            continue
        known = {hedge.which for hedge in pair.record.hedges}
        if asked.key == "should" and ("must" in known or _has_to(pair.record)):
            continue
        same = {hedge.which for hedge in pair.record.hedges if hedge.target == target}
        clash = max((_CLASHES.get((asked.which, which), 0.0) for which in known), default=0.0)
        strength = clash or (_ADDED[asked.which] if not known else 0.0)
        if asked.which == "future" and target and not same and _is_done(pair.record, target):
            strength = _LEFT_OUT["future"]
        if target and strength:
            found.append(
                Conflict("modality", f"you wrote {_SAID[asked.which]}; the claim on record says otherwise", strength)
            )
    return found


def _has_to(statement: Statement) -> bool:
    """Whether it says that something has to be: no other than that it should."""
    return any(one.lower in _OBLIGES and two.lower == "to" for one, two in pairwise(statement.tokens))


def _left_out(pair: Pair) -> list[Conflict]:
    """Find what is only planned, feared or to come on record, and done in the question."""
    found = []
    for known in pair.record.hedges:
        asked = _deed_like(pair, known.target)
        if denied(pair.question, frozenset((asked,))):
            continue
        if not asked or not _LEFT_OUT[known.which] or known.key in _ONLY_ASKED | pair.question.ranks.keys():
            continue
        if _is_done(pair.question, asked) or (known.which == "may" and _is_under_way(pair, known)):
            difference = f"on record it says {_SAID[known.which]}; you wrote that it is so"
            found.append(Conflict("modality", difference, _LEFT_OUT[known.which], frozenset((asked,))))
    return found


def _deed_like(pair: Pair, target: str) -> str:
    """Return the question's word for a word of the record, the same one or one that says much the same; else empty."""
    for key, known in pair.matched.items():
        if known == target:
            return key
    return next((key for key in pair.question.ranks if key not in pair.matched and on_one_side(key, target)), "")


def _is_under_way(pair: Pair, known: Hedge) -> bool:
    """Whether the question states that it is being done: `is bringing back`."""
    asked = pair.question.tokens
    return any(
        token.lower.endswith("ing") and pair.matched.get(token.key) == known.target and before.lower in ("is", "are")
        for before, token in pairwise(asked)
    )


def _is_done(statement: Statement, key: str) -> bool:
    """Whether a statement says of a verb that it was done: its past, or `did`, `has been` before it; no hedge."""
    dated = {at for date in statement.dates for at in range(date.start, date.last + 1)}  # `in May`
    if any(token.lower in _OPEN and at not in dated for at, token in enumerate(statement.tokens)):
        return False
    place = statement.content[statement.ranks[key][0]]
    lower = statement.tokens[place].lower
    if "to" in [token.lower for token in statement.tokens[max(0, place - 2) : place]]:
        return False
    irregular = is_irregular(lower) and not lower.endswith(("s", "ing"))
    behind = statement.tokens[place + 1].lower if place + 1 < len(statement.tokens) else ""
    if behind == "by" and not any(token.lower in _DONE | {"is", "are"} for token in statement.tokens[:place]):
        return False  # `500 euros, paid by the state`
    past = lower.endswith("ed") or irregular or (lower in _SAME_PAST and not statement.asks)
    return past or any(token.lower in _DONE for token in statement.tokens[:place])


def _only_if(pair: Pair) -> list[Conflict]:
    """Find as a fact what is on record only as a condition, or only under one: `if it melts, the port floods`."""
    clause = _condition(pair.record)
    asked = frozenset(pair.matched)
    if not clause or not asked or any(token.lower in _OPEN for token in pair.question.tokens):
        return []
    shared = {pair.matched[key] for key in asked}
    rest = pair.record.ranks.keys() - clause
    whole = shared.isdisjoint(clause) and len(shared) >= _MOST * len(rest)
    if not shared <= clause and not whole:
        return []
    difference = "on record it is only a condition (“if …”); you wrote that it is so"
    return [Conflict("condition", difference, _LEFT_OUT["may"], asked)]


def _unclear(pair: Pair) -> list[Conflict]:
    """Find as a fact what the record says nobody knows: `it is unclear whether …`; who asks is told so."""
    words = [token.lower for token in pair.record.tokens]
    open_still = any(one in _UNCLEAR and two in ("whether", "if") for one, two in pairwise(words))
    if not open_still or pair.question.asks or any(token.lower in _OPEN | _UNCLEAR for token in pair.question.tokens):
        return []
    return [Conflict("modality", "on record it is not known whether it is so; you wrote that it is", _LEFT_OUT["may"])]


def _no_longer(pair: Pair) -> list[Conflict]:
    """Find as still so what only used to be."""
    used = any((one.lower, two.lower) == ("used", "to") for one, two in pairwise(pair.record.tokens))
    asked = {token.lower for token in pair.question.tokens}
    if not used or asked.isdisjoint(_STILL) or asked & _NOT_ANY_MORE:
        return []
    return [Conflict("modality", "on record it only used to be so; you wrote that it is", _LEFT_OUT["may"])]


def _made_certain(pair: Pair) -> list[Conflict]:
    """Find as proven what only seems so on record; a question must insist on it: `definitely proven`."""
    certain = sum(token.lower in _CERTAIN for token in pair.question.tokens)
    tokens = pair.question.tokens
    certain += any(
        two.lower == "proved" and one.content and three.lower not in _PROVED_TO_BE
        for one, two, three in zip(tokens, tokens[1:], tokens[2:], strict=False)
    )
    certain += bool(certain) and not _INSISTS.isdisjoint(token.lower for token in pair.question.tokens)
    if certain < 1 + pair.question.asks or not any(token.lower in _SEEMS for token in pair.record.tokens):
        return []
    return [Conflict("modality", "on record it only seems so; you wrote that it is certain", _LEFT_OUT["may"])]


def _made_complete(pair: Pair) -> list[Conflict]:
    """Find as done what is still being done on record: `fully assessed` beside `still being assessed`."""
    asked = {token.lower for token in pair.question.tokens}
    still = any(one.lower == "still" and two.lower == "being" for one, two in pairwise(pair.record.tokens))
    if not still or not asked & _COMPLETE or asked & _UNDER_WAY:
        return []
    return [Conflict("modality", "on record it is still being done; you wrote that it is", _LEFT_OUT["may"])]


_PROVED_TO_BE = frozenset("to more less too so very".split())
"""Words behind which something proved to be so, which proves nothing."""
_UNCLEAR = frozenset("unclear uncertain unknown undecided disputed open".split())
_STILL = frozenset("is are does do still has".split())
_NOT_ANY_MORE = frozenset("used was were once formerly did longer previously before".split())
_INSISTS = frozenset("will now officially official finally".split())
"""Words beside which `confirmed` is more than a way to ask."""
_COMPLETE = frozenset("fully completely finished complete completed over".split())
_UNDER_WAY = frozenset("still being not yet ongoing".split())
_CERTAIN = frozenset("official proven proved certain certainly definitely undeniably confirmed undoubtedly".split())
_SEEMS = frozenset(
    "suspect suspects think thinks thought believe believes assume assumed seem seems seemed appear appears"
    " appeared believed suspected may might could possibly likely"
    " probably attributed claimed alleged allegedly reportedly rumoured rumored unconfirmed".split()
)


_NO_CONDITION = frozenset(
    "ask asks asked asking see check checked wonder wonders wondered know knows knew say tell unclear even as what"
    " decide".split()
)
"""Words behind which `if` is another `whether`, or `even if`, `as if`, `what if`."""


def _condition(statement: Statement) -> frozenset[str]:
    """Return the content keys of the clause that `if` opens; nothing where there is no such clause."""
    tokens = statement.tokens
    start = next((at for at, token in enumerate(tokens) if token.lower in ("if", "unless")), None)
    if start is None or (start and tokens[start - 1].lower in _NO_CONDITION):
        return frozenset()
    if tokens[start + 1 : start + 2] and tokens[start + 1].lower in ("elected", "reelected"):
        return frozenset()  # what goes for every promise
    end = next((at for at in range(start, len(tokens)) if tokens[at].lower in (",", "then", ".")), len(tokens))
    return frozenset(token.key for token in tokens[start:end] if token.content)
