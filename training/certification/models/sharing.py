"""What holders show of themselves, and who looks numbers up."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from training.certification.rules import Shows
from training.db import Base


class CertificateDisclosure(Base):
    """What the public pages of a person's certificates tell of their name. Who chose nothing shows nothing."""

    __tablename__ = "certificate_disclosures"
    __table_args__ = (CheckConstraint(f"shows IN ({', '.join(repr(shows.value) for shows in Shows)})", name="shows_is_known"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    shows: Mapped[str] = mapped_column(String(10))
    chosen_at: Mapped[datetime]


class VerificationLooks(Base):
    """How much one place has looked up of late, in the database so that it counts behind several workers."""

    __tablename__ = "verification_looks"

    place: Mapped[str] = mapped_column(String(64), primary_key=True)
    """The month's pseudonym of a network address."""
    began_at: Mapped[datetime] = mapped_column(index=True)
    cost: Mapped[int]
