"""Archives read with limits: on entries, on what they unpack to, and on how much smaller they pretend to be."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from training.cases.importing.records import BrokenFile

MOST_ENTRIES = 10_000
LARGEST_UNPACKED = 80_000_000
"""Bytes, all entries together."""
LARGEST_ENTRY = 20_000_000
MOST_RATIO = 200
"""Times that an entry may be larger than it is packed. Text of questions packs 5 to 20 times smaller."""
RATIO_FROM = 1_000_000
"""Bytes below which nobody looks at the ratio: small files of blanks pack very well."""
DIVIDE = "divide it, and leave pictures and recordings out"


class Archive:
    """A ZIP file within the limits."""

    def __init__(self, held: zipfile.ZipFile) -> None:
        self._held = held

    @property
    def names(self) -> list[str]:
        """The files in it, in order."""
        return [entry.filename for entry in self._held.infolist() if not entry.is_dir()]

    def read(self, name: str) -> bytes:
        """One file of it. Raises BrokenFile where it is not there, or not what the archive says that it is."""
        try:
            entry = self._held.getinfo(name)
        except KeyError:
            raise BrokenFile(1, f"names the file {name[:80]}, which is not in the archive", "export the package again") from None
        if entry.file_size > LARGEST_ENTRY:
            raise BrokenFile(1, f"{name[:80]} unpacks to {entry.file_size:,} bytes, more than {LARGEST_ENTRY:,}", DIVIDE)
        try:
            return self._held.read(entry)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
            raise BrokenFile(1, f"{name[:80]} cannot be unpacked: {error}", "pack it again as plain ZIP, without a password") from None


@contextmanager
def opened_archive(path: Path) -> Iterator[Archive]:
    """The archive at this path. Raises BrokenFile where it is none, or breaks a limit, before anything of it is unpacked."""
    try:
        held = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError):
        raise BrokenFile(1, "is not a whole ZIP archive", "the file may be cut short: export it again") from None
    with held:
        _refuse_what_is_too_much(held.infolist())
        yield Archive(held)


def _refuse_what_is_too_much(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES:
        raise BrokenFile(1, f"the archive has {len(entries):,} entries, more than {MOST_ENTRIES:,}", "divide it")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > LARGEST_UNPACKED:
        raise BrokenFile(1, f"the archive unpacks to {unpacked:,} bytes, more than {LARGEST_UNPACKED:,}", DIVIDE)
    for entry in entries:
        if entry.file_size > RATIO_FROM and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
            problem = f"{entry.filename[:80]} is packed {entry.file_size // max(entry.compress_size, 1):,} times smaller than it is, more than {MOST_RATIO}"
            raise BrokenFile(1, problem, "no text packs like that; pack what you want to bring in anew")
