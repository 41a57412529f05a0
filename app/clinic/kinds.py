"""The closed lists of the health center's desk."""

from enum import StrEnum


class SessionState(StrEnum):
    OPEN = "open"
    PAUSED = "paused"


class PauseReason(StrEnum):
    """Why a session or a product is not given: 没有疫苗, 冷链, 质量或召回, 异常反应, 人手, 天气或疫情, 学校."""

    NO_STOCK = "no_stock"
    COLD_CHAIN = "cold_chain"
    RECALL = "recall"
    ADVERSE_EVENT = "adverse_event"
    STAFF = "staff"
    WEATHER = "weather"
    SCHOOL = "school"


class EndedBecause(StrEnum):
    """An appointment is over: kept, did not come, moved to another day, taken back."""

    CAME = "came"
    MISSED = "missed"
    MOVED = "moved"
    CANCELLED = "cancelled"


class WhyNot(StrEnum):
    """Why a dose was not given. A refusal removes nothing that is owed."""

    REFUSED = "refused"
    ILL = "ill"
    CONTRAINDICATED = "contraindicated"
    MOVED = "moved"
    NO_STOCK = "no_stock"
    NOT_REACHED = "not_reached"
    ELSEWHERE = "elsewhere"
    NOT_COME = "not_come"


class ContactWay(StrEnum):
    CALL = "call"
    MESSAGE = "message"
    VISIT = "visit"
    SCHOOL = "school"


class ContactResult(StrEnum):
    """What came of it: will come, told, nobody answers, wrong number, says it was given elsewhere, moved, refuses."""

    WILL_COME = "will_come"
    TOLD = "told"
    NO_ANSWER = "no_answer"
    WRONG_NUMBER = "wrong_number"
    ELSEWHERE = "elsewhere"
    MOVED = "moved"
    REFUSES = "refuses"


#: Nobody was reached.
NOT_REACHED = frozenset({ContactResult.NO_ANSWER, ContactResult.WRONG_NUMBER})


class Seriousness(StrEnum):
    """一般反应, 严重, 死亡或群体性: the last two are reported within hours."""

    MILD = "mild"
    SERIOUS = "serious"
    URGENT = "urgent"
