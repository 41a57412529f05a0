"""The one line under a result, and what to say to the family."""

from forms.translating import translate as _
from rules.vocabulary import Assessment, Result, State, Status


def summary(assessment: Assessment) -> str:
    """One line under the result word; it never says 未接种 where a record is missing."""
    owed = [one for line in assessment.lines if line.status is Status.OWED for one in line.owed]
    lines_in_review = sum(line.status is Status.REVIEW for line in assessment.lines)
    if assessment.result is Result.NO_CERTIFICATE:
        return _("有证才能核对，先问证在哪里")
    if assessment.result is Result.CATCH_UP:
        ready = sum(one.state is not State.WAITING for one in owed)
        if ready == len(owed):
            return _("要补 %(n)s 剂", n=len(owed))
        if ready == 0:
            return _("要补 %(n)s 剂，还没到间隔", n=len(owed))
        return _("要补 %(n)s 剂，%(k)s 剂现在就能种", n=len(owed), k=ready)
    if assessment.result is Result.REVIEW:
        if lines_in_review:
            return _("%(n)s 种疫苗的记录要核实", n=lines_in_review)
        return _("接种单位的评估与这里的判断不一样")
    if assessment.result is Result.WAIVED:
        return _("不用再补，有的按规定不种")
    return _("到今天应种的都种了")


def say_next(assessment: Assessment) -> str:
    """The sentence a clerk says when the booklet goes back."""
    if assessment.result is Result.NO_CERTIFICATE:
        return _("证在家里的，明天带来；丢了的，到原发证单位补办。孩子可以照常上学。")
    if assessment.result is Result.CATCH_UP:
        return _("请带孩子和接种证到接种单位补种。孩子可以照常上学。")
    if assessment.result is Result.REVIEW:
        return _("请家长带接种证到接种单位核实。没有记录，不等于没有种。")
    if assessment.result is Result.WAIVED:
        return _("还接种证，查验证明上写明不种的是哪一种。")
    return _("还接种证，查下一位。")
