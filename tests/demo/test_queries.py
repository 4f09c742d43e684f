from flask import Flask

from tests.accounts.factories import LONG_AGO, PersonFactory
from training.accounts.models import Person
from training.actors import Actor, ActorKind
from training.db import db
from training.demo import queries


def demo_person() -> Person:
    person = PersonFactory()
    person.is_demo = True
    db.session.commit()
    return person


def test_an_empty_database_holds_no_strangers(app: Flask) -> None:
    assert not queries.has_strangers()
    assert not queries.has_people()


def test_the_demos_own_people_are_no_strangers(app: Flask) -> None:
    demo_person()
    assert queries.has_people()
    assert not queries.has_strangers()


def test_whom_the_demos_people_made_is_no_stranger(app: Flask) -> None:
    administrator = demo_person()
    PersonFactory(by=Actor(ActorKind.PERSON, administrator.id), now=LONG_AGO)
    assert not queries.has_strangers()


def test_whoever_came_from_outside_is_a_stranger(app: Flask) -> None:
    demo_person()
    PersonFactory()
    assert queries.has_strangers()
