"""Every table of the house: importing this fills `Base.metadata`, for migrations and tests."""

import app.archive.models
import app.audit.guards
import app.audit.models
import app.campaigns.guards
import app.campaigns.models
import app.checks.models
import app.children.models
import app.clinic.models
import app.desk.models
import app.inspection.models
import app.interface.models
import app.jobs.models
import app.merging.models
import app.notices.models
import app.oversight.marking
import app.oversight.models
import app.parents.models
import app.people.models
import app.privacy.models
import app.reconciling.models
import app.registry.models
import app.reports.models
import app.retention.models
import app.roster.models
import app.schools.models
import app.spotchecks.models
import app.vouchers.models  # noqa: F401
from app.database import Base

metadata = Base.metadata
