"""Denials in a text: `not`, `never`, `failed to`, `no evidence that`, and what each says is not so."""

from collections.abc import Sequence
from dataclasses import replace

from bot.matching.conflicts.model import Denial
from bot.matching.conflicts.tokens import Token

_DENIES = frozenset("not never nobody none nothing neither nor hardly barely scarcely cannot cant no aint".split())
_CONTRACTED = frozenset(
    "isnt arent wasnt werent dont doesnt didnt hasnt havent hadnt wont wouldnt couldnt"
    " shouldnt cant mustnt aint neednt".split()
)
_FAILS = frozenset(
    "fail failed fails failing refuse refused refuses refusing decline declined declines unable neglected".split()
)
_UNDONE = frozenset("the its a an his her their any plan plans".split())
_NOT_YET = frozenset(("yet", "unlikely"))
_CANNOT = frozenset(("impossible",))
_COMPLETE = frozenset("complet succeed finish manag".split())
_STOPS = frozenset("avoid avoids avoided stop stops stopped stopping cease ceases ceased quit quits".split())
_DENY = frozenset("deny denied denies denying".split())
_BEFORE_NOT = frozenset("must should shall will would can could may might has have had does do did".split())
"""Verbs behind which a `not` is meant, in a question too: `must not`; `is it not …`, `did they not …` only ask."""
_BE = frozenset("is are was were be been being am got get".split())
_NO_EVIDENCE = frozenset(
    "evidence proof indication sign truth basis support link connection confirmation difference".split()
)
_ENDS = frozenset(("", ".", "?", "!", ","))
_UNTRUE = frozenset("false untrue lie myth hoax fake incorrect wrong debunked".split())
_NONSENSE = frozenset("untrue false nonsense rubbish baseless unfounded bogus".split())
_CALLS = frozenset("call called calls brand branded brands label labelled labels declared".split())
_RULES = frozenset(("rule", "rules", "ruled", "ruling"))
_UNDOES = frozenset(
    "lift lifted lifts ended ends end repealed repeals scrapped scraps overturned revoked abolished".split()
)
_REJECTS = frozenset(
    "rejected rejects reject blocked vetoed refused cancelled canceled opposed opposes dropped abandoned"
    " shelved".split()
)
_REJECTED = frozenset("ban plan law bill propos deal motion offer request treati agreement increas cut idea".split())
_NOT_A_DENIAL = {
    "not": frozenset("only just merely simply necessarily".split()),
    "no": frozenset("more less fewer doubt matter wonder idea way one but".split()),
    "nothing": frozenset(("but",)),
}
_OR_NOT = frozenset("or why whether if".split())
_ABOUT_BELIEF = frozenset("know think believe sure understand remember care get want certain see buy".split())
_BEFORE_POLITE = frozenset("so but hey wait and ok okay well hmm oh guys also because then now hello hi".split())
_PRONOUNS = frozenset("it he she they you we i that this there".split())
_CLAUSE_ENDS = frozenset((".", ";", "?", "!", ",", ":", "(", ")"))
_SENTENCE_ENDS = frozenset((".", ";", "?", "!"))
_HELPERS = frozenset("going go able ever yet even actually really any longer still both all get gets got".split())
_EXPECTS = frozenset(
    "expected expect expects believe believed thought likely supposed planned planning set due known believes thinks"
    " agree agreed want wanted willing".split()
)
"""Words through which a denial goes on to what is expected or believed: `is not expected to fire`."""
_LIGHT_DEEDS = frozenset("giving give gave given offer offering provide providing having have had make making".split())
"""Deeds that say nothing before `any`: `without giving any details`."""
_SUBORDINATES = frozenset(
    "if who which because unless so when where whose while despite although though whereas for to".split()
)
_SIDE_CLAUSE = 6
_DEED_AND_THING = 4
_QUOTED_SHORT = 6


def find_denials(tokens: Sequence[Token], asks: bool) -> tuple[Denial, ...]:
    """Return what a text denies. Polite questions (`didn't he …?`, `…, isn't it?`) deny nothing."""
    found = []
    quoted = _quoted_places(tokens)
    for at, token in enumerate(tokens):
        denial = _denial(tokens, at, asks) if token.kind == "word" else None
        if denial:
            unsure = at in quoted or _in_side_clause(tokens, at)
            found.append(replace(denial, sure=False) if unsure else denial)
    return tuple(found)


def _quoted_places(tokens: Sequence[Token]) -> frozenset[int]:
    """Return the places inside short quotations: titles and slogans."""
    marks = [at for at, token in enumerate(tokens) if token.lower == '"']
    places: set[int] = set()
    for start, end in zip(marks[::2], marks[1::2], strict=False):
        if end - start <= _QUOTED_SHORT:
            places.update(range(start, end))
    return frozenset(places)


def _in_side_clause(tokens: Sequence[Token], at: int) -> bool:
    """Whether the denial stands in a clause that only qualifies: `people who do not …`, `so that he won't …`."""
    content = 0
    for place in range(at - 1, max(-1, at - _SIDE_CLAUSE), -1):
        lower = tokens[place].lower
        if lower in _CLAUSE_ENDS:
            return False
        if lower == "for" and tokens[place + 1].kind == "number":
            continue  # `for ten years`
        if lower in _SUBORDINATES:
            if _lower(tokens, at - 1) in _PRONOUNS and place < at - 2:
                return False  # `if you are vaccinated you do not …`: the clause before is over
            return any(token.content for token in tokens[:place])
        content += tokens[place].content
        if content > 2:
            return False
    return False


def _lower(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].lower if 0 <= at < len(tokens) else ""


def _denial(tokens: Sequence[Token], at: int, asks: bool) -> Denial | None:
    word = tokens[at].lower
    contracted = word.endswith("n't") or word in _CONTRACTED
    after = _lower(tokens, at + 1)
    if contracted or word in _DENIES:
        return _plain_denial(tokens, at, asks, contracted)
    if (word in _FAILS | _NOT_YET | _CANNOT and after == "to") or (word in _RULES and after == "out"):
        return Denial(at, _ruled_out(tokens, at + 2) if after == "out" else _targets(tokens, at + 2))
    if (word in _STOPS and after.endswith("ing")) or (word in _UNDOES and after in _UNDONE):
        return Denial(at, _targets(tokens, at + 1))
    if rejected := _rejected(tokens, at):
        return Denial(at, rejected)
    if word == "little" and after in _NO_EVIDENCE and _lower(tokens, at - 1) != "a":
        return Denial(at, _all_after(tokens, at))
    if word == "without":
        return Denial(at, _targets(tokens, at + 1), sure=after.endswith("ing"))
    if word in _DENY and not (word == "denied" and _lower(tokens, at - 1) in _BE):
        return Denial(at, _targets(tokens, at + 1))
    if word in _UNTRUE and after == "that":
        return Denial(at, _all_after(tokens, at))
    return Denial(at, _all_before(tokens, at)) if word in _NONSENSE and _is_called_so(tokens, at) else None


def _is_called_so(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word at the end says of all before it what it is: `… is nonsense`, `called … baseless`."""
    is_so = _lower(tokens, at - 1) in ("is", "was", "are", "were") or any(t.lower in _CALLS for t in tokens[:at])
    return is_so and _lower(tokens, at + 1) in _ENDS


def _ruled_out(tokens: Sequence[Token], at: int) -> frozenset[str]:
    """Return the keys of what was ruled out: a thing, or a deed and to what it would be done."""
    if not _lower(tokens, at).endswith("ing"):
        return _targets(tokens, at)
    return frozenset(token.key for token in tokens[at : at + _DEED_AND_THING] if token.content)


def _rejected(tokens: Sequence[Token], at: int) -> frozenset[str]:
    """Return the keys of what was rejected, or failed: a bill, a plan, a ban; nothing else can be."""
    if tokens[at].lower in _REJECTS and _lower(tokens, at + 1) in _UNDONE:
        return _REJECTED & {token.key for token in tokens[at + 1 : at + _SIDE_CLAUSE]}
    fails = tokens[at].lower in ("failed", "fails") and _lower(tokens, at - 1) not in ("a", "the")  # no `failed selfie`
    return _REJECTED & _all_before(tokens, at) if fails else frozenset()


def _plain_denial(tokens: Sequence[Token], at: int, asks: bool, contracted: bool) -> Denial | None:
    word, before, after = tokens[at].lower, _lower(tokens, at - 1), _lower(tokens, at + 1)
    if after in _NOT_A_DENIAL.get(word, ()) and not (word == "no" and after == "one"):
        return None
    if before in _OR_NOT and word == "not":
        return None
    if contracted and (_begins_sentence(tokens, at) or _is_tag(tokens, at)):
        return None
    if {after, _lower(tokens, at + 2)} & _ABOUT_BELIEF and before in ("i", "we", "do", "you", ""):
        return None
    if contracted and before == "i" and not any(token.lower == '"' for token in tokens[:at]):
        return None
    if after in _NO_EVIDENCE or _lower(tokens, at + 2) in _NO_EVIDENCE:
        return Denial(at, _all_after(tokens, at))
    if after == "true" or (_lower(tokens, at + 2) == "true" and after == "it"):
        return Denial(at, _all_after(tokens, at))
    targets = _targets(tokens, at + 2 if (word, after) == ("no", "one") else at + 1)
    if word == "no" and all(token.content and token.kind == "word" for token in tokens[at + 1 : at + 3]):
        targets |= {token.key for token in tokens[at + 2 : at + 3]}  # `no hard details`: the thing too
    if "but" in (before, _lower(tokens, at - 2)) and targets <= _COMPLETE:
        return Denial(at, _all_before(tokens, at))
    meant = at > 1 and (before in {*_BEFORE_NOT, ","} or after == "to")
    return Denial(at, targets, sure=not (asks and word == "not") or meant)


def _begins_sentence(tokens: Sequence[Token], at: int) -> bool:
    """Whether nothing but chatter stands before in the sentence: `hey, didn't he …?`."""
    for place in range(at - 1, -1, -1):
        lower = tokens[place].lower
        if lower in _SENTENCE_ENDS or lower in (",", ":"):
            return True
        if lower not in _BEFORE_POLITE:
            return False
    return True


def _is_tag(tokens: Sequence[Token], at: int) -> bool:
    """Whether `isn't it` stands at the end of a sentence."""
    return _lower(tokens, at + 1) in _PRONOUNS and (_lower(tokens, at + 2) in ("", "?", "!", ".", "true", "so"))


def _targets(tokens: Sequence[Token], at: int) -> frozenset[str]:
    """Return the keys of the one or two words that a denial is about."""
    found: list[str] = []
    for place, token in enumerate(tokens[at : at + 8], at):
        if token.lower in _CLAUSE_ENDS:
            break
        if token.lower in _LIGHT_DEEDS and _lower(tokens, place + 1) == "any":
            continue
        if not token.content or token.lower in _HELPERS | _EXPECTS or token.lower.endswith("ly"):
            continue
        found.append(token.key)
        if token.kind == "word":
            break
    return frozenset(found)


def _all_after(tokens: Sequence[Token], at: int) -> frozenset[str]:
    found = []
    for token in tokens[at + 1 :]:
        if token.lower in _SENTENCE_ENDS:
            break
        if token.content:
            found.append(token.key)
    return frozenset(found)


def _all_before(tokens: Sequence[Token], at: int) -> frozenset[str]:
    found = []
    for place in range(at - 1, -1, -1):
        if tokens[place].lower in _SENTENCE_ENDS:
            break
        if tokens[place].content:
            found.append(tokens[place].key)
    return frozenset(found)
