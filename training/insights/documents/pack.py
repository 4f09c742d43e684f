"""The pack as a whole: what it is about, its facts, the part of the audit chain that proves them, and the signature."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from training.documents import Part
from training.insights.documents.people import AccuracyFact, ActorFact, AnswerSource, PersonFacts, Sha256
from training.insights.documents.queues import CertificationFact, QueueFact, QueueTotals
from training.insights.rules import ScopeKind

SCHEMA: Literal["touchstone.evidence/1"] = "touchstone.evidence/1"


class PublicKey(Part):
    """A key by which the issuer signs, as a JSON Web Key."""

    kty: Literal["OKP"]
    crv: Literal["Ed25519"]
    x: str
    kid: str
    use: Literal["sig"]


class Issuer(Part):
    """Who vouches for the pack. Whoever checks compares the key with what the address publishes."""

    name: str
    address: str
    key: PublicKey


class About(Part):
    """What the pack is about, who asked for it, and when it was made."""

    schema_name: Literal["touchstone.evidence/1"] = Field(alias="schema")
    number: str
    address: str
    """Where the organisation keeps it."""
    made_at: AwareDatetime
    made_for: str
    """The public id of whoever asked for it."""
    has_names: bool
    language: str
    """Of the paper; what is signed is the same in all."""
    issuer: Issuer


class LanguageTotals(Part):
    """How many of the people told of work in a language, and how accurately they all answered."""

    language: str
    person_count: int
    accuracy: tuple[AccuracyFact, ...]


class Facts(Part):
    """What was so. The same scope and instant always give the same."""

    scope: ScopeKind
    person: str | None
    queue: str | None
    team: str | None
    """Of the lead who asked: people outside it are not told of."""
    at: AwareDatetime
    since: AwareDatetime | None
    """Where a span `[since, at)` is asked about; else the instant `at`."""
    unknown: tuple[AnswerSource, ...]
    """Of which answers nothing is known of anybody told of: that is no accuracy of any kind."""
    actors: tuple[ActorFact, ...]
    people: tuple[PersonFacts, ...]
    queues: tuple[QueueFact, ...]
    certifications: tuple[CertificationFact, ...]
    totals: tuple[QueueTotals, ...]
    languages: tuple[LanguageTotals, ...]


class WrittenWords(Part):
    """What somebody wrote about a deed: `said` holds its HMAC-SHA-256 under this salt, in its detail by this name and `_hash`."""

    name: str
    salt: Sha256
    text: str


class CitedEntry(Part):
    """One entry of the audit with its place in the chain. Its hash is SHA-256 over `previous_hash`, a line feed, and `said`."""

    position: Annotated[int, Field(ge=1)]
    previous_hash: Sha256
    said: str
    words: tuple[WrittenWords, ...]
    """Empty where nothing was written, or where it is forgotten since."""


class Head(Part):
    """The end of the chain when the pack was made, and the root of the hash tree (RFC 6962 §2.1) over the chain's hashes up to it."""

    position: Annotated[int, Field(ge=1)]
    hash: Sha256
    tree: Sha256


class ChainPart(Part):
    """What shows that the entries which the facts cite are in the audit's chain."""

    entries: tuple[CitedEntry, ...]
    hashes: tuple[Sha256, ...]
    """Of the largest parts of the tree that hold no entry above and not the head, from left to right."""
    head: Head


class Pack(Part):
    """What is signed."""

    about: About
    chain: ChainPart
    facts: Facts


class Proof(Part):
    """A Data Integrity proof `eddsa-jcs-2022` of the document without this member."""

    type: Literal["DataIntegrityProof"]
    cryptosuite: Literal["eddsa-jcs-2022"]
    created: str
    verification_method: Annotated[str, Field(alias="verificationMethod")]
    proof_purpose: Annotated[Literal["assertionMethod"], Field(alias="proofPurpose")]
    proof_value: Annotated[str, Field(alias="proofValue")]


class SignedPack(Part):
    """The whole file."""

    pack: Pack
    proof: Proof
