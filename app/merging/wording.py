"""Why two records stay two, in a sentence that says what to do."""

from flask_babel import gettext as _

from app.merging.refusing import Obstacle


def obstacle_word(obstacle: Obstacle) -> str:
    return {
        Obstacle.OTHER_NUMBER: _("两份的身份证号都有效，却不一样：是两个孩子，不能合并。号码录错的，先改号码。"),
        Obstacle.ELSEWHERE: _("其中一份还在别的学校或班级在读，要先由那边办转出。"),
        Obstacle.DOUBTED: _("要并掉的那一份还有没处理的存疑。请先处理，或者反过来留那一份。"),
        Obstacle.EXEMPT: _("要并掉的那一份有临床判定。请反过来留那一份；两份都有，先把一份的结束。"),
        Obstacle.LINKED: _("其中一份已经合并过。请先撤销那一次。"),
        Obstacle.SEALED: _("这次查验已经归档，里面的记录不再变动。"),
    }[obstacle]
