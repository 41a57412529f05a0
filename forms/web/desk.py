"""What one key records at the desk: the certificate, and the clinic's word on its assessment page."""

from flask_babel import lazy_gettext as _l
from wtforms import Form, HiddenField
from wtforms.validators import InputRequired

from forms.web.choosing import OneOfCards
from rules.vocabulary import CertificateState, ClinicResult


class AssessmentForm(Form):
    """One of four answers: the clinic's three words, or that there is no certificate."""

    answer = OneOfCards(
        _l("评估页写的是"),
        validators=[InputRequired(_l("请选评估页上写的是哪一种。"))],
        offers=[
            ("complete", _l("已完成")),
            ("catch_up", _l("需补种")),
            ("none", _l("没有评估")),
            ("absent", _l("没带证或没有证")),
        ],
    )
    #: The certificate's row that this desk had before its eyes, so that two desks notice each other.
    instead_of = HiddenField()

    @property
    def state(self) -> CertificateState:
        return CertificateState.ABSENT if self.answer.data == "absent" else CertificateState.PRESENT

    @property
    def clinic_result(self) -> ClinicResult | None:
        """What the clinic wrote; None without a certificate to read it in."""
        return None if self.answer.data == "absent" else ClinicResult(self.answer.data)

    @property
    def seen(self) -> int | None:
        seen = self.instead_of.data or ""
        return int(seen) if seen.isdigit() else None
