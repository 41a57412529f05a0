"""The forms offer exactly what the tables can keep and the rules can read: forms cannot import either list."""

from enum import StrEnum

import pytest

from app.children import kinds
from forms.web import children, records
from rules.law import THINKING


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        (children.SEXES, kinds.Sex),
        (children.ORIGINS, kinds.Origin),
        (children.SOURCES, kinds.EnrolmentSource),
        (records.CERTIFICATE_KINDS, kinds.CertificateKind),
        (records.CERTIFICATE_STATES, kinds.CertificateState),
        (records.WHEREABOUTS[1:], kinds.Whereabouts),
        (records.CLINIC_RESULTS[:-1], kinds.ClinicResult),
        (records.DOUBT_KINDS, kinds.DoubtKind),
        (records.OUTCOMES, kinds.DoubtOutcome),
        (records.EXEMPTION_KINDS_AT_CLINIC, kinds.ExemptionKind),
        (records.EVIDENCE, kinds.ExemptionEvidence),
    ],
)
def test_a_form_offers_what_a_column_keeps(choices: list[tuple[str, str]], words: type[StrEnum]) -> None:
    assert {value for value, _word in choices} == set(words)


def test_what_stands_for_nothing_is_empty() -> None:
    assert records.WHEREABOUTS[0][0] == ""
    assert records.CLINIC_RESULTS[-1][0] == ""


def test_a_school_is_offered_no_disease() -> None:
    offered = {value for value, _word in records.EXEMPTION_KINDS}
    assert offered == set(kinds.ExemptionKind) - {kinds.ExemptionKind.HAD_DISEASE}


def test_doubts_and_exemptions_know_every_line() -> None:
    assert tuple(THINKING) == records.LINES
