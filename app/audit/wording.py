"""Words of the trail: every action is a kind and a verb (check.saved is 查验 保存); a test holds that all have both."""

import json

from flask_babel import gettext as _

from app.audit.models import AuditEvent


def kinds() -> dict[str, str]:
    """The kinds of action, in the order of the choice."""
    return {
        "read": _("查看"),
        "check": _("查验"),
        "dose": _("剂次"),
        "certificate": _("接种证"),
        "doubt": _("存疑"),
        "exemption": _("禁忌、暂缓"),
        "child": _("儿童"),
        "notice": _("通知"),
        "family": _("家长"),
        "report": _("名单"),
        "clinic": _("补种"),
        "event": _("接种后反应"),
        "appointment": _("预约"),
        "session": _("接种安排"),
        "product": _("疫苗"),
        "contact": _("联系家长"),
        "comparison": _("三方比较"),
        "roster": _("名册导入"),
        "registry": _("接种记录导入"),
        "hand_over": _("转出转入"),
        "voucher": _("凭证"),
        "desk": _("查验台"),
        "campaign": _("批次"),
        "spot_check": _("抽查"),
        "visit": _("督导"),
        "archive": _("归档包"),
        "erasure": _("删除证明"),
        "retention": _("保存期限"),
        "job": _("长任务"),
        "user": _("用户"),
        "token": _("接口凭证"),
        "organisation": _("机构"),
        "class": _("班级"),
        "area": _("地区"),
        "audit": _("审计"),
        "practice": _("演练"),
        "keys": _("密钥"),
        "demo": _("演示"),
    }


def _verbs() -> dict[str, str]:
    return {
        "acknowledged": _("收到"),
        "abandoned": _("作废"),
        "added": _("新增"),
        "answered": _("回答了问题"),
        "applied": _("写入"),
        "asked": _("要求"),
        "assigned": _("安排"),
        "called_again": _("催种"),
        "cancelled": _("取消"),
        "certified": _("开出"),
        "changed": _("修改"),
        "child": _("带出一名儿童"),
        "closed": _("结束"),
        "code_bound": _("绑定条码"),
        "columns_named": _("认下列名"),
        "contact_named": _("填联系人"),
        "corrected": _("更正"),
        "doses_loaded": _("装入剂次"),
        "doubted": _("记为存疑"),
        "drafted": _("生成"),
        "drawn": _("抽样"),
        "edition_pinned": _("换版本"),
        "ended": _("结束"),
        "entered": _("录入"),
        "erased": _("删除资料"),
        "expired": _("过期"),
        "export": _("导出"),
        "exported": _("导出"),
        "fetched": _("取走文件"),
        "files_gone": _("清除文件"),
        "frozen": _("定稿"),
        "gave": _("接种"),
        "handed": _("发出"),
        "handed_over": _("转出"),
        "heading_set": _("改抬头"),
        "invited": _("通知"),
        "issued": _("开出"),
        "list": _("名单"),
        "logged": _("记下"),
        "made": _("建立"),
        "moved": _("调动"),
        "not_given": _("没有种"),
        "noted": _("记下"),
        "opened": _("开始"),
        "opened_again": _("重新打开"),
        "page": _("页面"),
        "password_changed": _("改密码"),
        "password_reset": _("重设密码"),
        "paused": _("暂停"),
        "prepared": _("准备好一项"),
        "print": _("打印"),
        "printed": _("打印"),
        "proposed": _("提交"),
        "put_right": _("整改完成"),
        "raised": _("提出"),
        "received": _("收到"),
        "recorded": _("记录"),
        "refused": _("不写入"),
        "renumbered": _("改编号"),
        "replaced": _("换新"),
        "replayed": _("重新判断"),
        "reported": _("上报"),
        "resumed": _("恢复"),
        "retired": _("停用旧的"),
        "returned": _("退回"),
        "roster_loaded": _("装入名册"),
        "revoked": _("收回"),
        "rotated": _("更换"),
        "saved": _("保存"),
        "sealed": _("封存"),
        "sent": _("送出"),
        "set": _("设定"),
        "set_up": _("建立"),
        "settled": _("解决"),
        "signed_in": _("登录"),
        "signed_out": _("退出"),
        "slip_back": _("收回执"),
        "switched_off": _("停用"),
        "switched_on": _("启用"),
        "taken_back": _("撤回"),
        "taken_up": _("接着做"),
        "undone": _("撤销"),
        "unprepared": _("取消准备好的一项"),
        "merged": _("合并"),
        "parted": _("撤销合并"),
        "verified": _("校验"),
        "wiped": _("清空"),
        "withdrawn": _("作废"),
    }


def action_word(action: str) -> str:
    """查验 保存; the code itself where nobody gave it words."""
    kind, _point, verb = action.partition(".")
    words = kinds().get(kind), _verbs().get(verb)
    return action if None in words else " ".join(str(one) for one in words)


def nobody_word(role: str) -> str:
    """Who did it where no person of the house did."""
    return str(_("家长")) if role == "parent" else str(_("命令行"))


def subject_word(event: AuditEvent) -> str:
    """What it was about, by the number of its row: never by name."""
    words = {
        "child": _("儿童"),
        "check": _("查验记录"),
        "notice": _("通知"),
        "report": _("名单"),
        "campaign": _("批次"),
        "class": _("班级"),
        "user": _("用户"),
        "token": _("接口凭证"),
        "organisation": _("机构"),
        "job": _("长任务"),
        "desk": _("查验台"),
        "search": _("查找"),
        "roster_import": _("名册导入"),
        "registry_import": _("接种记录导入"),
        "vaccination_session": _("接种安排"),
        "product_pause": _("暂停的疫苗"),
        "spot_check": _("抽查"),
        "visit": _("督导"),
    }
    if event.subject_kind is None:
        return ""
    word = words.get(event.subject_kind, event.subject_kind)
    return word if event.subject_id is None else f"{word} #{event.subject_id}"


def detail_words(event: AuditEvent) -> list[str]:
    """The codes and counts that were noted; a list of rows as how many there were."""
    detail = json.loads(event.detail)
    return [f"{name}={len(value) if isinstance(value, list) else value}" for name, value in detail.items()]


ON_PAGES = (action_word, subject_word, detail_words, nobody_word)
