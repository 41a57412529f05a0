"""Lays an assessment beside what a case expects and says every difference in words."""

import re
from collections.abc import Iterator
from typing import Any

from rules import assess, contract, national
from rules.law import Law
from tests.rules.casebook import Case, CaseError, index_of

_OWED = re.compile(
    r"(?P<product>\S+) (?P<dose>\d)"
    r"(?: (?P<earliest>\d{4}-\d{2}-\d{2}))?"
    r"(?: (?P<state>waiting|due|overdue))?"
    r"(?: if (?P<condition>\w+)| (?P<unconditional>unconditionally))?"
    r"(?: by (?P<because>.+))?"
)
_NEXT = re.compile(r"(?P<product>\S+) (?P<dose>\d)(?: (?P<from>\d{4}-\d{2}-\d{2}))?")


def judge(child: dict[str, Any], edition: str | None = None, law: Law | None = None) -> dict[str, Any]:
    """The contract's output for the contract's input."""
    law = law or national()
    assessment = assess(contract.read(child), law.edition(edition) if edition else None, law)
    return contract.write(assessment, child["id"])


def differences(case: Case, law: Law | None = None) -> list[str]:
    """What the engine says otherwise than the case; empty when it says the same."""
    answer = judge(case.child, case.edition, law)
    found = []
    for key, wanted in case.expect.items():
        if key in ("verdict", "result", "edition"):
            if answer[key] != wanted:
                found.append(f"{key}: {answer[key]}, expected {wanted}")
        elif key == "warnings":
            found += _warnings(case, answer, wanted)
        else:
            found += [f"{key} {words}" for words in _line(case, answer, key, wanted)]
    return found


def _line(case: Case, answer: dict[str, Any], line: str, wanted: dict[str, Any]) -> Iterator[str]:
    judged = answer["lines"][line]
    if "status" in wanted and judged["status"] != wanted["status"]:
        yield f"status: {judged['status']}, expected {wanted['status']} (owed {judged['owed']}, next {judged['next']})"
    if "owed" in wanted:
        yield from _owed(judged["owed"], wanted["owed"])
    if "next" in wanted:
        yield from _next(judged["next"], wanted["next"])
    entries, fates = case.child["doses"], answer["doses"]
    for words, number in wanted.get("counts", {}).items():
        fate = fates[index_of(words, entries, line)]
        if fate["counts_for"].get(line) != int(number):
            yield f"dose {words}: counts {fate['counts_for']}, reasons {fate['reasons']}; expected to count as {number}"
    for words, reasons in wanted.get("refused", {}).items():
        fate = fates[index_of(words, entries, line)]
        if set(fate["reasons"].get(line, ())) != set(reasons.split()) or line in fate["counts_for"]:
            yield f"dose {words}: counts {fate['counts_for']}, reasons {fate['reasons']}; expected {reasons}"
    for words in wanted.get("extra", ()):
        fate = fates[index_of(words, entries, line)]
        if line in fate["reasons"] or line in fate["counts_for"]:
            yield f"dose {words}: counts {fate['counts_for']}, reasons {fate['reasons']}; expected neither"


def _owed(judged: list[dict[str, Any]], wanted: list[str]) -> Iterator[str]:
    if len(judged) != len(wanted):
        yield f"owes {judged}, expected {wanted}"
        return
    for owed, words in zip(judged, wanted, strict=True):
        match = _OWED.fullmatch(words)
        if not match:
            raise CaseError(f"{words!r} is not `PRODUCT NUMBER [DAY] [STATE] [if CONDITION] [by CITATION]`")
        parts = match.groupdict()
        because, unconditional = parts.pop("because"), parts.pop("unconditional")
        said = {key: str(owed[key]) for key, value in parts.items() if value is not None}
        if said != {key: value for key, value in parts.items() if value is not None}:
            yield f"owes {owed}, expected {words}"
        elif unconditional and owed["condition"] is not None:
            yield f"owes {owed}, expected no condition"
        elif because and because not in owed["because"]:
            yield f"owes {owed}, expected it to cite {because}"


def _next(judged: dict[str, Any] | None, words: str) -> Iterator[str]:
    if words == "none":
        if judged is not None:
            yield f"next: {judged}, expected none"
        return
    match = _NEXT.fullmatch(words)
    if not match:
        raise CaseError(f"{words!r} is not `PRODUCT NUMBER [DAY]`")
    parts = {key: value for key, value in match.groupdict().items() if value is not None}
    if judged is None or {key: str(judged[key]) for key in parts} != parts:
        yield f"next: {judged}, expected {words}"


def _warnings(case: Case, answer: dict[str, Any], wanted: Any) -> Iterator[str]:
    """`none` for no warning anywhere, or the warnings of the doses that are named (an empty text for no warning)."""
    if wanted == "none":
        yield from (
            f"warning {dose['warnings']} of dose {dose['index']}" for dose in answer["doses"] if dose["warnings"]
        )
        return
    for words, warnings in wanted.items():
        said = answer["doses"][index_of(words, case.child["doses"], None)]["warnings"]
        if sorted(said) != sorted(warnings.split()):
            yield f"dose {words}: warnings {said}, expected {warnings or 'none'}"
