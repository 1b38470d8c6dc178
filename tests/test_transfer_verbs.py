"""Files in and out of a chat: only ever of the own space, checked as on the host, and undone as a whole."""

import json

import pytest

from bot.model import GLOBAL, Claim, State, Status
from bot.reply import MOST_BYTES, File, Reply, Tone, plain
from bot.request import Actor
from tests.newsroom import (
    AWAY,
    FOUNTAIN,
    HARBOUR,
    HOME,
    MEMBER,
    MODERATOR,
    OPERATOR,
    TERMINAL,
    WOOD,
    Newsroom,
    labels,
)

CSV = b"""external_id,space,state,text,status
trams,slack:T2,active,Trams run every nine minutes,refuted
wood,global,active,Russia has launched missiles,confirmed
harbour,slack:T2,removed,The harbour bridge is open,refuted
"""
BAD = b"text,said_on\nTrams run every nine minutes,2024\nThe fountain is new,soon\n"


def bring(
    newsroom: Newsroom, content: bytes = CSV, name: str = "claims.csv", by: Actor = MODERATOR, **given: str
) -> Reply:
    return newsroom.handle("fact import", given, file=File(name, content), by=by)


def everything(newsroom: Newsroom) -> list[Claim]:
    return newsroom.store.claims(states=list(State))


def elsewhere(newsroom: Newsroom) -> list[Claim]:
    return [claim for claim in everything(newsroom) if claim.space != HOME]


# in


def test_a_moderators_file_touches_the_own_space_alone_whatever_its_rows_name(newsroom: Newsroom) -> None:
    before = elsewhere(newsroom)
    reply = bring(newsroom)
    assert reply.changed
    assert "3 new, 0 changed, 0 unchanged" in reply.text
    assert elsewhere(newsroom) == before
    assert newsroom.claim("trams").status is Status.REFUTED
    assert newsroom.claim("wood").status is Status.CONFIRMED
    assert newsroom.claim("harbour").state is State.REMOVED
    assert HARBOUR.text in plain(newsroom.handle("factcheck", {"question": HARBOUR.text}, at=AWAY))


def test_a_row_for_a_global_claim_makes_the_own_version_that_takes_its_place(newsroom: Newsroom) -> None:
    bring(newsroom, b"external_id,text,status_note\nwood," + WOOD.text.encode() + b",quillon\n")
    ask = {"question": WOOD.text}
    assert "quillon" in plain(newsroom.handle("factcheck", ask))
    assert "quillon" not in plain(newsroom.handle("factcheck", ask, at=AWAY))
    assert newsroom.claim("wood", GLOBAL) == WOOD


def test_a_dry_run_counts_and_writes_nothing(newsroom: Newsroom) -> None:
    before, head = everything(newsroom), newsroom.store.chain_head()
    reply = bring(newsroom, dry_run="yes")
    assert not reply.changed
    assert "3 new" in reply.text
    assert "dry run" in reply.text
    assert not labels(reply)
    assert (everything(newsroom), newsroom.store.chain_head()) == (before, head)


def test_the_import_is_undone_as_a_whole_and_redone(newsroom: Newsroom) -> None:
    newsroom.handle("fact edit", {"claim": "wood", "via": "Reuters"})
    before = newsroom.claim("wood")
    done = bring(newsroom, CSV.replace(b"removed", b"active"))
    after = {claim.id: claim for claim in everything(newsroom)}
    gone = newsroom.press(newsroom.press(done, "Undo"), "Undo 3")
    assert newsroom.claim("wood") == before
    assert newsroom.claim("trams").state is State.REMOVED
    newsroom.press(newsroom.press(gone, "Undo"), "Undo 3")
    assert {claim.id: claim for claim in everything(newsroom)} == after


def test_who_imported_is_in_the_history_with_the_batch(newsroom: Newsroom) -> None:
    bring(newsroom)
    latest = newsroom.store.recent([HOME], limit=3)
    assert {(each.actor, each.name) for each in latest} == {(MODERATOR.id, "Ann")}
    assert len({each.batch for each in latest}) == 1
    assert latest[0].batch in newsroom.handle("fact history", {"claim": "trams"}).fields[0].name


def test_the_same_file_again_changes_nothing(newsroom: Newsroom) -> None:
    bring(newsroom)
    reply = bring(newsroom)
    assert "0 new, 0 changed, 3 unchanged" in reply.text
    assert not reply.changed


def test_one_bad_row_refuses_the_file_and_can_be_left_out(newsroom: Newsroom) -> None:
    refused = bring(newsroom, BAD)
    assert refused.tone is Tone.REFUSED
    assert "Row 3" in refused.text
    assert "soon" in refused.text
    assert len(newsroom.store.claims([HOME])) == 1
    done = bring(newsroom, BAD, skip_bad="yes")
    assert "1 new" in done.text
    assert "1 left out" in done.text
    assert "soon" in plain(done)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("claims.csv", b"", "empty"),
        ("claims.csv", b"text\n" + b"x" * MOST_BYTES, "too much"),
        ("claims.xlsx", CSV, "ending"),
        ("claims", CSV, "ending"),
        ("claims.jsonl", b"{", "not imported"),
        ("claims.json", b"[1, 2]", "not imported"),
        ("claims.csv", b"\xff\xfe\xfd", "UTF-8"),
        ("../../etc/passwd.csv", b"colour\nred\n", "colour"),
    ],
)
def test_what_is_no_file_of_claims_is_refused_in_words(
    newsroom: Newsroom, name: str, content: bytes, words: str
) -> None:
    reply = bring(newsroom, content, name)
    assert reply.tone is Tone.REFUSED
    assert words in reply.text
    assert "incident" not in reply.text
    assert "/tmp" not in reply.text  # noqa: S108 - what must not be shown
    assert len(newsroom.store.claims([HOME])) == 1


def test_without_a_file_it_says_what_to_give(newsroom: Newsroom) -> None:
    assert "there is no file" in newsroom.handle("fact import").text


def test_a_file_name_steers_nothing(newsroom: Newsroom) -> None:
    reply = bring(newsroom, name="\x1b[2J" + "x" * 5_000 + "\u202e.csv")
    assert reply.changed
    assert len(reply.title) < 400
    assert not {"\x1b", "\u202e"} & set(plain(reply))


def test_members_bring_and_get_no_files(newsroom: Newsroom) -> None:
    assert bring(newsroom, by=MEMBER).tone is Tone.REFUSED
    reply = newsroom.handle("fact export", by=MEMBER)
    assert reply.tone is Tone.REFUSED
    assert reply.file is None
    assert len(newsroom.store.claims([HOME])) == 1


def test_an_operator_imports_into_the_space_that_is_named_and_it_alone(newsroom: Newsroom) -> None:
    assert bring(newsroom, by=MODERATOR, space=AWAY).tone is Tone.REFUSED
    assert bring(newsroom, by=OPERATOR, space=GLOBAL).changed
    assert newsroom.claim("trams", GLOBAL).status is Status.REFUTED
    assert [claim.external_id for claim in everything(newsroom) if claim.space == AWAY] == ["harbour"]
    assert [claim.external_id for claim in everything(newsroom) if claim.space == HOME] == ["fountain"]


def test_a_file_delivered_twice_is_read_once(newsroom: Newsroom) -> None:
    for content in (CSV, CSV.replace(b"trams", b"buses")):
        newsroom.handle("fact import", file=File("claims.csv", content), delivery="77")
    assert newsroom.claim("trams").status is Status.REFUTED
    assert newsroom.store.find_known(HOME, external_id="buses") is None


# out


@pytest.mark.parametrize("ending", ["csv", "jsonl", "json"])
def test_what_goes_out_is_the_own_space_and_comes_back_the_same(newsroom: Newsroom, ending: str) -> None:
    newsroom.handle("fact edit", {"claim": "wood", "via": "Reuters", "tags": "a | b"})
    newsroom.handle("fact remove", {"claim": "fountain", "sure": "yes"})
    reply = newsroom.handle("fact export", {"format": ending})
    assert reply.file
    assert reply.file.name.endswith(f".{ending}")
    assert reply.title == f"2 claims of {HOME}"
    assert FOUNTAIN.text in reply.file.content.decode()
    assert HARBOUR.text not in reply.file.content.decode()
    assert "0 new, 0 changed, 2 unchanged" in bring(newsroom, reply.file.content, reply.file.name).text
    assert newsroom.handle("fact export", {"format": ending}).file == reply.file


def test_an_operator_gets_the_space_that_is_named(newsroom: Newsroom) -> None:
    reply = newsroom.handle("fact export", {"space": AWAY}, by=OPERATOR)
    assert reply.file
    assert HARBOUR.text in reply.file.content.decode()
    assert newsroom.handle("fact export", {"space": AWAY}).file is None
    reply = newsroom.handle("fact export", by=TERMINAL, at=GLOBAL)
    assert reply.title == "2 claims of global"


def test_the_history_goes_out_on_request_without_accounts_and_other_spaces(newsroom: Newsroom) -> None:
    newsroom.handle("fact edit", {"claim": "harbour", "note": "xanthe"}, at=AWAY)
    newsroom.handle("fact edit", {"claim": "fountain", "via": "Reuters", "why": "seen"})
    reply = newsroom.handle("fact export", {"history": "yes"})
    assert reply.file
    assert reply.file.name.endswith("-history.jsonl")
    rows = [json.loads(line) for line in reply.file.content.decode().splitlines()]
    assert [row["verb"] for row in rows] == ["add", "edit"]
    assert (rows[1]["why"], rows[1]["after"]["via"]) == ("seen", "Reuters")
    assert "xanthe" not in reply.file.content.decode()
    assert MODERATOR.id not in reply.file.content.decode()
    assert bring(newsroom, reply.file.content, reply.file.name).tone is Tone.REFUSED


def test_a_history_is_given_in_lines_only(newsroom: Newsroom) -> None:
    reply = newsroom.handle("fact export", {"history": "yes", "format": "csv"})
    assert reply.tone is Tone.REFUSED
    assert ".jsonl" in reply.text


def test_formulas_of_spreadsheets_are_defused_on_the_way_out_and_restored_on_the_way_in(newsroom: Newsroom) -> None:
    newsroom.handle("fact edit", {"claim": "fountain", "note": '=HYPERLINK("http://x")'})
    before = newsroom.claim("fountain")
    reply = newsroom.handle("fact export", {"format": "csv"})
    assert reply.file
    assert b',"=HYPER' not in reply.file.content
    assert b",=HYPER" not in reply.file.content
    newsroom.handle("fact edit", {"claim": "fountain", "note": "changed"})
    bring(newsroom, reply.file.content)
    assert newsroom.claim("fountain") == before
