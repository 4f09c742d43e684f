"""Why a key cannot be used or taken out of use."""

from enum import StrEnum


class KeyRefusal(StrEnum):
    """Why a key cannot be used or taken out of use."""

    SEALED = "key_sealed"
    ALREADY_REVOKED = "key_already_revoked"
