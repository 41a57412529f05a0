"""What one key records at the desk: the certificate, and the clinic's word on its assessment page."""

import re
import uuid

from flask_babel import lazy_gettext as _l
from wtforms import Form, HiddenField
from wtforms.validators import InputRequired

from forms.web.choosing import OneOfCards
from rules.vocabulary import CertificateState, ClinicResult

TOKEN = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
#: More digits than any row number has.
_LONGEST_NUMBER = 12
_STATES = {"absent": CertificateState.ABSENT, "unreadable": CertificateState.DOUBTFUL}


class AssessmentForm(Form):
    """One of five answers: the clinic's three words, that there is no certificate, or that it cannot be read."""

    answer = OneOfCards(
        _l("评估页写的是"),
        validators=[InputRequired(_l("请选评估页上写的是哪一种。"))],
        offers=[
            ("complete", _l("已完成")),
            ("catch_up", _l("需补种")),
            ("none", _l("没有评估")),
            ("absent", _l("没带证或没有证")),
            ("unreadable", _l("看不清")),
        ],
    )
    #: The certificate's row that this desk had before its eyes, so that two desks notice each other.
    instead_of = HiddenField()
    #: Made with the form: saved once, however often it arrives.
    token = HiddenField()

    @property
    def state(self) -> CertificateState:
        return _STATES.get(self.answer.data, CertificateState.PRESENT)

    @property
    def clinic_result(self) -> ClinicResult | None:
        """What the clinic wrote; None without a certificate to read it in."""
        return None if self.answer.data in _STATES else ClinicResult(self.answer.data)

    @property
    def seen(self) -> int | None:
        seen = self.instead_of.data or ""
        return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < _LONGEST_NUMBER else None

    @property
    def once(self) -> str:
        """The form's token; a new one where a browser sent none that could be ours."""
        token = self.token.data or ""
        return token if TOKEN.fullmatch(token) else new_token()


def new_token() -> str:
    """Nobody's yet."""
    return str(uuid.uuid4())
