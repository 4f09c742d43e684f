"""What an import says: counts, and what stands behind them, line by line."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from training.cases.importing.drafts import Draft
from training.cases.importing.redaction import PLACEHOLDERS, PersonalKind
from training.cases.importing.telling import WHY
from training.cases.services.foreign import Checked, Deed
from training.cases.services.gathering import Original

MOST_LINES = 20

OUTCOMES: Mapping[Deed, str] = {
    Deed.NEW: "new",
    Deed.CHANGED: "changed",
    Deed.SAME: "as they were",
    Deed.PUBLISHED: "changed in the source, and left as they are because cases run of them: change their documents",
}


def summary_lines(checked: Checked, most: int | None) -> Iterator[str]:
    """What was read, what is known and unknown, what was taken out, and what is like something else."""
    tally, sound = checked.tally, len(checked.drafts)
    if checked.file_faults:
        return
    yield f"{counted(tally.row_count, 'row')}: {sound:,} sound, {tally.row_count - sound:,} with faults. " + _kinds(tally.surfaces)
    yield f"Whole cases: {tally.complete_count:,}. Drafts in which something is unknown: {sound - tally.complete_count:,}."
    for (field, why), count in sorted(tally.unknown.items(), key=lambda item: (-item[1], item[0])):
        yield f"  {count:>7,}  {field}: {WHY[why]}"
    if checked.unnamed:
        yield "Warning: the mapping says nothing of these columns; use them, or list them under `ignore`: " + ", ".join(f"“{name}”" for name in checked.unnamed)
    yield from _removed(checked, most)
    yield from _alike(checked, most)


def counted(count: int, what: str) -> str:
    """`1 case`, `2 cases`."""
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def outcome_lines(done: Counter[Deed]) -> Iterator[str]:
    """What came of the rows, or would."""
    yield "Drafts: " + ", ".join(f"{done[deed]:,} {words}" for deed, words in OUTCOMES.items() if done[deed] or deed is not Deed.PUBLISHED) + "."


def _kinds(counts: Counter[str]) -> str:
    return ", ".join(f"{count:,} {kind}" for kind, count in counts.most_common()) + "." if counts else ""


def _removed(checked: Checked, most: int | None) -> Iterator[str]:
    removed = checked.tally.removed
    if not removed:
        yield "No personal data was found."
        return
    yield "Personal data taken out: " + ", ".join(f"{count:,} × {PLACEHOLDERS[PersonalKind(kind)].strip('[]')}" for kind, count in removed.most_common()) + "."
    places = (
        f"  {_place(made)}, {removal.field}: {PLACEHOLDERS[PersonalKind(removal.kind)].strip('[]')}, characters {removal.offset} to "
        f"{removal.offset + removal.length}"
        for made in checked.drafts
        for removal in made.removals
    )
    yield from _some(places, removed.total(), most)


def _alike(checked: Checked, most: int | None) -> Iterator[str]:
    originals = checked.originals
    if not originals:
        yield "No two cases are alike."
        return
    exact = sum(original.percent == 100 for original in originals.values())
    examined = sum(original.is_examined for original in originals.values())
    kinds = f"Like another: {len(originals):,} ({exact:,} word for word, {len(originals) - exact:,} nearly)."
    yield kinds + (f" Like a case of the exam pool, and so never practised: {examined:,}." if examined else "")
    drafts = [_place(made) for made in checked.drafts]
    places = (f"  {drafts[position]}: {original.percent} % like {_named(original, drafts)}" for position, original in sorted(originals.items()))
    yield from _some(places, len(originals), most)


def _place(made: Draft) -> str:
    return f"line {made.line}, id {made.key}"


def _named(original: Original, drafts: list[str]) -> str:
    if original.position is not None:
        return drafts[original.position]
    if original.is_examined:
        return "a case of the exam pool"
    return f"the {'case' if original.case_id is not None else 'draft'} {original.slug}"


def _some(lines: Iterable[str], count: int, most: int | None) -> Iterator[str]:
    yield from islice(lines, most)
    if most is not None and count > most:
        yield f"  … and {count - most:,} more; --all lists them."
