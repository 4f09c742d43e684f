"""What this room does: it stores what the training team wrote, and holds what is in doubt. What only bringing real cases in needs is in `foreign`."""

from training.cases.services.holding import hold_cases, release_case
from training.cases.services.storing import UnkeptCase, fingerprint, store_case, store_taxonomy, unkept_case

__all__ = ["UnkeptCase", "fingerprint", "hold_cases", "release_case", "store_case", "store_taxonomy", "unkept_case"]
