"""People, records and pages: asks `rules`, keeps the answer, shows it through `forms`."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from app.config import Settings


def create_app(settings: "Settings | None" = None) -> "Flask":
    """Put the house together. Nothing heavy is imported before this is called."""
    from flask import Flask
    from flask_babel import Babel
    from flask_wtf import CSRFProtect

    from app import errors, frame, headers, languages, row_numbers, static_files, uploads
    from app.config import Settings
    from app.interface import pacing
    from app.office import Office
    from app.parents import limits
    from app.parents.pages import rehearsal_pages
    from app.people import access
    from app.practice import door
    from app.privacy import discretion
    from app.rooms import open_rooms
    from rules import national

    settings = settings or Settings.from_environment()
    national()  # rule data that cannot be used stops the start, not the first check of the morning
    house = Office.open(settings)
    app = Flask(__name__, static_folder=None)
    app.request_class = uploads.Request
    app.config.from_mapping(headers.cookie_settings(house))
    app.extensions["chayan"] = house
    row_numbers.register(app)
    headers.register(app)
    errors.register(app)
    discretion.install()
    static_files.register(app)
    Babel(app, default_locale=languages.CHINESE, default_timezone="Asia/Shanghai", locale_selector=languages.chosen)
    access.register(app)  # before CSRF: a stranger is sent to the sign-in page, not told about a missing token
    limits.register(app)  # before a form is read
    csrf = CSRFProtect(app)
    door.register(app)
    frame.register(app)
    open_rooms(app)
    csrf.exempt(rehearsal_pages)
    csrf.exempt(app.blueprints["interface"])  # a token is no cookie: no other page can make a browser send it
    pacing.register(app)
    return app
