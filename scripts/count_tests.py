"""Prints how many tests of a pytest report passed, failed and were left out."""

import sys
from xml.etree import ElementTree

report = ElementTree.parse(sys.argv[1]).getroot()  # noqa: S314  our own pytest wrote it
suites = list(report.iter("testsuite"))


def total(what: str) -> int:
    return sum(int(suite.get(what, 0)) for suite in suites)


failed = total("failures") + total("errors")
skipped = total("skipped")
print(total("tests") - failed - skipped, failed, skipped)
