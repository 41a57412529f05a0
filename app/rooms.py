"""The rooms of the house: every blueprint there is. A new package with pages is added here."""

from flask import Flask


def open_rooms(app: Flask) -> None:
    from app.people.views import pages as people_pages

    for pages in (people_pages,):
        app.register_blueprint(pages)
