"""How often one person is answered, and how they are told."""

from hypothesis import given
from hypothesis import strategies as st

from adapters.chat.cooldown import MOST, SECONDS, Cooldown, Pause, pause_words


class Clock:
    """A clock that a test moves."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_one_person_is_told_once_and_answered_again_after_a_while() -> None:
    clock = Clock()
    cooldown = Cooldown(clock)
    assert [cooldown.take("ann", "general") for _ in range(MOST)] == [None] * MOST
    assert [pause.say for _ in range(3) if (pause := cooldown.take("ann", "general"))] == [True, False, False]
    clock.now = SECONDS + 0.1
    assert cooldown.take("ann", "general") is None


def test_nobody_waits_for_another_person_or_in_another_channel() -> None:
    cooldown = Cooldown(Clock())
    while cooldown.take("ann", "general") is None:
        pass
    assert cooldown.take("bob", "general") is None
    assert cooldown.take("ann", "news") is None


@given(st.lists(st.floats(0, 30), max_size=80))
def test_no_window_holds_more_answers_than_allowed(moments: list[float]) -> None:
    clock = Clock()
    cooldown = Cooldown(clock)
    answered = []
    for clock.now in sorted(moments):
        if cooldown.take("ann", "general") is None:
            answered.append(clock.now)
    assert all(sum(start <= at < start + SECONDS for at in answered) <= MOST for start in answered)


def test_the_wait_is_said_in_whole_seconds() -> None:
    assert pause_words(Pause(0.2, say=True)).endswith("in 1 second.")
    assert pause_words(Pause(7.4, say=True)).endswith("in 7 seconds.")
