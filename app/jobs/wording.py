"""The words of long work: what it is, how far it is, how long the rest takes, why it stopped."""

from flask_babel import gettext as _

from app.jobs.models import Failure, Job, JobFile, JobKind, JobState
from app.jobs.notices import ALL

_A_MINUTE = 60


def job_kind_word(kind: JobKind) -> str:
    return {JobKind.NOTICES: _("打印通知"), JobKind.ARCHIVE: _("做归档包")}[kind]


def job_state_word(state: JobState) -> str:
    words = {
        JobState.WAITING: _("等着开始"),
        JobState.RUNNING: _("正在做"),
        JobState.DONE: _("做好了"),
        JobState.CANCELLED: _("已停下"),
        JobState.FAILED: _("没有做成"),
    }
    return words[state]


def job_left_words(seconds: float | None) -> str:
    """还要约 2 分钟"""
    if seconds is None:
        return ""
    if seconds < _A_MINUTE:
        return _("还要不到 1 分钟")
    return _("还要约 %(n)s 分钟", n=round(seconds / _A_MINUTE + 0.49))


def job_failure_words(job: Job) -> str:
    words = {
        Failure.NOT_ALLOWED: _("您的账号或职责变了，没有继续做。请用现在的账号重新开始。"),
        Failure.SEALED: _("这一批已经封存，没有再打印。"),
        Failure.NO_FONTS: _("服务器上没有汉字字体，打印不了。请管理员装上 fonts-noto-cjk，再点“接着做”。"),
        Failure.BROKE: _("中途出了错，已经做好的都在。可以点“接着做”；再停下来，请告诉管理员这个编号。"),
    }
    return words[job.failed_because] if job.failed_because else ""


def job_file_words(file: JobFile, labels: dict[int, str]) -> str:
    """What stands beside the button that fetches a file."""
    if file.part_id is not None:
        return labels.get(file.part_id, "")
    return _("全部，一个文件") if file.name == ALL else _("归档包")


def job_size_words(size: int) -> str:
    """640 kB, 2.4 MB"""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} kB"
