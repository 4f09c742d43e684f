"""Questions about people, their facts, sessions and programs."""

from training.accounts.queries.clients import KnownClient, client, client_by_name, client_by_token_hash, clients
from training.accounts.queries.facts import RecordedFact, current_facts_of, fact_history, facts_of, pending_facts, state_of, states_of
from training.accounts.queries.listing import ListedPerson, PeopleFilter, PeoplePage, people_page
from training.accounts.queries.people import (
    email_hash,
    people_by_emails,
    people_of_team,
    person,
    person_by_email,
    person_by_public_id,
    person_by_subject,
    person_names,
    team,
    team_by_slug,
    team_names,
    teams,
)
from training.accounts.queries.sessions import SignedIn, open_sessions_of, session_by_token_hash, session_of, signed_in_by_token_hash
from training.accounts.queries.sign_in import Credentials, credentials, forget_tries, link_count, open_link, open_links_of, tries

__all__ = [
    "Credentials",
    "KnownClient",
    "ListedPerson",
    "PeopleFilter",
    "PeoplePage",
    "RecordedFact",
    "SignedIn",
    "client",
    "client_by_name",
    "client_by_token_hash",
    "clients",
    "credentials",
    "current_facts_of",
    "email_hash",
    "fact_history",
    "facts_of",
    "forget_tries",
    "link_count",
    "open_link",
    "open_links_of",
    "open_sessions_of",
    "pending_facts",
    "people_by_emails",
    "people_of_team",
    "people_page",
    "person",
    "person_by_email",
    "person_by_public_id",
    "person_by_subject",
    "person_names",
    "session_by_token_hash",
    "session_of",
    "signed_in_by_token_hash",
    "state_of",
    "states_of",
    "team",
    "team_by_slug",
    "team_names",
    "teams",
    "tries",
]
