"""Write what runs back into a folder."""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from training.content_store import queries
from training.content_store import services as content
from training.content_store.models import StoredDocument
from training.content_store.rules.folder import Folder
from training.content_store.rules.kinds import media_path
from training.content_sync.rules import Deed, decide
from training.content_sync.services.proposing import in_folder, stored
from training.media import files


class NotExported(Exception):
    """Files that say something else than the database, and that the export would have overwritten."""

    def __init__(self, paths: Sequence[str]) -> None:
        super().__init__(", ".join(paths))
        self.paths = tuple(paths)


def export(to: Path, *, is_overwriting: bool = False) -> list[str]:
    """Write what runs into a folder; the files written, by their paths in it.

    Raises NotExported where files there say something that was never brought in, unless `is_overwriting`.
    """
    folder = content.gather(to) if to.is_dir() else Folder((), {})
    kept = {(step.name.kind, step.name.slug) for step in decide(in_folder(folder), stored()).of(Deed.KEEP)}
    places = {(source.kind.value, source.slug): source.path for source in folder.sources}
    wanted = {places.get((row.kind, row.slug), row.path): row for row in queries.stored_documents() if row.retired_at is None}
    differing = {path: row for path, row in wanted.items() if _text_at(to / path) != row.text}
    clashes = [path for path, row in differing.items() if (to / path).exists() and (row.kind, row.slug) not in kept]
    if clashes and not is_overwriting:
        raise NotExported(clashes)
    return [*_write_documents(to, differing), *_write_media(to)]


def _text_at(path: Path) -> str | None:
    """What a file says, as the folder would be read; nothing where there is none, or no text."""
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except (FileNotFoundError, UnicodeDecodeError):
        return None


def _write_documents(to: Path, documents: dict[str, StoredDocument]) -> Iterator[str]:
    for path, row in documents.items():
        (to / path).parent.mkdir(parents=True, exist_ok=True)
        (to / path).write_text(row.text, encoding="utf-8", newline="\n")
        yield path


def _write_media(to: Path) -> Iterator[str]:
    for name, file in queries.media_by_name().items():
        path = to / media_path(name)
        if path.exists() and sha256(path.read_bytes()).hexdigest() == file.sha256:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(files.get(file.sha256))
        yield media_path(name)
