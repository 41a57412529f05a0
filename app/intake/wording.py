"""The words for what was read, and for what was not: what it is, why not, what to do."""

from flask_babel import gettext as _

from app.intake import limits
from app.intake.telling_apart import Kind, Told


def kind_word(kind: Kind) -> str:
    return {
        Kind.NOTICE: _("通知码"),
        Kind.COMMAND: _("命令卡"),
        Kind.VOUCHER: _("接种凭证"),
        Kind.RESIDENT_ID: _("身份证号"),
        Kind.CHILD_CODE: _("接种证上的码"),
        Kind.TRACE: _("疫苗追溯码"),
        Kind.GOODS: _("商品条码"),
        Kind.URL: _("网址"),
        Kind.UNKNOWN: _("不认识的码"),
    }[kind]


#: A code can hold pages of text; so much of it is shown.
_SHOWN = 120


def shown(told: Told) -> str:
    """What a page shows of a code: of an identity number the last four."""
    if told.kind is Kind.RESIDENT_ID:
        return _("尾号 %(last)s", last=told.meant[-4:])
    if told.kind is Kind.VOUCHER:
        return _("%(n)s 位数字，有接种单位的签名", n=len(told.meant))
    plain = " ".join("".join(one if one.isprintable() else " " for one in told.meant[: 4 * _SHOWN]).split())
    if len(told.meant) > _SHOWN:
        return _("%(begin)s…（共 %(n)s 个字）", begin=plain[:_SHOWN], n=len(told.meant))
    return plain


def refusal_word(word: str) -> str:
    """Why a file was not read, and what to do instead."""
    if word == "empty":
        return _("文件是空的。请看看是不是选错了文件。")
    if word == "heavy":
        return _(
            "文件超过 %(n)s MB。请用手机的普通模式重拍一张，或者把文件分开再传。", n=limits.LARGEST_FILE // limits.MB
        )
    if word == "too_large":
        return _(
            "照片太大：最多 %(pixels)s 万像素，长边不超过 %(side)s 点。请用手机的普通模式重拍一张。",
            pixels=limits.MOST_PIXELS // 10_000,
            side=limits.LONGEST_SIDE,
        )
    if word == "too_small":
        return _("图太小，里面放不下一个码。请选原来的照片。")
    if word == "many_pages":
        return _("PDF 超过 %(n)s 页。请只扫有码的那几页，或者分成几个文件。", n=limits.MOST_PAGES)
    if word == "locked":
        return _("PDF 加了密码，打不开。请去掉密码，或者直接拍照。")
    if word == "other_kind":
        return _("这种文件这里不读。能读 JPEG、PNG、HEIC 照片和 PDF 扫描件；请换一种格式，或者直接拍照。")
    if word == "no_picture":
        return _("这不是照片，也不是 PDF。文件名改了后缀不算；请选原来的照片，或者直接拍照。")
    if word == "too_hard":
        return _("这个文件读得太久，已经停下。请重拍一张再传。")
    return _("文件坏了，或者没有传完。请重传一次；还不行，就重拍一张。")
