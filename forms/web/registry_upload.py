"""The form with which a registry's export comes in."""

from flask_babel import lazy_gettext as _l
from wtforms import FileField, Form
from wtforms.validators import ValidationError

from forms.web.roster_upload import ACCEPTED


class RegistryForm(Form):
    """A file of children and doses; nothing is written before somebody has looked at it."""

    file = FileField(
        _l("登记系统导出的文件"),
        description=_l("Excel、WPS 或文本文件（.xlsx .xls .et .csv），最多 12 万剂。"),
        render_kw={"accept": ACCEPTED},
    )

    def validate_file(self, field: FileField) -> None:
        if not getattr(field.data, "filename", ""):
            raise ValidationError(_l("请选一个文件。"))
