"""The closed lists a child's record chooses from.

Values are stored as text; where the rules read them they are the rules' own words.
"""

from enum import StrEnum

# What the rules read has one list, theirs.
from rules.vocabulary import CertificateState as CertificateState
from rules.vocabulary import ClinicResult as ClinicResult
from rules.vocabulary import DoubtKind as DoubtKind


class Sex(StrEnum):
    FEMALE = "F"
    MALE = "M"


class Origin(StrEnum):
    """Where the child's registration is: 本地, 外地, 境外."""

    LOCAL = "local"
    ELSEWHERE = "elsewhere"
    ABROAD = "abroad"


class EnrolmentSource(StrEnum):
    """How the child came into the class: 名册, 转入, 插班, 借读."""

    ROSTER = "roster"
    TRANSFER = "transfer"
    MIDYEAR = "midyear"
    GUEST = "guest"


class EnrolmentState(StrEnum):
    PROPOSED = "proposed"
    ACTIVE = "active"
    LEFT = "left"


class CertificateKind(StrEnum):
    """接种证, 电子接种证, 预防接种证明, 接种单位的查验报告."""

    BOOKLET = "booklet"
    ELECTRONIC = "electronic"
    PROOF = "proof"
    REPORT = "report"


class Whereabouts(StrEnum):
    """Seen and given back at once, kept by the school, or returned later."""

    SEEN = "seen"
    KEPT = "kept"
    RETURNED = "returned"


class DoseSource(StrEnum):
    BOOKLET = "booklet"
    REGISTRY = "registry"
    CLINIC = "clinic"
    GUARDIAN = "guardian"


class DoubtOutcome(StrEnum):
    """How a doubt ended: the record holds, it was corrected, or it was withdrawn."""

    HOLDS = "holds"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


class ExemptionKind(StrEnum):
    """What the clinic decided. A refusal by the guardian is none of these and removes nothing that is owed."""

    CONTRAINDICATED = "contraindicated"
    DEFERRED = "deferred"
    HAD_DISEASE = "had_disease"


class ExemptionEvidence(StrEnum):
    """Which paper was shown. A closed list, so that no diagnosis can be typed into a school's computer."""

    CLINIC_PAPER = "clinic_paper"
    BOOKLET_ENTRY = "booklet_entry"
    REGISTRY = "registry"
