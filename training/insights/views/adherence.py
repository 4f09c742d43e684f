"""Who is due, overdue and done, with what; how ready people are in areas; and the people behind each figure."""

from dataclasses import dataclass

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from training import clock
from training.insights.queries.figures import About, ListedLine, all_lines, figures, figures_by, lines_page
from training.insights.rules.figures import Tally
from training.insights.rules.lines import ASKED, NEVER, LineState, Topic
from training.insights.views.blueprint import blueprint
from training.insights.views.figure_words import (
    ENDS,
    STATE_WORDS,
    TONES,
    TOPIC_WORDS,
    further_page,
    page_of_person,
    subject_title,
    subject_titles,
)
from training.insights.views.figures import MAY_SEE_FIGURES, Asked, asked, title_of
from training.web.access import opens_to
from training.web.addresses import instant_and_id_in_query, page_in_query
from training.web.spreadsheets import Cell, table_file

ROWS_A_PAGE = 50
ADHERED = (*ASKED, Topic.CERTIFICATE)
"""What the page of adherence is about."""
STATE_HEADS = ("People", "Done", "Due later, or in force", "Due soon, or to renew", "Overdue, or lapsed", "Suspended")
HEADING = ("Person", "Id", "Team", "Markets", "Languages", "With what", "Stands", "Until (UTC)")


@dataclass(frozen=True, slots=True)
class Row:
    """One thing, or one team, market or language, with how people stand."""

    title: str
    name: str
    """The subject, or the team, market or language as addresses name it."""
    tally: Tally
    people_count: int = 0


@dataclass(frozen=True, slots=True)
class Subject:
    """The one thing that a page is about."""

    topic: Topic
    name: str
    title: str

    @property
    def address(self) -> dict[str, str]:
        """How the address says it."""
        return {"topic": self.topic.value, "subject": self.name}

    def about(self, asked_about: Asked) -> About:
        """It, among the people who are asked about."""
        return About([self.topic], self.name, asked_about.among)


WORDS = {"state_words": STATE_WORDS, "tones": TONES, "topic_words": TOPIC_WORDS, "ends": ENDS, "never": NEVER}


@blueprint.get("/organisation/adherence")
@opens_to(*MAY_SEE_FIGURES)
def adherence() -> str:
    """How many are done, due and overdue with each thing that anybody is asked for, and which certificates are to be renewed."""
    about = asked()
    found = figures(About([Topic.ANYTHING, *ADHERED], among=about.among), now=clock.now())
    sections = [(topic, _rows_of(topic, found)) for topic in ADHERED]
    overall = found.get((Topic.ANYTHING, ""), Tally())
    return render_template("insights/adherence.html", about=about, sections=sections, overall=overall, **WORDS)


@blueprint.get("/organisation/adherence.<file_format>")
@opens_to(*MAY_SEE_FIGURES)
def adherence_file(file_format: str) -> ResponseReturnValue:
    """The same as a file."""
    found = figures(About(ADHERED, among=asked().among), now=clock.now())
    lines: list[list[Cell]] = [[TOPIC_WORDS[topic], row.title, *_cells(row.tally)] for topic in ADHERED for row in _rows_of(topic, found)]
    return table_file("who-is-due", ("What", "Which", *STATE_HEADS), lines, file_format)


def _cells(tally: Tally) -> list[int]:
    return [tally.total, *(tally.of(state) for state in LineState)]


def _rows_of(topic: Topic, found: dict[tuple[Topic, str], Tally]) -> list[Row]:
    """What people are most late with on top."""
    titles = subject_titles(topic)
    named = [(subject_title(topic, name, titles) or name, name, tally) for (of, name), tally in found.items() if of is topic]
    return sorted((Row(*each) for each in named), key=_most_late)


@blueprint.get("/organisation/readiness")
@opens_to(*MAY_SEE_FIGURES)
def readiness() -> str:
    """How many of those who decide about cases are ready in each area."""
    about = asked()
    rows, count = _areas(about)
    return render_template("insights/readiness.html", about=about, rows=rows, count=count, topic=Topic.AREA, **WORDS)


@blueprint.get("/organisation/readiness.<file_format>")
@opens_to(*MAY_SEE_FIGURES)
def readiness_file(file_format: str) -> ResponseReturnValue:
    """The same as a file."""
    rows, count = _areas(asked())
    words = STATE_WORDS[Topic.AREA]
    lines: list[list[Cell]] = [[row.title, count, *(row.tally.of(state) for state in words), count - row.tally.total] for row in rows]
    return table_file("who-is-ready", ("Area", "People", *words.values(), "No answers"), lines, file_format)


def _areas(about: Asked) -> tuple[list[Row], int]:
    """Every area, and how many people decide about cases."""
    found = figures(About([Topic.AREA], among=about.among), now=clock.now())
    count = sum(known.person_count for known in about.groups if known.group.is_moderating)
    return [Row(title, area, found.get((Topic.AREA, area), Tally()), count) for area, title in subject_titles(Topic.AREA).items()], count


def _subject() -> Subject:
    """What the address asks about. What does not exist is answered with 404."""
    topic, name = request.args.get("topic", ""), request.args.get("subject", "")
    if topic not in set(Topic):
        abort(404)
    title = subject_title(Topic(topic), name, subject_titles(Topic(topic)))
    if title is None:
        abort(404)
    return Subject(Topic(topic), name, title)


@blueprint.get("/organisation/figure")
@opens_to(*MAY_SEE_FIGURES)
def figure() -> str:
    """How teams, markets or languages stand with one thing, who is most late on top."""
    about, subject, page = asked(), _subject(), page_in_query()
    rows = _beside(about, subject)
    return render_template(
        "insights/figure.html",
        about=about,
        subject=subject,
        rows=rows[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE],
        overall=figures(subject.about(about), now=clock.now()).get((subject.topic, subject.name), Tally()),
        further=further_page(subject.topic, subject.name),
        page=page,
        has_more=len(rows) > page * ROWS_A_PAGE,
        **WORDS,
    )


@blueprint.get("/organisation/figure.<file_format>")
@opens_to(*MAY_SEE_FIGURES)
def figure_file(file_format: str) -> ResponseReturnValue:
    """The same as a file, all of them."""
    about, subject = asked(), _subject()
    words = STATE_WORDS[subject.topic]
    lines: list[list[Cell]] = [[row.title, row.people_count, *(row.tally.of(state) for state in words)] for row in _beside(about, subject)]
    return table_file("figures", (subject.title, "People", *words.values()), lines, file_format)


def _beside(about: Asked, subject: Subject) -> list[Row]:
    """Teams, markets or languages, each with how its people stand with this one thing; who has nothing to do with it is left out."""
    dimension, is_area = about.form.dimension, subject.topic is Topic.AREA
    found = figures_by(dimension, subject.about(about), now=clock.now())
    sizes = dimension.sizes(about.groups, is_moderating=is_area)
    rows = [Row(title_of(dimension, name, about.teams), name, found.get((name, subject.topic), Tally()), count) for name, count in sizes.items()]
    return sorted((row for row in rows if row.tally.total or is_area), key=_most_late)


def _most_late(row: Row) -> tuple[int, int, str, str]:
    return -row.tally.late, -row.tally.soon, row.title, row.name


def _states(topic: Topic) -> list[LineState]:
    """As what those who are listed stand; everybody where the address says nothing. What nobody stands as is answered with 404."""
    said = request.args.get("state", "")
    if said and said not in set(STATE_WORDS[topic]):
        abort(404)
    return [LineState(said)] if said else list(STATE_WORDS[topic])


@blueprint.get("/organisation/figure/people")
@opens_to(*MAY_SEE_FIGURES)
def figure_people() -> str:
    """Who stands so, the first due on top."""
    about, subject = asked(), _subject()
    states, after, before = _states(subject.topic), instant_and_id_in_query("after"), instant_and_id_in_query("before")
    page = lines_page(subject.about(about), states, now=clock.now(), after=after, before=before)
    state = states[0] if len(states) == 1 else None
    endpoint = page_of_person(subject.topic)
    return render_template("insights/figure_people.html", about=about, subject=subject, page=page, state=state, person_page=endpoint, now=clock.now(), **WORDS)


@blueprint.get("/organisation/figure/people.<file_format>")
@opens_to(*MAY_SEE_FIGURES)
def figure_people_file(file_format: str) -> ResponseReturnValue:
    """The same as a file, all of them."""
    about, subject = asked(), _subject()
    found = all_lines(subject.about(about), _states(subject.topic), now=clock.now())
    return table_file("people", HEADING, (_line(about, subject, line) for line in found), file_format)


def _line(about: Asked, subject: Subject, line: ListedLine) -> tuple[str, ...]:
    until = "" if line.due_at == NEVER else f"{line.due_at:%Y-%m-%d %H:%M}"
    return line.name, line.public_id, *about.told(line.group_id), subject.title, STATE_WORDS[subject.topic][line.state], until
