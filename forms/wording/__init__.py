"""The words of the papers, on screen and printed: vaccines, spans of time, reasons, results. One place for each.

Chinese is the source; every phrase goes through gettext. A space stands between Han characters and digits in sentences,
none in compact data (`6月龄＋5天`).
"""

from forms.wording.names import (
    certificate_word,
    clinic_result_word,
    dose_number,
    doubt_word,
    exemption_word,
    line_name,
    no_day,
    owed_dose,
    product_name,
    result_word,
    short_dose,
    source_word,
    state_word,
    status_word,
    to_verify,
)
from forms.wording.plans import why_left_out, why_not_earlier
from forms.wording.reasons import condition_word, why_owed, why_uncounted, why_warned
from forms.wording.results import say_next, summary
from forms.wording.spans import age_at, age_in_words, compact_age, span_of_age, span_of_time, weekday_word
from forms.wording.traces import (
    fact_word,
    outcome_of,
    steps_of_dose,
    steps_of_owed,
    warning_clause,
    why_result,
    why_status,
)

__all__ = [
    "age_at",
    "age_in_words",
    "certificate_word",
    "clinic_result_word",
    "compact_age",
    "condition_word",
    "dose_number",
    "doubt_word",
    "exemption_word",
    "fact_word",
    "line_name",
    "no_day",
    "outcome_of",
    "owed_dose",
    "product_name",
    "result_word",
    "say_next",
    "short_dose",
    "source_word",
    "span_of_age",
    "span_of_time",
    "state_word",
    "status_word",
    "steps_of_dose",
    "steps_of_owed",
    "summary",
    "to_verify",
    "warning_clause",
    "weekday_word",
    "why_left_out",
    "why_not_earlier",
    "why_owed",
    "why_result",
    "why_status",
    "why_uncounted",
    "why_warned",
]
