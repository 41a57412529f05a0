"""The school of the long work: its fixtures serve here too."""

from tests.jobs.conftest import school  # noqa: F401
