"""Signing badges and the lists that say which of them are good no longer."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from training.certification.rules import Award, Issuer, achievement_credential, token_claims
from training.keys.rules import TokenAlgorithm
from training.keys.services import Signer, signed_token, with_proof


def badge(award: Award, issuer: Issuer, *, by: Signer, now: datetime) -> dict[str, Any]:
    """The award as a credential with a Data Integrity proof."""
    return signed(achievement_credential(award, issuer), issuer, by=by, now=now)


def signed(document: Mapping[str, Any], issuer: Issuer, *, by: Signer, now: datetime) -> dict[str, Any]:
    """A document with the issuer's proof."""
    return with_proof(document, by, controller=issuer.address, now=now)


def badge_token(award: Award, issuer: Issuer, *, by: Signer) -> str:
    """The award as a signed token (VC-JWT)."""
    return signed_token(token_claims(achievement_credential(award, issuer)), by, site_url=issuer.site_url, algorithm=TokenAlgorithm.EDDSA)
