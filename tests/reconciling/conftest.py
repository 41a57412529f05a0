"""A girl with a booklet, and a registry's file that says something else."""

import pytest

from app.children.models import Child
from app.database import Database
from app.privacy.identities import IdentifierKind
from tests.district import District
from tests.registry.conftest import Center as Center
from tests.registry.conftest import center as center
from tests.roster.school import known

CODE = "330106202000010001"


@pytest.fixture
def kid(database: Database, district: District) -> Child:
    with database.writing() as session:
        return known(session, district.classes["near_1"], "林小明", CODE, kind=IdentifierKind.CHILD_CODE)
