"""What this room does: it stores what the training team wrote, and holds what is in doubt. What only bringing real cases in needs is in `foreign`."""

from training.cases.services.holding import hold_cases, release_case
from training.cases.services.storing import fingerprint, store_case, store_taxonomy

__all__ = ["fingerprint", "hold_cases", "release_case", "store_case", "store_taxonomy"]
