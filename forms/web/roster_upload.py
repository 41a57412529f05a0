"""The form with which a roster comes in: the file, and the class where the file has no column that says it."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import FileField, Form, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs lag behind WTForms 3.3
from wtforms.validators import ValidationError

#: What the browser's file dialog offers; what a file really is shows when it is opened.
ACCEPTED = ".xlsx,.xls,.et,.ods,.csv,.txt"


class RosterForm(Form):
    """A file of names; nothing is written before somebody has looked at it."""

    file = FileField(
        _l("名册文件"),
        description=_l("Excel、WPS 或文本文件（.xlsx .xls .et .csv），最多 20000 个孩子。"),
        render_kw={"accept": ACCEPTED},
    )
    pasted = TextAreaField(
        _l("或者粘贴表格里的格子"),
        description=_l("在 Excel 或 WPS 里选中几列几行（连表头），复制，再粘贴到这里。"),
        render_kw={"rows": 4, "spellcheck": "false", "autocomplete": "off"},
    )
    class_id = SelectField(  # type: ignore[call-arg]  # the same
        _l("这是哪个班的名册"),
        description=_l("文件里有“班级”一列就不用选。"),
        default="",
        invalid_choice_message=_l("没有这个班，请重新选。"),
    )

    def offer(self, classes: Sequence[tuple[int, str]], none: str) -> None:
        """Say which classes the school has."""
        self.class_id.choices = [
            SelectChoice("", none),
            *(SelectChoice(str(number), name) for number, name in classes),
        ]

    def validate_file(self, field: FileField) -> None:
        if not getattr(field.data, "filename", "") and not (self.pasted.data or "").strip():
            raise ValidationError(_l("请选一个文件，或者粘贴表格里的格子。"))

    def content(self) -> bytes:
        """The file; where none was chosen, what was pasted."""
        if getattr(self.file.data, "filename", ""):
            read: bytes = self.file.data.read()
            return read
        return (self.pasted.data or "").encode("utf-8", "surrogatepass")
