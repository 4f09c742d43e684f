"""What narrows the audit page."""

from wtforms import SearchField, SelectField, StringField

from training.web.forms import FilterForm, choices_of

ACTORS = [("", "Anybody"), ("person", "People"), ("client", "Programs"), ("system", "The system itself")]


class EntryFilterForm(FilterForm):
    """Filters as they stand in the address."""

    deed = StringField("Deed")
    actor_kind = SelectField("Done by", choices=choices_of(ACTORS))
    actor = SearchField("Person")
    subject_kind = StringField("Done to: kind")
    subject_id = StringField("Its id")
