"""Deeds on people, their facts, sessions and programs."""

from training.accounts.services.absences import end_absence, end_pause, record_absence, start_pause
from training.accounts.services.clients import CreatedClient, authenticate_client, create_client, revoke_client
from training.accounts.services.cohorts import Joined, close_cohort, join_cohort, leave_cohort, name_cohort, open_cohort, rename_cohort
from training.accounts.services.facts import follow_pending_facts, record_facts
from training.accounts.services.followers import follow_facts
from training.accounts.services.imports import ImportPlan, carry_out_import, plan_import
from training.accounts.services.links import ask_for_reset, change_password, invite, set_password, use_link
from training.accounts.services.passwords import HashedPassword, hash_password, is_password
from training.accounts.services.people import create_person
from training.accounts.services.second_factor import remove_factor, reset_factor
from training.accounts.services.sessions import (
    IDLE_LIFE,
    SEEN_EVERY,
    end_session,
    end_session_of_token,
    end_sessions_of,
    note_seen,
    open_session,
    sign_out,
    sign_out_elsewhere,
    token_hash,
)
from training.accounts.services.shifts import assign_shift, change_hours, create_shift
from training.accounts.services.sign_in import Doorstep, SignInVerdict, conclude_sign_in, count_try, forget_old_tries, forgive_tries
from training.accounts.services.teams import create_team, make_missing_teams, rename_team

__all__ = [
    "IDLE_LIFE",
    "SEEN_EVERY",
    "CreatedClient",
    "Doorstep",
    "HashedPassword",
    "ImportPlan",
    "Joined",
    "SignInVerdict",
    "ask_for_reset",
    "assign_shift",
    "authenticate_client",
    "carry_out_import",
    "change_hours",
    "change_password",
    "close_cohort",
    "conclude_sign_in",
    "count_try",
    "create_client",
    "create_person",
    "create_shift",
    "create_team",
    "end_absence",
    "end_pause",
    "end_session",
    "end_session_of_token",
    "end_sessions_of",
    "follow_facts",
    "follow_pending_facts",
    "forget_old_tries",
    "forgive_tries",
    "hash_password",
    "invite",
    "is_password",
    "join_cohort",
    "leave_cohort",
    "make_missing_teams",
    "name_cohort",
    "note_seen",
    "open_cohort",
    "open_session",
    "plan_import",
    "record_absence",
    "record_facts",
    "remove_factor",
    "rename_cohort",
    "rename_team",
    "reset_factor",
    "revoke_client",
    "set_password",
    "sign_out",
    "sign_out_elsewhere",
    "start_pause",
    "token_hash",
    "use_link",
]
