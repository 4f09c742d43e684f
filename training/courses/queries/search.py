"""Search in the handbook: one question, asked of SQLite's FTS5 or of PostgreSQL's full text."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import TextClause, text

from training.courses.models import PASSAGE_VECTOR
from training.courses.rules.search import Piece, excerpt, query_words
from training.db import db

_COLUMNS = """
SELECT p.anchor, p.title, p.text, m.slug, v.title AS module_title
FROM passages p JOIN modules m ON m.id = p.module_id JOIN module_versions v ON v.id = m.current_version_id
"""
_SQLITE = text(
    _COLUMNS + "JOIN passages_fts f ON f.rowid = p.id WHERE passages_fts MATCH :asked ORDER BY bm25(passages_fts, 8.0, 1.0), p.id LIMIT :count OFFSET :skipped"
)
_POSTGRESQL = text(
    _COLUMNS
    + f"""WHERE {PASSAGE_VECTOR} @@ to_tsquery('simple', :asked)
ORDER BY ts_rank({PASSAGE_VECTOR}, to_tsquery('simple', :asked)) DESC, p.id LIMIT :count OFFSET :skipped"""
)


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that a search found: where it is, and an excerpt with the words asked for marked."""

    module_slug: str
    module_title: str
    anchor: str
    title: str
    pieces: tuple[Piece, ...]


def search_handbook(asked: str, *, count: int = 20, skipped: int = 0) -> list[Found]:
    """Passages of current modules that hold every word asked for, the best first. Whatever is typed, it is looked for as words."""
    words = query_words(asked)
    if not words:
        return []
    statement, query = _statement(words)
    rows = db.session.execute(statement, {"asked": query, "count": count, "skipped": skipped})
    return [Found(row.slug, row.module_title, row.anchor, row.title, excerpt(row.text, words)) for row in rows]


def _statement(words: Sequence[str]) -> tuple[TextClause, str]:
    """The statement of this database and its query: quoted words, the last one as a beginning."""
    if db.session.get_bind().dialect.name == "sqlite":
        return _SQLITE, " ".join(f'"{word}"' for word in words) + "*"
    return _POSTGRESQL, " & ".join(f"'{word}'" for word in words) + ":*"
