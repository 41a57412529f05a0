"""What is said when a scanned voucher cannot be believed."""

from flask_babel import gettext as _

from app.vouchers import signing
from app.vouchers.queries import NobodyHere


def refusal_words(why: signing.VoucherRefused) -> str:
    if isinstance(why, NobodyHere):
        return _("这张接种凭证不是这里的孩子的。请看看是不是拿错了。")
    if isinstance(why, signing.NewerVersion):
        return _("这张接种凭证是新版本的程序打印的，这里读不了。请照上面的字录入，并告诉管理员升级。")
    if isinstance(why, signing.UnknownIssuer):
        return _("这张接种凭证不是这个系统签的。请照上面的字录入，来源写“接种证”。")
    if isinstance(why, signing.Forged):
        return _("这张接种凭证的签名对不上，不能采信。请看接种证，或打电话问接种单位。")
    return _("没有读全。请把凭证铺平再扫一次。")
