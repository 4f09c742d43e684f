"""What a new document is: first its kind, and then what that kind needs."""

from collections.abc import Iterable, Mapping

from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import AnyOf, DataRequired, Length, Optional, Regexp

from training.authoring.rules.templates import NEW_KINDS, begun
from training.cases.rendering import SURFACES
from training.cases.rendering.words import LANGUAGES
from training.cases.rules import Surface
from training.content_store.rules.kinds import Kind
from training.exams.forms import KIND_WORDS
from training.exams.rules.blueprint import ItemKind
from training.web.forms import Form, choices_of

ASKED: Mapping[Kind, frozenset[str]] = {
    Kind.MODULE: frozenset({"translates", "language", "title"}),
    Kind.CASE: frozenset({"surface"}),
    Kind.ITEM: frozenset({"item_kind"}),
}
"""What a new document of a kind says of itself beside its id; of a kind that is not here its title."""
SLUG_DEMANDS = [
    DataRequired("Give it an id."),
    Length(3, 60, "Use between 3 and 60 letters."),
    Regexp(r"^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$", message="Use lower case letters, digits and hyphens."),
]
"""What an id has to be."""


class NewDraftForm(Form):
    """What a new document is: of its fields those that its kind needs."""

    kind = HiddenField(validators=[AnyOf([kind.value for kind in NEW_KINDS], message="There is no other document of this kind.")])
    surface = SelectField(
        "Where it is seen",
        description="It never changes.",
        choices=choices_of((surface.value, SURFACES[surface]) for surface in Surface),
        default=Surface.LISTING.value,
    )
    item_kind = SelectField(
        "How it is answered",
        description="It never changes.",
        choices=choices_of((kind.value, KIND_WORDS[kind]) for kind in ItemKind),
        default=ItemKind.SINGLE.value,
    )
    translates = SelectField("It translates", description="Then it begins with the text of its original.", default="")
    language = SelectField("Its language", choices=choices_of(LANGUAGES.items()), default="en")
    slug = StringField(
        "Its id",
        validators=SLUG_DEMANDS,
    )
    title = StringField("Its title", validators=[Optional(), Length(max=200)])

    def ask_for(self, kind: Kind, originals: Mapping[str, str]) -> "NewDraftForm":
        """This form with the fields that this kind needs; `originals` are the titles of modules that can be translated, by id."""
        for name in {"surface", "item_kind", "translates", "language", "title"} - ASKED.get(kind, frozenset({"title"})):
            delattr(self, name)
        self.kind.data = kind.value
        hidden = " It says nothing about the answer; the next free one stands there." if kind in {Kind.CASE, Kind.ITEM} else ""
        self.slug.description = f"Lower case letters, digits and hyphens: {EXAMPLE_IDS.get(kind, 'restricted-goods')}. It never changes.{hidden}"
        if kind is Kind.MODULE:
            self.translates.choices = choices_of([("", "Nothing: it holds rules of its own"), *originals.items()])
        return self

    @property
    def begun(self) -> str:
        """The text that it begins with, where it translates nothing."""
        slug = self.slug.data or ""
        said = {name: self[name].data if name in self else None for name in ("title", "surface", "item_kind", "language")}
        surface, item_kind = Surface(said["surface"] or Surface.LISTING), ItemKind(said["item_kind"] or ItemKind.SINGLE)
        return begun(Kind(self.kind.data or ""), slug, said["title"] or slug, surface=surface, item_kind=item_kind, language=said["language"] or "en")


EXAMPLE_IDS = {Kind.CASE: "case-p101", Kind.ITEM: "item-p101", Kind.COURSE: "first-week", Kind.EXAM: "entry-exam", Kind.QUEUE: "listings-id"}
"""What ids look like."""
KIND_LEADS = {
    Kind.MODULE: "Rules, clause by clause, with examples; or the translation of one",
    Kind.CASE: "Something that was decided, with what the expert says of it",
    Kind.ITEM: "One question of exams, of any of eight kinds",
    Kind.CHECK: "A few cases inside a module, to try what was read",
    Kind.COURSE: "Modules in their order, with checks and practice",
    Kind.EXAM: "What is asked, how much of each, and what passes",
    Kind.CERTIFICATION: "What somebody has to know, and for how long it counts",
    Kind.QUEUE: "Work that waits, and who may do it",
}
"""What each kind of new document is."""


class AuditedCaseForm(Form):
    """A case that is made of an audit. Make it with `audited_case_form`."""

    slug = StringField("Its id", description="It says nothing about the answer, and never changes.", validators=SLUG_DEMANDS)
    surface = SelectField("Where it was seen", description="Of what the queue holds.")


def audited_case_form(surfaces: Iterable[Surface]) -> AuditedCaseForm:
    """The form, with the surfaces of the queue to choose from."""
    form = AuditedCaseForm()
    form.surface.choices = choices_of((surface.value, SURFACES[surface]) for surface in surfaces)
    return form
