"""Ratings of other fact-checkers in our words: a label that is in the table, and nothing else.

A label that is not here says `unverified`, and is kept as it is. The table is reviewed by people: one line says
what the labels of one kind mean and why they get this status. `docs/claimreview.md` shows it.

Two labels of one name by two publishers stand for what holds for both. A label that says whose words they are
(`Misattributed`) sets the attribution and leaves the status alone: whether the words are so is another question.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.model import Attribution, Status
from bot.text import clean

_EDGE = " .!…:;,\"'“”‘’«»„"
_NUMBER = re.compile(r"\s*-?\d{1,9}(?:\.\d{1,9})?\s*", re.ASCII)
_DASH = re.compile(r"\s*[-‐‑–—_]\s*")


@dataclass(frozen=True, slots=True)
class Rating:
    """What labels of one kind say: the status, the attribution if they say anything about it, and why."""

    labels: str
    status: Status
    reason: str
    attribution: Attribution | None = None

    def each(self) -> Iterator[str]:
        """Yield the labels as they are looked up."""
        return map(label_key, self.labels.split(" | "))


def rating_of(label: str) -> Rating | None:
    """Return what the table says of a label, in whatever capitals; None when it is not there."""
    return _by_label().get(label_key(label))


def label_key(label: str) -> str:
    """Return the form in which labels are compared: `PANTS-ON-FIRE!` and `Pants on Fire` are one."""
    return _DASH.sub(" ", clean(label)).strip(_EDGE).casefold()


def scale_of(value: str, best: str, worst: str) -> tuple[str, Status]:
    """Return a label for a rating that is only a number, and the status.

    The ends of a scale that is given whole say what schema.org and Google have them say: the best is true, the worst
    false. What lies between says nothing that is certain.
    """
    if not (best and worst):
        return value, Status.UNVERIFIED
    label = f"{value} on a scale from {worst} to {best}"
    if not all(map(is_number, (value, best, worst))) or float(worst) >= float(best):
        return label, Status.UNVERIFIED
    ends = {float(best): Status.CONFIRMED, float(worst): Status.REFUTED}
    return label, ends.get(float(value), Status.UNVERIFIED)


def is_number(text: str) -> bool:
    """Whether a text is a plain decimal number."""
    return _NUMBER.fullmatch(text) is not None


@cache
def _by_label() -> dict[str, Rating]:
    return {label: rating for rating in RATINGS for label in rating.each()}


RATINGS = (
    *(Rating(status.value, status, "our own word") for status in Status),
    Rating("True | Correct | Accurate | This is true | This is correct", Status.CONFIRMED, "it is so"),
    Rating(
        "Mostly True | Mostly Correct | Mostly Accurate",
        Status.CONFIRMED,
        "PolitiFact: accurate, needs clarification; Snopes: the primary elements are demonstrably true",
    ),
    Rating(
        "False | Incorrect | Inaccurate | Not True | Wrong | This is false | This is incorrect | This is not true",
        Status.REFUTED,
        "it is not so",
    ),
    Rating("Pants on Fire", Status.REFUTED, "PolitiFact: not accurate, and ridiculous"),
    Rating("Fake | Hoax | Fabricated", Status.REFUTED, "made up"),
    Rating(
        "Satire | Labeled Satire | Originated as Satire",
        Status.REFUTED,
        "made up as a joke and passed on as if it were so",
    ),
    Rating(
        "Half True | Mixture | Mixed | Partly True | Partially True | Partly False | Partially False"
        " | Partly Correct | Partially Correct",
        Status.MISLEADING,
        "true in part; whoever takes the whole for true is misled. Not disputed: the checker found out what is so",
    ),
    Rating(
        "Mostly False | Barely True",
        Status.MISLEADING,
        "PolitiFact: an element of truth that ignores critical facts. Snopes means more (its primary elements are"
        " false), but grants true details too; what holds for both is short of refuted",
    ),
    Rating(
        "Missing Context | Lacks Context | Needs Context | Out of Context | False Context | Cherry Picks"
        " | Not the Whole Story",
        Status.MISLEADING,
        "what is left out changes what one believes",
    ),
    Rating(
        "Distorts the Facts | Spins the Facts | Exaggerated | Exaggerates | Understated | Flawed Reasoning",
        Status.MISLEADING,
        "a true matter, told so that one believes more or less than is so",
    ),
    Rating(
        "Miscaptioned | Altered | Altered Image | Altered Photo | Altered Video | Manipulated | Doctored"
        " | Digitally Altered",
        Status.MISLEADING,
        "a picture or recording that does not show what it is said to show; what was said with it may be so or not",
    ),
    Rating(
        "Unproven | Unfounded | Unsupported | Unsubstantiated | No Evidence | Research in Progress",
        Status.UNVERIFIED,
        "nothing shows it, and nothing shows the contrary",
    ),
    Rating("Outdated", Status.UNVERIFIED, "Snopes: later events took the meaning from the rating that it had"),
    Rating(
        "Scam | Legend | Lost Legend | Recall",
        Status.UNVERIFIED,
        "Snopes: says what kind of thing it is; some of these claims warn of a scam, others are the scam",
    ),
    Rating(
        "No Flip | Half Flip | Full Flop | Promise Kept | Promise Broken | Compromise | Stalled | In the Works",
        Status.UNVERIFIED,
        "PolitiFact: whether somebody changed position or kept a promise, not whether a statement is so",
    ),
    Rating(
        "Correct Attribution",
        Status.UNVERIFIED,
        "Snopes: these are the person's words; not whether they are so",
        Attribution.QUOTED,
    ),
    Rating(
        "Misattributed | Incorrect Attribution",
        Status.UNVERIFIED,
        "Snopes: these are not the person's words; not whether they are so",
        Attribution.MISATTRIBUTED,
    ),
    Rating(
        "Richtig | Vrai | Verdadero | Verdadeiro | Vero | Waar | Prawda | Правда",
        Status.CONFIRMED,
        "true: German, French, Spanish, Portuguese, Italian, Dutch, Polish, Ukrainian and Russian",
    ),
    Rating(
        "Falsch | Faux | Falso | Onwaar | Fałsz | Неправда | Фейк",
        Status.REFUTED,
        "false: German (Correctiv, dpa), French (AFP Factuel), Spanish, Portuguese and Italian (AFP, Lupa, Pagella"
        " Politica), Dutch, Polish (Demagog), Ukrainian (StopFake)",
    ),
    Rating("Bulo | Bufala | Infox | Frei erfunden", Status.REFUTED, "hoax: Spanish, Italian, French, German"),
    Rating(
        "Teilweise falsch | Partiellement faux | Parcialmente falso | Verdad a medias | Größtenteils falsch"
        " | Plutôt faux",
        Status.MISLEADING,
        "partly or mostly false: German, French, Spanish and Portuguese",
    ),
    Rating(
        "Irreführend | Trompeur | Engañoso | Enganoso | Fuorviante | Misleidend | Manipulacja | Маніпуляція",
        Status.MISLEADING,
        "misleading: German, French, Spanish, Portuguese, Italian, Dutch, Polish, Ukrainian",
    ),
    Rating(
        "Fehlender Kontext | Falscher Kontext | Manque de contexte | Falta contexto | Sin contexto | Fora de contexto",
        Status.MISLEADING,
        "missing or false context: German, French, Spanish, Portuguese",
    ),
    Rating("Unbelegt | Sin pruebas", Status.UNVERIFIED, "no evidence: German (Correctiv), Spanish"),
)
