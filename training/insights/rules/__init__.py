"""What a pack is about, and what of the ledger and of answers it tells."""

from training.insights.rules.accuracy import Share, share_of
from training.insights.rules.scope import Moment, PackRefusal, Scope, ScopeKind
from training.insights.rules.stretches import Stretch, stretches

__all__ = ["Moment", "PackRefusal", "Scope", "ScopeKind", "Share", "Stretch", "share_of", "stretches"]
