"""Why an export was not written, to the person who pressed the button."""

from flask_babel import gettext as _

from app.roster.refusing import AlreadyDecided, Moved, NotApplied, StillOpen


def refusal_word(refusal: NotApplied) -> str:
    if isinstance(refusal, Moved):
        return _("您看的时候，系统里的内容变了。什么都没有写，请再看一遍。")
    if isinstance(refusal, StillOpen):
        return _("没有新的剂次，什么都没有写。")
    if isinstance(refusal, AlreadyDecided):
        return _("这份文件已经处理过了，没有再写一遍。")
    return _("这份文件打不开了，什么都没有写。请重新上传。")
