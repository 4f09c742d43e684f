"""Signing access tickets."""

import secrets

from training.keys.rules import TokenAlgorithm
from training.keys.services import Signer, signed_token
from training.queues.rules.tickets import Ticket


def signed_ticket(ticket: Ticket, by: Signer, *, site_url: str) -> str:
    """The ticket as a JSON Web Token, which any reader of this site's key set can check."""
    claims = ticket.claims(issuer=site_url, number=secrets.token_hex(16))
    return signed_token(claims, by, site_url=site_url, algorithm=TokenAlgorithm.EDDSA)
