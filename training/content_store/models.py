"""The texts behind what runs: each document as it was last brought in from the folder or changed on the web."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.db import Base


class StoredDocument(Base):
    """One document's text as it runs now."""

    __tablename__ = "stored_documents"
    __table_args__ = (UniqueConstraint("kind", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    slug: Mapped[str] = mapped_column(String(60))
    path: Mapped[str] = mapped_column(String(300))
    """Its file below the content folder."""
    text: Mapped[str] = mapped_column(Text)
    content_hash: Mapped[str] = mapped_column(String(64))
    synced_hash: Mapped[str | None] = mapped_column(String(64))
    """The content hash when folder and database last agreed; another one says that it was changed on the web since."""
    agreed_text: Mapped[str | None] = mapped_column(Text)
    """The folder's text when both last agreed, where the desk has another since; nothing where `text` is that one, and where it was not kept yet."""
    synced_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]
    """Since when the folder no longer has it. It stays in force where it is used; nothing is deleted."""

    @property
    def base_text(self) -> str | None:
        """What both last agreed on; nothing where they never did, or where it is not known any more."""
        return self.text if self.agreed_text is None and self.content_hash == self.synced_hash else self.agreed_text


class StoredMedium(Base):
    """A picture or recording of the content folder, by the name that documents call it. The table is named for what was there first."""

    __tablename__ = "stored_pictures"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    media_file_id: Mapped[int] = mapped_column(ForeignKey("media_files.id"))
    synced_at: Mapped[datetime]
