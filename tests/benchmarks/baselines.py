"""The rankers that the matcher is held against, each as a function from a question to scored claims."""

import re
import sqlite3
from collections.abc import Callable, Sequence

import numpy as np
from rapidfuzz import fuzz, process

Ranked = list[tuple[int, float]]
"""Places of the claims in the list, best first, with the baseline's score."""
Ranker = Callable[[str, int], Ranked]


def fuzzy(scorer: Callable[..., float], texts: Sequence[str]) -> Ranker:
    """Return a full scan with a rapidfuzz scorer, case folded."""
    folded = [text.lower() for text in texts]

    def rank(question: str, limit: int) -> Ranked:
        found = process.extract(question.lower(), folded, scorer=scorer, limit=limit)
        return [(place, score) for _, score, place in found]

    return rank


def fts5(texts: Sequence[str], tokenizer: str = "porter") -> Ranker:
    """Return SQLite's full-text search, the words OR-ed."""
    db = sqlite3.connect(":memory:")
    db.execute(f"CREATE VIRTUAL TABLE claims USING fts5(text, tokenize='{tokenizer}')")
    db.executemany("INSERT INTO claims(rowid, text) VALUES (?, ?)", enumerate(texts))

    def rank(question: str, limit: int) -> Ranked:
        query = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", question))
        if not query:
            return []
        sql = "SELECT rowid, -bm25(claims) FROM claims WHERE claims MATCH ? ORDER BY 2 DESC LIMIT ?"
        return [(place, score) for place, score in db.execute(sql, (query, limit)).fetchall()]

    return rank


def bm25(texts: Sequence[str]) -> Ranker:
    """Return bm25s with the Snowball stemmer."""
    import bm25s
    import Stemmer

    stemmer = Stemmer.Stemmer("english")

    def tokens(texts: list[str]) -> object:
        return bm25s.tokenize(texts, stopwords="en", stemmer=stemmer, show_progress=False)

    retriever = bm25s.BM25()
    retriever.index(tokens(list(texts)), show_progress=False)

    def rank(question: str, limit: int) -> Ranked:
        places, scores = retriever.retrieve(tokens([question]), k=min(limit, len(texts)), show_progress=False)
        return list(zip(np.asarray(places[0]).tolist(), np.asarray(scores[0]).tolist(), strict=True))

    return rank


def all_rankers(texts: Sequence[str]) -> dict[str, Ranker]:
    """Return every baseline over the same claims."""
    return {
        "rapidfuzz WRatio": fuzzy(fuzz.WRatio, texts),
        "rapidfuzz token_set": fuzzy(fuzz.token_set_ratio, texts),
        "FTS5 (porter)": fts5(texts),
        "bm25s (stemmed)": bm25(texts),
    }
