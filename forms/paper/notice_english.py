"""The English of the bilingual notice, sentence beside sentence with `forms.paper.notice_words`.

It belongs to the paper and not to the screen's catalogue: this sheet speaks both, whatever the office speaks.
"""

from collections.abc import Iterator

from forms.paper.notice import Kind, NoticeSheet, Visit

HEADINGS = {
    "owed": "Doses to catch up",
    "verify": "For the clinic to verify",
    "waived": "Not completed, and not needed now",
    "records": "Doses the school has seen on record",
}
SCHOOL = "Your child may go to school as usual."
MISSED = "Was a dose given that is not listed? Please ask the clinic to add it. No record does not mean not vaccinated."
SLIP = "Reply slip: signed by guardian, stamped by clinic, returned to the class teacher"
BRING = "Bring: the child, the vaccination certificate, this notice"


def title(sheet: NoticeSheet) -> str:
    fixed = {Kind.PASSED: "Vaccination check: complete", Kind.WAIVED: "Vaccination check: nothing to catch up"}
    if sheet.kind in fixed:
        return fixed[sheet.kind]
    parts = []
    if sheet.certificate:
        parts.append("certificate to replace")
    if sheet.owed:
        parts.append("doses to catch up")
    if sheet.questions or sheet.clinic_says:
        parts.append("records to verify")
    again = " (second reminder)" if sheet.kind is Kind.SECOND else ""
    return f"Vaccination notice: {', '.join(parts)}{again}"


def letter(sheet: NoticeSheet) -> str:
    if sheet.kind is Kind.PASSED:
        return f"On {sheet.checked_on} the school checked: every dose of the national programme due by then was given."
    if sheet.kind is Kind.WAIVED:
        return f"On {sheet.checked_on} the school checked: nothing is to be caught up now."
    return " ".join((*_asks(sheet), SCHOOL, f"The school looks again before {sheet.recheck_by}."))


def plan(sheet: NoticeSheet) -> str:
    if not sheet.planned_visits:
        return ""
    visits = "one visit" if sheet.planned_visits == 1 else f"{sheet.planned_visits} visits"
    begin = f" Please begin by {sheet.latest_start}." if sheet.latest_start else ""
    return f"All can be given in {visits}.{begin}"


def advice(sheet: NoticeSheet) -> str:
    if not sheet.kind.asks:
        return "This paper says how things stood on the day of the check. The clinic's assessment has the last word."
    return "This is a reminder after the school's check. The doctors of the clinic decide what is given, and when."


def visit(one: Visit) -> str:
    return f"Visit {one.number}" if one.number else ""


def _asks(sheet: NoticeSheet) -> Iterator[str]:
    if sheet.certificate == "being_replaced":
        yield "The vaccination certificate is being replaced; please show it at school when it is ready."
    elif sheet.certificate:
        yield "The school has not seen the vaccination certificate. If it is lost, the issuing clinic replaces it."
    if sheet.still_owed:
        doses = "1 dose" if sheet.still_owed == 1 else f"{sheet.still_owed} doses"
        yield f"To catch up: {doses} of the national programme, free of charge."
        if not sheet.ready:
            yield "The interval is not over yet; please go on the day given below."
        elif sheet.ready == sheet.still_owed:
            yield "You can go now."
        else:
            yield f"{sheet.ready} can be given now, the others on the days given below."
    elif sheet.owed:
        yield "The doses of this notice are settled."
    if sheet.clinic_says == "complete":
        yield "The clinic wrote “complete”, but the school saw no record of the doses below; please ask the clinic."
    elif sheet.clinic_says:
        yield "The clinic wrote “catch-up needed”, and the school cannot see which dose; please ask the clinic."
    elif sheet.questions:
        yield "Some records are for the clinic to verify first; only then is it known whether anything is owed."
