"""The packs that were asked for, what was put aside on the attention list, and what figures about the organisation are counted in."""

from training.insights.models.evidence import AttentionAside, EvidencePack
from training.insights.models.notes import note_what_is_counted
from training.insights.models.organisation import (
    OrganisationCount,
    OrganisationGroup,
    OrganisationLine,
    OrganisationMember,
    OrganisationNote,
    OrganisationWideNote,
)
from training.insights.models.progress import (
    ChangeCount,
    ChangeEffect,
    ChangeUptake,
    OrganisationCounting,
    OrganisationDecision,
    OrganisationFunnel,
    OrganisationWay,
)

note_what_is_counted()

__all__ = [
    "AttentionAside",
    "ChangeCount",
    "ChangeEffect",
    "ChangeUptake",
    "EvidencePack",
    "OrganisationCount",
    "OrganisationCounting",
    "OrganisationDecision",
    "OrganisationFunnel",
    "OrganisationGroup",
    "OrganisationLine",
    "OrganisationMember",
    "OrganisationNote",
    "OrganisationWay",
    "OrganisationWideNote",
]
