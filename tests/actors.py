"""People at work, for tests that call actions and questions without a browser."""

from app.people.actors import Actor
from app.people.sessions import actor_of
from tests.district import District


def actor(district: District, short: str) -> Actor:
    """The person of this short name, as an action gets to know it."""
    user = district.users[short]
    place = next(place for place in district.places.values() if place.id == user.organisation_id)
    return actor_of(user, place)
