"""What a button carries: it comes back as it was, or is not taken for one of ours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.chat.presses import ASKED, packed, unpacked

NAMES = st.from_regex(r"[a-z_]{1,10}", fullmatch=True)
VALUES = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)


@given(st.dictionaries(NAMES, VALUES, max_size=6))
def test_what_is_packed_comes_back(given_arguments: dict[str, str]) -> None:
    assert unpacked(packed("fact edit", given_arguments.items(), 10_000)) == ("fact edit", given_arguments)


def test_a_question_that_does_not_fit_is_marked_and_everything_else_kept() -> None:
    text = packed("fact suggest", [("text", "x" * 500), ("kind", "claim")], 100)
    assert len(text) <= 100
    assert unpacked(text) == ("fact suggest", {"text": ASKED, "kind": "claim"})


def test_what_does_not_fit_at_all_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        packed("fact edit", [("claim", "x" * 200)], 100)


@given(st.text(max_size=200))
def test_no_text_of_others_breaks_the_reading(text: str) -> None:
    unpacked(text)
    unpacked(f"!{text}")
