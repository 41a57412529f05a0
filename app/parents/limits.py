"""How often one line may ask the pages that need no sign-in; beside the count of guesses, which the database keeps."""

from flask import Flask, request
from flask_limiter import Limiter

from app.parents.visiting import neighbourhood

#: Families of one school or one mobile network share an address, so this only stops machines.
LOOK, JUDGE, PRINT = "120 per minute", "60 per minute;600 per hour", "20 per minute"
#: No form here is longer; the house's own limit is for files.
LARGEST_FORM = 64 * 1024
#: The rooms that need no sign-in and look like one.
OPEN_ROOMS = frozenset({"parents", "rehearsals"})

limiter = Limiter(
    key_func=lambda: neighbourhood(request.remote_addr or ""), storage_uri="memory://", headers_enabled=False
)


def register(app: Flask) -> None:
    app.before_request(_keep_it_short)
    limiter.init_app(app)


def _keep_it_short() -> None:
    if request.blueprint in OPEN_ROOMS:
        request.max_content_length = LARGEST_FORM
