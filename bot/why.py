"""Why a claim got its score, in words: what `--explain` shows."""

from bot.model import Explanation, WordEvidence
from bot.reply import Field


def explanation_fields(explanation: Explanation | None, claim_id: str = "") -> tuple[Field, ...]:
    """Return an explanation as fields, if there is one; `claim_id` tells several claims apart."""
    if explanation is None:
        return ()
    of = f" ({claim_id})" if claim_id else ""
    named = (
        ("Words", ", ".join(_word(word) for word in explanation.words)),
        (
            "Signals",
            ", ".join(f"{name} {value:.2f} ({pull:+.2f})" for name, value, pull in explanation.signals),
        ),
        ("Conflicts", ", ".join(explanation.conflicts)),
        ("Matched phrasing", explanation.matched_phrasing),
    )
    return tuple(Field(f"{name}{of}", value) for name, value in named if value)


def _word(word: WordEvidence) -> str:
    found = f"{word.word} = {word.matched}" if word.matched and word.matched != word.word else word.word
    return f"{found} [{word.how} {word.weight:.2f}]"
