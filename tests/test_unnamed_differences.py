"""A contradiction that only the close reading sees is told by the words in which the texts differ, as written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.conflicts.unnamed import AS_A_WHOLE, unnamed_difference

RECORD = "The minutes were leaked to journalists by the opposition in May 2024"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Were the minutes leaked to prosecutors by the opposition in May 2024?",
         "on record: “journalists”; you wrote “prosecutors”"),
        ("were the minutes SOLD to journalists by the opposition in may 2024", "on record: “leaked”; you wrote “SOLD”"),
        ("the first minutes were leaked to journalists by the opposition in May 2024",
         "“first” is not on record with this claim"),
        ("the minutes were not leaked to journalists by the opposition in May 2024",
         "“not” is not on record with this claim"),
        ("did the opposition sell what was said in there to some paper?", AS_A_WHOLE),
        ("were the minutes leaked to journalists by the opposition?", AS_A_WHOLE),
        ("", AS_A_WHOLE),
    ],
)  # fmt: skip
def test_the_one_run_of_words_that_differs_is_quoted(asked: str, told: str) -> None:
    assert unnamed_difference(asked, RECORD) == told


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_two_texts_are_told_apart_in_the_letters_that_they_have(asked: str, said: str) -> None:
    told = unnamed_difference(asked, said)
    assert all(quoted.split("”")[0] in asked + "\n" + said for quoted in told.split("“")[1:] if "“" not in asked + said)
