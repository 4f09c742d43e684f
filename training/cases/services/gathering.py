"""A file of real cases read and checked: its mapping understood, every row made a draft, and held against everything that is stored."""

import hashlib
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from training.cases.importing.drafts import Draft, Terms, draft
from training.cases.importing.duplicates import Lookalikes, said
from training.cases.importing.mapping import ReadMapping, Unmapped, column_faults, read_mapping, unnamed_columns, vocabulary_faults
from training.cases.importing.reading import read_rows
from training.cases.importing.records import BrokenFile, Record
from training.cases.importing.soundness import OUTCOMES, Vocabulary
from training.cases.importing.spool import Spool
from training.cases.queries import imports as queries
from training.cases.queries import taxonomy
from training.courses.queries import current_clause_codes
from training.documents.faults import Fault

MOST_FAULTS = 1_000
"""After as many, reading stops: a mapping that is wrong is wrong in every row."""
ROWS_BETWEEN_NEWS = 1_000
Heard = Callable[[str], None]
"""Is told how far it is."""


@dataclass(frozen=True, slots=True)
class Original:
    """What a draft is like: an earlier row of the file, a draft that was brought in before, or a case."""

    percent: int
    position: int | None = None
    draft_id: int | None = None
    case_id: int | None = None
    slug: str | None = None
    """Of the stored draft or case."""
    is_examined: bool = False

    @property
    def rank(self) -> tuple[bool, int, bool]:
        """A case of the exam pool goes before everything: its look-alikes must never be practised. Then the more alike, then what is stored."""
        return self.is_examined, self.percent, self.position is None


@dataclass(slots=True)
class Tally:
    """What was counted while reading."""

    row_count: int = 0
    complete_count: int = 0
    surfaces: Counter[str] = field(default_factory=Counter)
    unknown: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By field, and why it is unknown."""
    removed: Counter[str] = field(default_factory=Counter)
    """By kind of personal data."""

    def count(self, made: Draft) -> None:
        """Take one draft in."""
        self.complete_count += made.is_complete
        self.surfaces[made.made.facts["surface"]] += 1
        self.unknown.update(made.unknown.items())
        self.removed.update(removal.kind for removal in made.removals)


@dataclass(slots=True)
class Checked:
    """A file that was read to its end, and everything that was found. Close it when the drafts are no longer needed."""

    path: Path
    mapping: ReadMapping
    file_hash: str
    drafts: Spool = field(default_factory=Spool)
    file_faults: list[Fault] = field(default_factory=list)
    """Why the file as a whole cannot be brought in."""
    row_faults: list[Fault] = field(default_factory=list)
    """What is wrong in single rows; they are no drafts."""
    unnamed: list[str] = field(default_factory=list)
    """Columns that the mapping says nothing of."""
    tally: Tally = field(default_factory=Tally)
    originals: dict[int, Original] = field(default_factory=dict)
    """What drafts are like, by their position."""

    def close(self) -> None:
        """Forget the drafts."""
        self.drafts.close()


def understand(path: Path) -> tuple[ReadMapping, Vocabulary]:
    """The mapping in this file, and the codes that run here. Raises Unmapped with everything that is wrong in it."""
    mapping = read_mapping(path)
    vocabulary = Vocabulary({label.code for label in taxonomy().labels} | OUTCOMES, current_clause_codes())
    faults = sorted(vocabulary_faults(mapping, labels=vocabulary.labels, clauses=vocabulary.clauses))
    if faults:
        raise Unmapped(faults)
    return mapping, vocabulary


def gather(path: Path, mapping: ReadMapping, vocabulary: Vocabulary, *, salt: bytes, heard: Heard) -> Checked:
    """Every row of this file as a draft, with every fault in it, and what each is like. Changes nothing."""
    with path.open("rb") as file:
        checked = Checked(path, mapping, hashlib.file_digest(file, "sha256").hexdigest())
    alike = Lookalikes()
    try:
        _read(checked, Terms(str(path), mapping.document, vocabulary, salt), alike, heard)
    except BrokenFile as broken:
        checked.file_faults.append(Fault(str(path), broken.line, "", broken.problem, broken.remedy))
    if not checked.file_faults:
        heard("Comparing with what is stored")
        _compare(checked, alike)
    return checked


def _read(checked: Checked, terms: Terms, alike: Lookalikes, heard: Heard) -> None:
    rows = read_rows(checked.path, terms.mapping)
    columns = dict.fromkeys(rows.columns or ())
    lines: dict[str, int] = {}
    with closing(rows.records):
        if rows.columns is not None:
            checked.file_faults += sorted(column_faults(checked.mapping, columns))
        for row in rows.records if not checked.file_faults else ():
            columns.update(dict.fromkeys(row.cells))
            _take(checked, row, terms, lines, alike)
            if checked.tally.row_count % ROWS_BETWEEN_NEWS == 0:
                heard(f"{checked.tally.row_count:,} rows read")
            if len(checked.row_faults) >= MOST_FAULTS:
                raise BrokenFile(row.line, f"{MOST_FAULTS:,} faults up to here; reading stopped", "mend the mapping or the file, and try again")
    if rows.columns is None and columns:
        checked.file_faults += sorted(column_faults(checked.mapping, columns))
    checked.unnamed = unnamed_columns(terms.mapping, list(columns))


def _take(checked: Checked, row: Record, terms: Terms, lines: dict[str, int], alike: Lookalikes) -> None:
    checked.tally.row_count += 1
    made = draft(row, terms)
    if isinstance(made, Draft) and made.key in lines:
        made = [Fault(terms.path, row.line, "id", f"`{made.key}` is the id of another row too, on line {lines[made.key]}", "give every row its own id")]
    if not isinstance(made, Draft):
        checked.row_faults += made
        return
    lines[made.key] = made.line
    checked.tally.count(made)
    position = checked.drafts.append(made)
    if (likeness := alike.add(position, made.text)) is not None:
        checked.originals[position] = Original(likeness.percent, position=likeness.position)


def _compare(checked: Checked, alike: Lookalikes) -> None:
    """Hold everything stored against the file. The file's texts are in memory, what is stored goes past them."""
    own = {made.made.slug for made in checked.drafts}
    for stored in queries.stored_texts(but=own):
        for likeness in alike.matches(said(stored.surface, stored.content)):
            found = Original(likeness.percent, draft_id=stored.draft_id, case_id=stored.case_id, slug=stored.slug, is_examined=stored.is_examined)
            known = checked.originals.get(likeness.position)
            if known is None or found.rank > known.rank:
                checked.originals[likeness.position] = found
