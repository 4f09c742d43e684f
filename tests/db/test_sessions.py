from flask import Flask
from sqlalchemy import text

from tests.accounts.factories import PersonFactory
from training.accounts.models import Person
from training.db import db


def test_a_session_whose_connection_was_cut_ends_and_the_next_one_works(app: Flask) -> None:
    person_id = PersonFactory().id
    db.session.commit()
    assert db.session.execute(text("SELECT 1")).scalar() == 1
    cut = db.session.connection().connection.dbapi_connection
    assert cut is not None
    cut.close()
    db.session.remove()
    assert db.session.get_one(Person, person_id).id == person_id
