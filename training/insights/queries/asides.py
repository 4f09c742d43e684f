"""What was put aside on the attention list."""

from collections.abc import Sequence

from sqlalchemy import func, select

from training.db import db
from training.insights.models import AttentionAside
from training.insights.rules.attention import AsideDeed


def asides() -> Sequence[AttentionAside]:
    """For each finding that was put aside and not brought back, the entry that says so, the latest first."""
    last = select(func.max(AttentionAside.id)).group_by(AttentionAside.concern, AttentionAside.subject)
    asked = select(AttentionAside).where(AttentionAside.id.in_(last), AttentionAside.deed == AsideDeed.ASIDE.value)
    return db.session.scalars(asked.order_by(AttentionAside.id.desc())).all()
