"""Naming people by their addresses."""

from wtforms import TextAreaField
from wtforms.validators import ValidationError

from training.accounts.queries import people_by_emails, person_addresses


class PeopleField(TextAreaField):
    """E-mail addresses, one a line."""

    @property
    def addresses(self) -> list[str]:
        """The addresses, each once."""
        return list(dict.fromkeys(str(self.data or "").replace(",", " ").lower().split()))

    @property
    def person_ids(self) -> frozenset[int]:
        """Whom they mean."""
        return frozenset(person.id for person in people_by_emails(self.addresses).values())

    def pre_validate(self, form: object) -> None:
        """Somebody who works here has each address."""
        active = set(person_addresses(self.person_ids).values())
        unknown = [address for address in self.addresses if address not in active]
        if unknown:
            raise ValidationError(f"Nobody who works here has the address {', '.join(unknown[:5])}. Check it with them.")
