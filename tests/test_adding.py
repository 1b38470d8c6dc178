"""Adding a claim: checked, compared with what is on record, and never lost."""

import pytest

from bot.model import Status
from bot.reply import Tone, plain
from bot.verbs import ADD
from tests.newsroom import AWAY, HOME, MEMBER, OPERATOR, OTHER_MODERATOR, WOOD, Newsroom, input_of, labels, problems

NEW = {"text": "The town hall clock runs ten minutes late", "claimant": "Ann Lee", "status": "refuted"}


def test_a_moderators_claim_is_saved_in_their_own_space_and_found_at_once(newsroom: Newsroom) -> None:
    reply = newsroom.handle("fact add", {**NEW, "source": "https://example.org/log", "publisher": "Town log"})
    assert reply.changed
    claim = newsroom.only_new()
    assert (claim.space, claim.status, claim.sources[0].publisher) == (HOME, Status.REFUTED, "Town log")
    assert NEW["text"] in plain(newsroom.handle("factcheck", {"question": NEW["text"]}))
    assert NEW["text"] not in plain(newsroom.handle("factcheck", {"question": NEW["text"]}, at=AWAY))


def test_the_saved_card_offers_to_undo_and_to_edit(newsroom: Newsroom) -> None:
    assert labels(newsroom.handle("fact add", NEW)) == ["Undo", "Edit"]


def test_members_do_not_add(newsroom: Newsroom) -> None:
    reply = newsroom.handle("fact add", NEW, by=MEMBER)
    assert reply.tone is Tone.REFUSED
    assert "moderators" in reply.text


def test_an_operator_adds_to_the_global_claims(newsroom: Newsroom) -> None:
    newsroom.handle("fact add", {**NEW, "space": "global"}, by=OPERATOR)
    assert newsroom.only_new("global").text == NEW["text"]


def test_nobody_else_adds_to_another_space(newsroom: Newsroom) -> None:
    for space in ("global", AWAY):
        assert newsroom.handle("fact add", {**NEW, "space": space}).tone is Tone.REFUSED


def test_without_anything_to_add_the_form_comes(newsroom: Newsroom) -> None:
    form = newsroom.handle("fact add").form
    assert form
    assert [each.name for each in form.inputs][:5] == ["text", "claimant", "said_on", "status", "source"]
    assert {each.name for each in form.inputs} == {item.name for item in ADD.offered} - {"why", "sure", "space"}
    assert form.inputs[0].required


def test_each_wrong_field_is_named_and_what_was_typed_stays(newsroom: Newsroom) -> None:
    typed = {**NEW, "said_on": "yesterday", "source": "http://example.org"}
    reply = newsroom.handle("fact add", typed)
    assert reply.tone is Tone.REFUSED
    assert set(problems(reply)) == {"said_on", "source"}
    assert "2023-10-14" in problems(reply)["said_on"]
    assert input_of(reply, "text") == NEW["text"]
    assert reply.form
    assert "said_on=yesterday" in reply.form.typed
    saved = newsroom.fill_in(reply, {"said_on": "2024-02", "source": "https://example.org"})
    assert saved.changed
    assert newsroom.only_new().said_on == "2024-02"


def test_a_missing_text_is_a_problem_of_its_field(newsroom: Newsroom) -> None:
    assert set(problems(newsroom.handle("fact add", {"claimant": "Ann Lee"}))) == {"text"}


def test_a_draft_comes_back_and_is_laid_under_what_is_given_now(newsroom: Newsroom) -> None:
    refused = newsroom.handle("fact add", {**NEW, "said_on": "yesterday"})
    assert refused.form
    draft = dict(refused.form.arguments)["draft"]
    again = newsroom.handle("fact add", {"draft": draft})
    assert input_of(again, "said_on") == "yesterday"
    assert newsroom.handle("fact add", {"draft": draft, "said_on": "2024"}).changed
    assert newsroom.only_new().claimant == "Ann Lee"


@pytest.mark.parametrize(("by", "at"), [(OTHER_MODERATOR, HOME), (None, AWAY)], ids=["somebody else", "elsewhere"])
def test_a_draft_is_its_persons_alone_in_its_place(newsroom: Newsroom, by: object, at: str) -> None:
    refused = newsroom.handle("fact add", {**NEW, "said_on": "yesterday"})
    assert refused.form
    who = {"by": OTHER_MODERATOR} if by else {}
    reply = newsroom.handle("fact add", dict(refused.form.arguments), at=at, **who)
    assert reply.tone is Tone.REFUSED
    assert "expired" in reply.text


def test_a_draft_is_gone_once_it_is_saved(newsroom: Newsroom) -> None:
    refused = newsroom.handle("fact add", {**NEW, "said_on": "yesterday"})
    assert refused.form
    newsroom.fill_in(refused, {"said_on": ""})
    assert "expired" in newsroom.handle("fact add", dict(refused.form.arguments)).text


def test_a_claim_that_looks_like_one_on_record_is_not_saved_unasked(newsroom: Newsroom) -> None:
    reply = newsroom.handle("fact add", {"text": "russia launched north korean missiles on nine occasions"})
    assert not reply.changed
    assert "looks like claim wood" in reply.title
    assert "%" in reply.title
    assert WOOD.text in plain(reply)
    assert labels(reply) == ["Save anyway", "Add as a phrasing of it", "Edit wood", "Continue editing"]
    assert len(newsroom.store.claims([HOME])) == 1


def test_every_way_on_from_a_lookalike_works(newsroom: Newsroom) -> None:
    text = "russia launched north korean missiles on nine occasions"
    reply = newsroom.handle("fact add", {"text": text, "claimant": "Ann Lee"})
    assert input_of(newsroom.press(reply, "Continue"), "claimant") == "Ann Lee"
    assert input_of(newsroom.press(reply, "Edit wood"), "text") == WOOD.text
    assert newsroom.press(reply, "Add as a phrasing").changed
    assert newsroom.claim("wood").phrasings == (text,)
    again = newsroom.handle("fact add", {"text": f"{text}!", "claimant": "Ann Lee"})
    assert newsroom.press(again, "Save anyway").changed
    assert newsroom.only_new().claimant == "Ann Lee"


def test_a_claim_that_differs_is_said_to_differ(newsroom: Newsroom) -> None:
    reply = newsroom.handle("fact add", {"text": "Russia has launched North Korean missiles on twelve occasions"})
    assert not reply.changed
    assert "near" in reply.title
    assert "nine" in reply.text
    assert "Add as a phrasing of it" not in labels(reply)


def test_sure_saves_without_being_asked(newsroom: Newsroom) -> None:
    assert newsroom.handle("fact add", {"text": WOOD.text, "sure": "yes"}).changed


def test_a_removed_claim_that_says_the_same_can_be_restored_instead(newsroom: Newsroom) -> None:
    newsroom.handle("fact add", NEW)
    claim = newsroom.only_new()
    newsroom.handle("fact remove", {"claim": claim.id, "sure": "yes"})
    reply = newsroom.handle("fact add", NEW)
    assert "was removed" in reply.title
    assert newsroom.press(reply, "Restore").changed
    assert newsroom.only_new().id == claim.id


def test_the_claimant_is_written_as_on_record_with_the_role(newsroom: Newsroom) -> None:
    newsroom.handle("fact add", {"text": "The talks begin in Geneva", "claimant": "robert  WOOD"})
    claim = newsroom.only_new()
    assert (claim.claimant, claim.claimant_role) == ("Robert Wood", "US envoy")


def test_a_role_that_is_given_stays(newsroom: Newsroom) -> None:
    newsroom.handle("fact add", {"text": "The talks begin in Geneva", "claimant": "Róbert Wood", "role": "Diplomat"})
    claim = newsroom.only_new()
    assert (claim.claimant, claim.claimant_role) == ("Robert Wood", "Diplomat")


def test_a_part_of_a_name_is_only_hinted_at(newsroom: Newsroom) -> None:
    reply = newsroom.handle("fact add", {"text": "The talks begin in Geneva", "claimant": "Wood"})
    assert newsroom.only_new().claimant == "Wood"
    assert "On record there is Robert Wood: did you mean them?" in plain(reply)


def test_the_same_command_delivered_twice_adds_once(newsroom: Newsroom) -> None:
    for _ in range(2):
        reply = newsroom.handle("fact add", {**NEW, "sure": "yes"}, delivery="42")
    assert "done already" in reply.text
    assert newsroom.only_new().text == NEW["text"]


def test_a_claimant_of_another_community_is_neither_completed_nor_hinted_at(newsroom: Newsroom) -> None:
    newsroom.handle("fact add", {**NEW, "claimant": "Zoë Quill"}, at=AWAY)
    reply = newsroom.handle("fact add", {**NEW, "claimant": "ZOE QUILL"})
    assert newsroom.only_new().claimant == "ZOE QUILL"
    assert "Zoë" not in plain(reply)
