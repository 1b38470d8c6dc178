"""Any one change to the tables past the program is found by the check of the history."""

import sqlite3
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.errors import Refused
from bot.storage.rows import PLAIN
from bot.store import Store
from tests.revised import ANN, SEA, SKY, fill

_TEXTS = ("claim_id", "space", "at", "person", "origin", "verb", "batch")
_BLOBS = ("why", "before", "after", "hash")
_NUMBER = st.integers(1, 9)


def dump(store):
    tables = ("revisions", "contents", "claims", "sources", "phrasings", "tags")
    store.db.conn.text_factory = bytes
    found = [store.db.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in tables]
    store.db.conn.text_factory = str
    return found


def run(store, sql, *values):
    store.db.execute(sql, list(values))


def rows(store):
    return store.db.execute("SELECT * FROM revisions ORDER BY id").fetchall()


def write_anew(store, found):
    """Put these rows in place of the revisions, numbered from 1, and set the counter right too."""
    run(store, "DELETE FROM revisions")
    run(store, "DELETE FROM sqlite_sequence WHERE name = 'revisions'")
    for number, row in enumerate(found, start=1):
        run(store, f"INSERT INTO revisions VALUES ({', '.join('?' * 13)})", number, *row[1:])


def edited_bytes(data, blob):
    place = data.draw(st.integers(0, len(blob) - 1))
    return blob[:place] + bytes([blob[place] ^ data.draw(st.integers(1, 255))]) + blob[place + 1 :]


def edit_text(store, data):
    column, text = data.draw(st.sampled_from(_TEXTS)), data.draw(st.text(max_size=8))
    run(store, f"UPDATE revisions SET {column} = ? WHERE id = ?", text, data.draw(_NUMBER))


def edit_hash(store, data):
    column, number = data.draw(st.sampled_from(_BLOBS)), data.draw(_NUMBER)
    known = store.db.execute(f"SELECT {column} FROM revisions WHERE id = ?", [number]).fetchone()[0]
    none = known is not None and column != "hash" and data.draw(st.booleans())
    new = None if none else edited_bytes(data, known or bytes(32))
    run(store, f"UPDATE revisions SET {column} = ? WHERE id = ?", new, number)


def edit_number(store, data):
    column = data.draw(st.sampled_from(("id", "undoes")))
    run(store, f"UPDATE revisions SET {column} = ? WHERE id = ?", data.draw(st.integers(-3, 20)), data.draw(_NUMBER))


def edit_content(store, data):
    place = data.draw(st.integers(1, 13))
    column = data.draw(st.sampled_from(("commitment", "salt", "body")))
    known = store.db.execute(f"SELECT CAST({column} AS BLOB) FROM contents WHERE rowid = ?", [place]).fetchone()[0]
    kind = "TEXT" if column == "body" else "BLOB"
    run(store, f"UPDATE contents SET {column} = CAST(? AS {kind}) WHERE rowid = ?", edited_bytes(data, known), place)


def blank_content(store, data):
    blank = data.draw(st.sampled_from(("salt = NULL", "body = NULL", "salt = NULL, body = NULL", "body = ''")))
    run(store, f"UPDATE contents SET {blank} WHERE rowid = ?", data.draw(st.integers(1, 13)))


def drop(store, data):
    table = data.draw(st.sampled_from(("revisions", "contents")))
    run(store, f"DELETE FROM {table} WHERE rowid = ?", data.draw(_NUMBER))


def drop_and_number_anew(store, data):
    found = rows(store)
    del found[data.draw(st.integers(0, 8))]
    write_anew(store, found)


def swap(store, data):
    found = rows(store)
    one, other = data.draw(_NUMBER) - 1, data.draw(_NUMBER) - 1
    found[one], found[other] = found[other], found[one]
    write_anew(store, found)


def swap_contents(store, data):
    one, other = data.draw(_NUMBER), data.draw(_NUMBER)
    found = [
        store.db.execute("SELECT salt, body FROM contents WHERE rowid = ?", [each]).fetchone() for each in (one, other)
    ]
    for place, pair in zip((other, one), found, strict=True):
        run(store, "UPDATE contents SET salt = ?, body = ? WHERE rowid = ?", *pair, place)


def duplicate(store, data):
    found = rows(store)
    found.insert(data.draw(st.integers(0, 9)), found[data.draw(_NUMBER) - 1])
    write_anew(store, found)


def add_content(store, data):
    run(store, "INSERT INTO contents VALUES (?, ?, ?)", *(data.draw(st.binary(min_size=1)) for _ in "ab"), "text")


def edit_claim(store, data):
    sql = data.draw(
        st.sampled_from(
            [
                *(f"UPDATE claims SET {column} = {column} || 'x' WHERE id = ?" for column in ("id", *PLAIN)),
                "UPDATE claims SET state = 'withdrawn' WHERE id = ?",
                "DELETE FROM claims WHERE id = ?",
                "DELETE FROM sources WHERE claim_id = ?",
                "UPDATE sources SET publisher = 'x' WHERE claim_id = ?",
                "INSERT INTO tags VALUES (?, 9, 'x')",
                "INSERT INTO phrasings VALUES (?, 1, 9, 'x')",
            ]
        )
    )
    run(store, sql, data.draw(st.sampled_from([SKY.id, SEA.id, "many1"])))


_TAMPERINGS = (
    edit_text,
    edit_hash,
    edit_number,
    edit_content,
    blank_content,
    drop,
    drop_and_number_anew,
    swap,
    swap_contents,
    duplicate,
    add_content,
    edit_claim,
)


@pytest.mark.parametrize("tamper", _TAMPERINGS)
@settings(max_examples=30, deadline=None)  # each example makes a database of its own
@given(data=st.data())
def test_any_tampering_is_found(tamper, data):
    with Store.in_memory() as store:
        fill(store)
        store.db.execute("PRAGMA foreign_keys = OFF")
        before = dump(store)
        try:
            tamper(store, data)
        except sqlite3.IntegrityError:  # SQLite itself does not let it be done
            assume(False)
        assume(dump(store) != before)
        assert store.check_chain()


def test_what_was_done_is_said(filled):
    run(filled, "PRAGMA foreign_keys = OFF")
    run(filled, "UPDATE revisions SET at = '2020' WHERE id = 3")
    run(filled, "DELETE FROM revisions WHERE id IN (5, 6)")
    run(filled, "UPDATE contents SET body = replace(body, 'green', 'grey')")
    run(filled, "UPDATE claims SET text = 'It is so' WHERE id = 'many0'")
    said = "\n".join(filled.check_chain())
    assert "Revision 3 does not fit the one before it" in said
    assert "Revisions 5 to 6 are missing." in said
    assert "Revision 2: the text of the claim after it is edited." in said
    assert "The claim many0 is not what its last revision says" in said
    assert "Revision 4" not in said


def test_cut_off_revisions_are_found_by_their_numbers_by_the_claims_and_by_an_anchor(filled):
    anchor = filled.chain_head()
    run(filled, "DELETE FROM revisions WHERE id = 9")
    assert "Revision 9 is missing." in filled.check_chain()
    run(filled, "UPDATE sqlite_sequence SET seq = 8 WHERE name = 'revisions'")
    assert any("many0 is not what" in each for each in filled.check_chain())
    run(filled, "UPDATE claims SET via = '' WHERE id = 'many0'")
    run(
        filled,
        "DELETE FROM contents WHERE commitment NOT IN (SELECT after FROM revisions)"
        " AND commitment NOT IN (SELECT why FROM revisions WHERE why NOTNULL)",
    )
    assert filled.check_chain() == []
    assert filled.check_chain(anchor) == [
        "The anchor names revision 9, and the last one here is 8: the rest was cut off."
    ]


def test_a_history_written_anew_is_found_by_an_anchor(filled):
    anchor = filled.chain_head()
    with Store.in_memory() as other:
        fill(other)
        assert other.check_chain() == []
        assert other.check_chain(anchor) == [
            "Revision 9 is not the one that the anchor names: the history was written anew."
        ]


@pytest.mark.parametrize("anchor", ["9", "x:y", "9:0a", "-1:" + "0" * 64])
def test_an_anchor_that_is_none_is_refused(filled, anchor):
    with pytest.raises(Refused, match="NUMBER:HASH"):
        filled.check_chain(anchor)


def test_after_a_cut_the_numbers_do_not_close_the_gap(filled):
    run(filled, "DELETE FROM revisions WHERE id = 9")
    filled.save(filled.get("many1"), replace(filled.get("many1"), via="AP"), ANN)
    assert filled.recent(None, limit=1)[0].id == 10
    assert "Revision 9 is missing." in filled.check_chain()
