"""Evidence packs as people see them: ask for one, which there are, take one along. Cohorts. What needs a trainer's look. Figures about the organisation."""

from training.insights.views.adherence import (
    adherence,
    adherence_file,
    figure,
    figure_file,
    figure_people,
    figure_people_file,
    readiness,
    readiness_file,
)
from training.insights.views.attention import aside, attention, attention_table, bring_back, put_aside
from training.insights.views.blueprint import blueprint
from training.insights.views.cohort_members import add_found, add_listed, close_cohort, cohort_history, cohort_members, open_cohort, rename_cohort, take_out
from training.insights.views.cohort_tables import cohort_people_table, cohort_results_table
from training.insights.views.cohorts import cohorts, followed_assignment, followed_team, name_cohort
from training.insights.views.effects import changes, effects, effects_file, learners, learners_file, uptake_file
from training.insights.views.enforcement import enforcement, enforcement_file, enforcement_people, enforcement_people_file
from training.insights.views.funnel import funnel, funnel_compared_file, funnel_file, funnel_people, funnel_people_file
from training.insights.views.named_cohorts import followed_cohort, rule_on_time
from training.insights.views.organisation import organisation, organisation_file, organisation_people, organisation_people_file
from training.insights.views.packs import ask, index, pack
from training.insights.views.taking import paper, signed

__all__ = [
    "add_found",
    "add_listed",
    "adherence",
    "adherence_file",
    "aside",
    "ask",
    "attention",
    "attention_table",
    "blueprint",
    "bring_back",
    "changes",
    "close_cohort",
    "cohort_history",
    "cohort_members",
    "cohort_people_table",
    "cohort_results_table",
    "cohorts",
    "effects",
    "effects_file",
    "enforcement",
    "enforcement_file",
    "enforcement_people",
    "enforcement_people_file",
    "figure",
    "figure_file",
    "figure_people",
    "figure_people_file",
    "followed_assignment",
    "followed_cohort",
    "followed_team",
    "funnel",
    "funnel_compared_file",
    "funnel_file",
    "funnel_people",
    "funnel_people_file",
    "index",
    "learners",
    "learners_file",
    "name_cohort",
    "open_cohort",
    "organisation",
    "organisation_file",
    "organisation_people",
    "organisation_people_file",
    "pack",
    "paper",
    "put_aside",
    "readiness",
    "readiness_file",
    "rename_cohort",
    "rule_on_time",
    "signed",
    "take_out",
    "uptake_file",
]
