"""A contradiction that only the close reading sees is told by the words in which the texts differ, as written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.conflicts.unnamed import AS_A_WHOLE, LONGEST_QUOTE, unnamed_difference

RECORD = "The minutes were leaked to journalists by the opposition in May 2024"
BESIDES = "you wrote “{}”, which is not on record with this claim"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Were the minutes leaked to prosecutors by the opposition in May 2024?",
         "on record: “journalists”; you wrote “prosecutors”"),
        ("were the minutes SOLD to journalists by the opposition in may 2024", "on record: “leaked”; you wrote “SOLD”"),
        ("isn't it true that the minutes were leaked to all by the opposition in May 2024?",
         "on record: “journalists”; you wrote “all”"),
        ("the first minutes were leaked to journalists by the opposition in May 2024", BESIDES.format("first")),
        ("the minutes were not leaked to journalists by the opposition in May 2024", BESIDES.format("not")),
        ("Ann Lee said the minutes were SOLD to journalists by the opposition in May 2024", AS_A_WHOLE),
        ("the minutes were leaked to journalists by the opposition in May 2024, Ann Lee said", AS_A_WHOLE),
        ("did the opposition sell what was said in there to some paper?", AS_A_WHOLE),
        ("were the minutes leaked to journalists by the opposition?", AS_A_WHOLE),
        ("", AS_A_WHOLE),
    ],
)  # fmt: skip
def test_the_one_run_of_words_that_differs_is_quoted(asked: str, told: str) -> None:
    assert unnamed_difference(asked, RECORD, "Ann Lee, clerk") == told


def test_another_name_of_the_same_thing_is_no_difference() -> None:
    assert unnamed_difference("the DPRK sold nine ships", "North Korea sold nine ships") == AS_A_WHOLE
    assert unnamed_difference("they sold 9 ships", "they sold nine ships") == AS_A_WHOLE


def test_a_sign_is_quoted_with_its_number() -> None:
    assert "“-5”" in unnamed_difference("it fell to -5 degrees", "it fell to 5 degrees")
    assert "“€3m”" in unnamed_difference("it cost €3m in all", "it cost $3m in all")


@given(st.text("ab Ł’-%\n", max_size=300), st.text("cd ß’-€\n", max_size=300))
def test_you_wrote_quotes_the_question_and_on_record_the_claim(asked: str, said: str) -> None:
    told = unnamed_difference(asked, said)
    for opening, text in (("on record: “", said), ("you wrote “", asked)):
        if opening in told:
            quote = told.split(opening)[1].split("”")[0]
            assert quote.removesuffix("…") in " ".join(text.split())
            assert 0 < len(quote) <= LONGEST_QUOTE
