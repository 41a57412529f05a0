"""Uploads stay in memory: a temporary file would hold the names of a whole school in clear on disk."""

import io
from typing import Any

from flask import Request as FlaskRequest


class Request(FlaskRequest):
    """Keeps the parts of a form in memory; `Settings.largest_request` bounds them."""

    def _get_file_stream(self, *_sizes: Any, **_about: Any) -> io.BytesIO:  # type: ignore[override]
        return io.BytesIO()
