"""Measures the printing of made-up notices with 1 to 14 owed doses and a record to match: scripts/bench-papers."""

import argparse
import base64
import datetime as dt
import gc
import html
import os
import platform
import resource
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from app.papers import FONTS, press
from forms.paper import qr
from forms.paper.fitting import Layout, Style
from forms.paper.notice import Entry, NoticeSheet, OwedDose, Record
from forms.paper.notice_printing import print_notices
from forms.paper.parties import Clinic, Heading, Pupil

BATCH = 50
#: Spawned workers at once; each is a core.
WORKERS = min(2, os.cpu_count() or 1)
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗"
GIVEN = ("知夏", "一鸣", "梓涵", "浩然", "诗雨", "子轩", "欣怡", "宇航", "若曦", "嘉豪", "静悦", "泽宸")
VACCINES = (
    "乙肝疫苗",
    "脊灰灭活疫苗（IPV）",
    "百白破疫苗",
    "麻腮风疫苗",
    "乙脑减毒活疫苗",
    "A群C群流脑多糖疫苗",
    "甲肝减毒活疫苗",
)
LINES = ("卡介苗", "乙肝", "脊灰", "百白破", "麻腮风", "乙脑", "流脑", "甲肝")
DAY = dt.date(2026, 9, 10)


def sheet(number: int) -> NoticeSheet:
    """The same notices on every machine: whoever owes more has less on record, 22 doses in all."""
    owed = number % 14 + 1
    on_record = max(22 - owed, 0)
    return NoticeSheet(
        pupil=Pupil(
            SURNAMES[number % 20] + GIVEN[number // 20 % 12],
            "F",
            dt.date(2020, 3, 5),
            "青禾区实验小学",
            f"一（{number % 9 + 1}）班",
        ),
        number=f"2026秋-0311-{number % 10_000:04}",
        code=f"{number * 7_919_317 % 10**21:021}",
        copy=1,
        checked_on=DAY,
        printed_on=DAY,
        recheck_by=dt.date(2026, 12, 31),
        clinic=Clinic("青禾街道社区卫生服务中心", "青禾路 18 号", "0571-5550 1234", "周二、周四、周六"),
        heading=Heading("青禾区教育集团", "卫生室 0571-5550 0000，工作日 8:00–16:00"),
        owed=tuple(
            OwedDose(
                VACCINES[place % 7],
                f"第 {place // 3 + 1} 剂",
                "18 月龄",
                DAY,
                place < 7,
                "已过月龄",
                visit=DAY + dt.timedelta(days=5 + 28 * (place // 3)),
            )
            for place in range(owed)
        ),
        records=tuple(
            Record(
                name,
                tuple(Entry(f"202{n}-0{n + 1}-1{line % 10}") for n in range(on_record // 8 + (line < on_record % 8))),
            )
            for line, name in enumerate(LINES)
        ),
    )


@dataclass(frozen=True)
class Measured:
    """What a run took: CPU seconds, notices, bytes, the largest process in MB."""

    notices: int
    seconds: float
    size: int
    memory: float

    @property
    def rate(self) -> float:
        return self.notices / self.seconds

    def __str__(self) -> str:
        each = self.size / self.notices / 1000
        return f"{self.rate:6.1f} notices/s per core   {each:5.1f} kB each   {self.memory:5.0f} MB at the most"


def in_batches(count: int, style: Style) -> Measured:
    """`count` notices in batches of 50 in spawned processes, as a job prints a school."""
    batches = [range(at, min(at + BATCH, count)) for at in range(0, count, BATCH)]
    return _pooled(_house_batch, [(batch, style) for batch in batches], count)


def plainly(count: int) -> Measured:
    """The same words as a table of cells, one document each, with WeasyPrint as one finds it."""
    return _pooled(_plain_batch, [(range(at, min(at + BATCH, count)),) for at in range(0, count, BATCH)], count)


def _pooled(work: Callable[..., tuple[float, int]], calls: Sequence[tuple[object, ...]], count: int) -> Measured:
    seconds, size, memory = 0.0, 0, 0.0
    with ProcessPoolExecutor(min(WORKERS, len(calls)), get_context("spawn"), _warm) as pool:
        waiting = iter(calls)
        running = [pool.submit(work, *call) for call in islice(waiting, WORKERS * 2)]
        while running:
            took, bytes_made, peak = running.pop(0).result()
            seconds, size, memory = seconds + took, size + bytes_made, max(memory, peak)
            running += [pool.submit(work, *call) for call in islice(waiting, 1)]
    return Measured(count, seconds, size, memory)


def _warm() -> None:
    print_notices(press(), [sheet(0)])


def _house_batch(numbers: Iterable[int], style: Style) -> tuple[float, int, float]:
    sheets = [sheet(number) for number in numbers]
    return _timed(lambda: len(print_notices(press(), sheets, style)))


def _plain_batch(numbers: Iterable[int]) -> tuple[float, int, float]:
    sheets = [sheet(number) for number in numbers]
    return _timed(lambda: sum(len(plain(one)) for one in sheets))


def _timed(work: Callable[[], int]) -> tuple[float, int, float]:
    begin = time.process_time()
    size = work()
    gc.collect()  # as app.notices.batching does, and on the bill
    return time.process_time() - begin, size, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


_PLAIN_STYLE = """
@page { size: A4; margin: 10mm 15mm } body { font: 10.5pt/1.5 "Noto Sans CJK SC" }
table { width: 100%; table-layout: fixed }
td, th { text-align: left; border-bottom: .2mm solid #000 } img { float: right; width: 34.8mm }
"""


def plain(one: NoticeSheet) -> bytes:
    """What somebody writes who takes WeasyPrint and a table: the same words, the installed font."""
    rows = "".join(
        f"<tr><td>{dose.visit}</td><td><b>{html.escape(dose.vaccine)}</b></td><td>{dose.dose}</td><td>{dose.age}</td>"
        f"<td>{dose.state}</td><td>□</td></tr>"
        for dose in one.owed
    )
    record = "".join(
        f"<tr><td>{line.vaccine}</td><td>{'　'.join(map(str, line.entries))}</td></tr>" for line in one.records
    )
    code = base64.b64encode(qr.picture(one.code)).decode()
    page = f"""<body><img src="data:image/png;base64,{code}"><p>{one.pupil.school}</p><h1>{one.title}</h1>
<p><b>{one.pupil.name}</b> {one.pupil.birth_date}</p><p>家长您好：还有 {one.still_owed} 剂要补。</p>
<p>{one.clinic.name} {one.clinic.address} {one.clinic.phone}</p><table>{rows}</table><table>{record}</table>
<p>没有记录，不等于没有种。由接种单位的医生决定。</p><p>回执 监护人签名 ＿＿＿＿＿＿＿＿</p></body>"""
    fonts = FontConfiguration()
    return HTML(string=page).write_pdf(stylesheets=[CSS(string=_PLAIN_STYLE, font_config=fonts)], font_config=fonts)


def one_warm(times: int = 12) -> Measured:
    """A child at the counter: one notice a document, in a process that is warm."""
    return _pooled(_one_by_one, [(range(times),)], times)


def _one_by_one(numbers: Iterable[int]) -> tuple[float, int, float]:
    sheets = [sheet(number) for number in numbers]
    return _timed(lambda: sum(len(print_notices(press(), [one])) for one in sheets))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--quick", action="store_true", help="without the 20,000")
    quick = asked.parse_args().quick
    print(f"{platform.platform()}, Python {platform.python_version()}, {WORKERS} processes, fonts in {FONTS.name}")
    plainest = _shown("plain WeasyPrint, one a document", plainly(30 if quick else 100))
    single = _shown("one a document, warm", one_warm())
    some = 250 if quick else 500
    whole = _shown("on A4, batches of 50", in_batches(some, Style()))
    _shown("two A5 on one A4", in_batches(100 if quick else 500, Style(Layout.HALF)))
    if not quick:
        _shown("in two languages", in_batches(500, Style(english=True)))
        whole = _shown("on A4, batches of 50", in_batches(20_000, Style()))
    print(
        f"summary: {whole.rate:.1f} notices/s per core, {whole.size / whole.notices / 1000:.1f} kB each, "
        f"{whole.memory:.0f} MB; one alone {single.rate:.1f}/s; {whole.rate / plainest.rate:.1f} times plain WeasyPrint"
    )


def _shown(what: str, measured: Measured) -> Measured:
    print(f"{measured.notices:6} {what:34} {measured}", flush=True)
    return measured


if __name__ == "__main__":
    sys.exit(main())
