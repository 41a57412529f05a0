"""Uploads stay in memory: a temporary file would hold the names of a whole school in clear on disk.

A script that shows how far an upload is asks for JSON and is told where to go on; a form is sent there.
"""

import io
from typing import Any

from flask import Request as FlaskRequest
from flask import redirect, request
from werkzeug.wrappers import Response as AnyResponse


class Request(FlaskRequest):
    """Keeps the parts of a form in memory; `Settings.largest_request` bounds them."""

    def _get_file_stream(self, *_sizes: Any, **_about: Any) -> io.BytesIO:  # type: ignore[override]
        return io.BytesIO()


def go_on(address: str) -> AnyResponse | dict[str, str]:
    """The file was read: where it is shown."""
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return {"next": address} if best == "application/json" else redirect(address, 303)
