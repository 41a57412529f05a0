"""The form of a school's own lines on its notices."""

from flask_babel import lazy_gettext as _l
from wtforms import Form, StringField
from wtforms.validators import Length

from forms.paper.parties import Heading
from forms.web.one_line import one_line

_LONGEST_LINE, _LONGEST_CONTACT = 24, 48


class HeadingForm(Form):
    """Two lines; both may stay empty."""

    line = StringField(
        _l("校名上面的一行"),
        description=_l("例如集团或校区的名字。可以不填。"),
        filters=[one_line],
        validators=[Length(max=_LONGEST_LINE, message=_l("最多 24 个字，长了纸上放不下。"))],
    )
    contact = StringField(
        _l("联系学校的一行"),
        description=_l("例如“卫生室 0571-5550 0000，工作日 8:00–16:00”。印在落款上面。可以不填。"),
        filters=[one_line],
        validators=[Length(max=_LONGEST_CONTACT, message=_l("最多 48 个字，长了纸上放不下。"))],
    )

    @property
    def heading(self) -> Heading:
        return Heading(self.line.data or "", self.contact.data or "")
