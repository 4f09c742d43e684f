"""Deeds on people, their facts, sessions and programs."""

from training.accounts.services.clients import CreatedClient, authenticate_client, create_client, revoke_client
from training.accounts.services.facts import follow_pending_facts, record_facts
from training.accounts.services.passwords import HashedPassword, HashingIsBusy, hash_password, is_password
from training.accounts.services.people import create_person
from training.accounts.services.sessions import IDLE_LIFE, SEEN_EVERY, end_session, end_sessions_of, note_seen, open_session, token_hash
from training.accounts.services.teams import create_team, rename_team

__all__ = [
    "IDLE_LIFE",
    "SEEN_EVERY",
    "CreatedClient",
    "HashedPassword",
    "HashingIsBusy",
    "authenticate_client",
    "create_client",
    "create_person",
    "create_team",
    "end_session",
    "end_sessions_of",
    "follow_pending_facts",
    "hash_password",
    "is_password",
    "note_seen",
    "open_session",
    "record_facts",
    "rename_team",
    "revoke_client",
    "token_hash",
]
