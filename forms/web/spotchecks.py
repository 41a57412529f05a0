"""Drawing a spot check: shares in percent, a seed that can be published."""

import re
import unicodedata
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form, StringField
from wtforms.validators import Length, Regexp, ValidationError

from forms.web.choosing import Choices, OneOf, OneOfCards
from forms.web.one_line import one_line

KINDS: Choices = [("records", _l("记录和接种证对不对得上")), ("coverage", _l("快速接种率调查"))]
_PERCENT = re.compile(r"\d{1,2}(\.\d)?")


class PercentField(StringField):
    """Between 0 and 100 with one digit after the point; a % behind it and full-width digits are read too."""

    def pre_validate(self, form: Any) -> None:
        plain = unicodedata.normalize("NFKC", self.data or "").strip().rstrip("%").strip()
        if not _PERCENT.fullmatch(plain) or not float(plain):
            raise ValidationError(_("请填 0 到 100 之间的数，例如 5 或 2.5。"))
        self.data = plain


class SpotCheckForm(Form):
    """What a sample is drawn by."""

    campaign = OneOf(_l("批次"))
    kind = OneOfCards(_l("查什么"), offers=KINDS)
    line = OneOf(_l("调查哪种疫苗"))
    expected = PercentField(_l("估计有多少（%）"), description=_l("出错的，或没有种的。不知道就填 50，样本最大。"))
    precision = PercentField(_l("允许误差（±%）"), description=_l("越小，要查的人越多。"))
    target = PercentField(_l("要达到（%）"), description=_l("只用于接种率调查。"))
    seed = StringField(
        _l("抽样种子"),
        [
            Length(1, 40, message=_l("请填种子，40 个字以内。")),
            Regexp(r"[A-Za-z0-9-]+\Z", message=_l("种子只能用数字、字母和“-”。")),
        ],
        filters=[one_line],
        description=_l("公开的数，例如当天开奖号码。别人用它可以抽出同一批人。"),
    )

    def offer(self, campaigns: Choices, lines: Choices) -> None:
        self.campaign.offer(campaigns)
        self.line.offer(lines)

    def per_mille(self, field: PercentField) -> int:
        return round(float(field.data or "0") * 10)
