"""Bodies that are not what Slack sends are refused at the door, before any reader trips over them."""

from typing import Any

import pytest

from adapters.on_slack.team import Malformed, _check

_GOOD = {"type": "plain_text_input", "value": "x"}


def view(**element: Any) -> dict[str, Any]:
    return {"type": "view_submission", "view": {"state": {"values": {"text": {"text": {**_GOOD, **element}}}}}}


@pytest.mark.parametrize(
    "body",
    [
        {"type": {"a": 1}, "user": "U1"},
        {"user": "U1"},
        {"type": ["event_callback"], "event": "x"},
        view(selected_option="x"),
        view(selected_options=[1]),
        view(selected_options=True),
        view(files=5),
        view(files=["a"]),
        {"type": "view_submission", "view": {"state": {"values": {"text": {"text": 5}}}}},
    ],
)
def test_a_body_of_another_shape_is_refused(body: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        _check(body)


@pytest.mark.parametrize("body", [view(), view(selected_option=None), view(files=[{"name": "a"}])])
def test_a_body_of_the_right_shape_is_taken(body: dict[str, Any]) -> None:
    _check(body)
