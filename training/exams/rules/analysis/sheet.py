"""Stored answers as flat arrays, one entry a place, which every figure of an item is computed from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from training.exams.rules.grading import UNCOUNTED, Mark

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Answers of first attempts, in the order in which the attempts ended.

    All arrays but `version_ids` have one entry an answer. Places that nobody marked yet are missing, blank ones are wrong.
    """

    version_ids: Whole
    """The item versions there are, ascending."""
    item: Whole
    """Which of them this place held, as an index."""
    attempt: Whole
    """Whose answer it is: the number of the attempt, from 0."""
    credit: Floats
    """What it earned, 0 to 1."""
    is_counted: Flags
    is_blank: Flags
    """Whether nothing was answered."""
    code: NDArray[np.uint16]
    """What was answered, as `rules.choices` codes it; 0 where nothing was, or where it is not known."""
    seconds: NDArray[np.uint16]
    """How long it took; 0 where that is not known."""

    @property
    def item_count(self) -> int:
        """How many item versions there are."""
        return len(self.version_ids)

    def per_item(self, values: NDArray[np.generic] | None = None) -> Floats:
        """The sum of the values (or the count of answers) of each item."""
        return np.bincount(self.item, weights=values, minlength=self.item_count).astype(np.float64)


def part_of(sheet: Sheet, chosen: Flags) -> Sheet:
    """The answers of some attempts, numbered anew; `chosen` has one entry an attempt."""
    kept = chosen[sheet.attempt]
    number = np.cumsum(chosen) - 1
    versions, item = _indexed(sheet.version_ids[sheet.item[kept]])
    return Sheet(
        version_ids=versions,
        item=item,
        attempt=number[sheet.attempt[kept]],
        credit=sheet.credit[kept],
        is_counted=sheet.is_counted[kept],
        is_blank=sheet.is_blank[kept],
        code=sheet.code[kept],
        seconds=sheet.seconds[kept],
    )


def renamed(sheet: Sheet, names: Mapping[int, int]) -> Sheet:
    """The same with some item versions counted as others."""
    if not names:
        return sheet
    called = np.array([names.get(version, version) for version in sheet.version_ids.tolist()], dtype=np.int64)
    versions, item = _indexed(called[sheet.item])
    return replace(sheet, version_ids=versions, item=item)


def rest_proportions(sheet: Sheet) -> Floats:
    """For each answer the share earned on the counted rest of the same form; NaN where the form has no rest.

    MEASUREMENT.md, section 4: forms are drawn, so the rest proportion stands in for the rest score.
    """
    counted = sheet.is_counted.astype(np.float64)
    earned = sheet.credit * counted
    rest_count = np.bincount(sheet.attempt, weights=counted)[sheet.attempt] - counted
    rest_earned = np.bincount(sheet.attempt, weights=earned)[sheet.attempt] - earned
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(rest_count > 0, rest_earned / rest_count, np.nan))


@dataclass(frozen=True, slots=True)
class Row:
    """One attempt as it is stored: one entry a place in each string of bytes."""

    items: bytes
    """Item version ids, little-endian, four bytes each."""
    marks: bytes
    choices: bytes = b""
    """Codes of the answers, two bytes each; empty where they were not kept."""
    seconds: bytes = b""
    credits: dict[str, float] | None = None
    """What partly right answers earned, by position."""


def sheet_of(rows: Iterable[Row]) -> Sheet:
    """The answers of these attempts, the earliest attempt first."""
    items, marks, choices, seconds, lengths = bytearray(), bytearray(), bytearray(), bytearray(), []
    partial: list[tuple[int, float]] = []
    for row in rows:
        start, length = len(marks), len(row.marks)
        items += row.items
        marks += row.marks
        choices += row.choices or bytes(2 * length)
        seconds += row.seconds or bytes(2 * length)
        lengths.append(length)
        if row.credits:
            partial += [(start + int(position) - 1, credit) for position, credit in row.credits.items()]
    stored = np.frombuffer(bytes(marks), dtype=np.uint8)
    mark = stored & ~np.uint8(UNCOUNTED)
    credit = (mark == Mark.RIGHT).astype(np.float64)
    for index, share in partial:
        credit[index] = share
    is_marked = mark != Mark.PENDING
    versions, item = _indexed(np.frombuffer(bytes(items), dtype="<u4")[is_marked].astype(np.int64))
    return Sheet(
        version_ids=versions,
        item=item,
        attempt=np.repeat(np.arange(len(lengths)), lengths)[is_marked],
        credit=credit[is_marked],
        is_counted=((stored & UNCOUNTED) == 0)[is_marked],
        is_blank=(mark == Mark.BLANK)[is_marked],
        code=np.frombuffer(bytes(choices), dtype="<u2").astype(np.uint16)[is_marked],
        seconds=np.frombuffer(bytes(seconds), dtype="<u2").astype(np.uint16)[is_marked],
    )


def _indexed(ids: Whole) -> tuple[Whole, Whole]:
    """The different ids, ascending, and for each entry which of them it is. Ids are small: a table beats sorting."""
    if not len(ids):
        return ids, ids
    place = np.zeros(int(ids.max()) + 1, dtype=np.int64)
    place[ids] = 1
    versions = np.flatnonzero(place)
    place[versions] = np.arange(len(versions))
    return versions, place[ids]


@dataclass(frozen=True, slots=True)
class Cells:
    """The different answers to the different items."""

    keys: Whole
    """Item index × 65,536 + code, ascending."""
    where: Whole
    """For each answer which of them it is."""

    @property
    def item(self) -> Whole:
        """The item of each."""
        return self.keys >> 16

    @property
    def code(self) -> Whole:
        """The code of each."""
        return self.keys & 0xFFFF


LARGEST_TABLE = 8_000_000


def cells_of(sheet: Sheet) -> Cells:
    """Every answer's cell. A table of items by codes is filled where it is not too large: sorting takes ten times as long."""
    codes, code = _indexed(sheet.code.astype(np.int64))
    if sheet.item_count * len(codes) > LARGEST_TABLE:
        keys, where = np.unique(sheet.item * 65_536 + sheet.code, return_inverse=True)
        return Cells(keys, where)
    key = sheet.item * len(codes) + code
    present, where = _indexed(key)
    return Cells((present // max(len(codes), 1)) * 65_536 + codes[present % max(len(codes), 1)], where)
