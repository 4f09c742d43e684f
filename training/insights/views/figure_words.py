"""What figures are called: topics, how people stand, and the things that they stand so with."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from training.cases.queries import area_titles
from training.certification.queries import certifications
from training.courses.queries import courses, current_modules
from training.insights.rules.lines import LineState, Topic
from training.web.access import access_of, principal

TOPIC_WORDS = {
    Topic.ANYTHING: "Anything asked for",
    Topic.COURSE: "Courses",
    Topic.MODULE: "Modules",
    Topic.DELTA: "Policy changes to learn",
    Topic.CERTIFICATE: "Certificates",
    Topic.AREA: "Areas of practice",
}
_ASKED = {LineState.MET: "Done", LineState.AHEAD: "Due later", LineState.SOON: "Due within 7 days", LineState.LATE: "Overdue"}
STATE_WORDS = {
    Topic.ANYTHING: _ASKED | {LineState.MET: "All done"},
    Topic.COURSE: _ASKED,
    Topic.MODULE: _ASKED,
    Topic.DELTA: _ASKED,
    Topic.CERTIFICATE: {LineState.AHEAD: "In force", LineState.SOON: "To renew", LineState.LATE: "Lapsed", LineState.WAITING: "Suspended"},
    Topic.AREA: {LineState.AHEAD: "Ready", LineState.SOON: "Ready, fading", LineState.LATE: "Not ready", LineState.WAITING: "Too few answers"},
}
"""How people stand, in the order in which it is told; what a topic does not name, nobody stands as."""
TONES = {LineState.MET: "good", LineState.AHEAD: "info", LineState.SOON: "warn", LineState.LATE: "bad", LineState.WAITING: "neutral"}
ENDS = {Topic.CERTIFICATE: "Ends", Topic.AREA: "Ready until"}
"""What the end of a line is called; of everything else it is when it is due."""
PAGES_OF_PEOPLE = {Topic.AREA: "practice.person"}
"""Which page about somebody says more."""


def subject_titles(topic: Topic) -> dict[str, str]:
    """What each thing of a topic is called, by its subject; changes of policy are told by `subject_title`."""
    match topic:
        case Topic.ANYTHING:
            return {"": TOPIC_WORDS[topic]}
        case Topic.COURSE:
            return {course.slug: document.title for course, document in courses()}
        case Topic.CERTIFICATE:
            return {each.slug: each.document.title for each in certifications()}
        case Topic.AREA:
            return area_titles()
        case Topic.MODULE | Topic.DELTA:
            return {module.slug: module.title for module in current_modules()}


def subject_title(topic: Topic, subject: str, titles: dict[str, str]) -> str | None:
    """What this is called; nothing where there is no such thing."""
    if topic is not Topic.DELTA:
        return titles.get(subject)
    slug, _, version = subject.partition(" ")
    return f"{titles[slug]}, version {version}" if slug in titles and version else None


@dataclass(frozen=True, slots=True)
class FurtherPage:
    """A page of another room that says more."""

    words: str
    href: str


def _may_open(endpoint: str) -> bool:
    access = access_of(endpoint)
    return access is not None and not access.roles.isdisjoint(principal().roles)


def further_page(topic: Topic, subject: str) -> FurtherPage | None:
    """Where more is said about a thing, if the reader may look there."""
    slug, _, version = subject.partition(" ")
    places: dict[Topic, tuple[str, str, dict[str, Any]]] = {
        Topic.COURSE: ("courses.assignments", "Who is asked, and assign it", {"slug": slug}),
        Topic.MODULE: ("courses.module_assignments", "Who is asked, and assign it", {"slug": slug}),
        Topic.DELTA: ("policy_changes.published", "What changed", {"slug": slug, "version": version}),
        Topic.AREA: ("practice.team", "How people practise", {}),
    }
    if topic not in places or not _may_open(places[topic][0]):
        return None
    endpoint, words, values = places[topic]
    return FurtherPage(words, url_for(endpoint, **values))


def page_of_person(topic: Topic) -> str | None:
    """The endpoint of the page about somebody, if the reader may open it."""
    endpoint = PAGES_OF_PEOPLE.get(topic, "certification.person")
    return endpoint if _may_open(endpoint) else None
