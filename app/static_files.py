"""Our own css, js and fonts, each with a fingerprint in its address, so that browsers may keep them for ever."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response, request, send_from_directory, url_for

from app.config import ROOT
from app.people.access import open_to_all

FOLDER = ROOT / "static"


def register(app: Flask) -> None:
    app.add_url_rule("/static/<path:filename>", "static", static)
    app.add_template_global(asset)


def asset(filename: str) -> str:
    """The address of a file under static/, with a fingerprint of its content."""
    return url_for("static", filename=filename, v=_version(filename))


@open_to_all
def static(filename: str) -> Response:
    response = send_from_directory(FOLDER, filename)
    # An old page may ask for an older file than the one we have: that answer must not be kept for ever.
    current = request.args.get("v") == _version(filename)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if current else "no-cache"
    return response


def _version(filename: str) -> str:
    path = FOLDER / filename
    # The time of change is part of the question, so that an edited file is seen without a restart.
    return _fingerprint(path, path.stat().st_mtime_ns) if path.is_file() else "missing"


@cache
def _fingerprint(path: Path, _changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
