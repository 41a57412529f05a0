"""Made-up sheets, from the plain to the ugly, and what a PDF says and looks like."""

import datetime as dt
import io
import subprocess
from dataclasses import replace
from pathlib import Path

import pikepdf
from PIL import Image

from forms.paper.notice import Entry, NoticeSheet, OwedDose, Question, Record
from forms.paper.parties import Clinic, Heading, Pupil
from forms.paper.report import Figure, ReportLine, ReportSheet, SumRow, SumTable

CODE = "407188253069123456780"
#: 30 characters, as long as names get.
LONG_NAME = "阿卜杜热依木·买买提艾力·吐尔逊江·阿不都热西提·玉素甫江一"
VACCINES = (
    "乙肝疫苗",
    "脊灰灭活疫苗（IPV）",
    "百白破疫苗",
    "麻腮风疫苗",
    "乙脑减毒活疫苗",
    "A群C群流脑多糖疫苗",
    "二价脊灰减毒活疫苗（bOPV）",
)
CLINIC = Clinic("青禾街道社区卫生服务中心", "青禾路 18 号", "0571-5550 1234", "周二、周四、周六")


def pupil(name: str = "林知夏", class_name: str = "一（3）班") -> Pupil:
    return Pupil(name, "F", dt.date(2020, 3, 5), "青禾区实验小学", class_name)


def owed(count: int, ready: int = 7) -> tuple[OwedDose, ...]:
    """`count` doses, each with a number that no other has: they can be counted on the sheet."""
    return tuple(
        OwedDose(
            vaccine=VACCINES[place % len(VACCINES)],
            dose=f"第 {place + 101} 剂",
            age="18 月龄",
            earliest=dt.date(2026, 3, 1) if place < ready else dt.date(2026, 10, 1) + dt.timedelta(days=place // 2 * 9),
            ready=place < ready,
            state="已过月龄" if place < ready else "未到间隔",
        )
        for place in range(count)
    )


def records(lines: int = 9) -> tuple[Record, ...]:
    names = ("卡介苗", "乙肝", "脊灰", "百白破", "麻腮风", "乙脑", "流脑", "甲肝", "其他疫苗")[:lines]
    return tuple(
        Record(name, tuple(Entry(f"202{n}-0{n + 1}-1{place % 10}", n != 4) for n in range(5)))
        for place, name in enumerate(names)
    )


def questions(count: int = 2) -> tuple[Question, ...]:
    remark = "2021-09-07：按第 4 剂算，接种时 12 月龄又 3 天，要满 18 月龄，所以先不计入。"
    return tuple(
        Question(VACCINES[place], (remark,), (f"第 {place + 201} 剂", f"第 {place + 301} 剂")) for place in range(count)
    )


def notice(name: str = "林知夏", **more: object) -> NoticeSheet:
    settings: dict[str, object] = {
        "pupil": pupil(name),
        "number": "2026秋-0311-0057",
        "code": CODE,
        "copy": 1,
        "checked_on": dt.date(2026, 9, 10),
        "printed_on": dt.date(2026, 9, 11),
        "recheck_by": dt.date(2026, 12, 31),
        "clinic": CLINIC,
        **more,
    }
    return NoticeSheet(**settings)  # type: ignore[arg-type]


def planned(count: int) -> tuple[OwedDose, ...]:
    """`count` doses in the visits of a plan: seven at once, then fewer and fewer."""
    days = [dt.date(2026, 9, 15)] * 7 + [dt.date(2026, 10, 20)] * 3
    days += [dt.date(2026, 11, 17), dt.date(2027, 4, 20), dt.date(2027, 9, 21)]
    return tuple(
        replace(dose, dose=f"第 {place % 5 + 1} 剂", visit=days[place % 13], english="DTaP dose 5, 6 years")
        for place, dose in enumerate(owed(count))
    )


def crowded(count: int) -> NoticeSheet:
    """A long name, the school's own lines, many doses owed and the few on record that go with it."""
    few = tuple(
        Record(name, (Entry("2020-03-13"), Entry("2020-04-14")))
        for name in ("卡介苗", "乙肝", "脊灰", "百白破", "麻腮风")
    )
    heading = Heading("青禾区教育集团", "卫生室 0571-5550 0000，李老师，工作日 8:00–16:00")
    name = "阿卜杜热依木·买买提艾力"
    return notice(name, owed=planned(count), records=few, heading=heading, latest_start=dt.date(2026, 9, 15))


def report(lines: int = 3, name: str = "林知夏", **more: object) -> ReportSheet:
    found = tuple(
        ReportLine(
            position=place,
            pupil=pupil(name if place == 2 else f"孩{place}", f"一（{place % 9 + 1}）班"),
            code=f"{place:04}",
            guardians=(f"家长{place} 1390000{place:04}",),
            result="需补种",
            owed=("百白破疫苗 5", "麻腮风疫苗 2*"),
            to_verify=("乙肝疫苗 3",) if place == 1 else (),
            remark="2026-09-15 入校，期限 2026-10-15" if place == 3 else "",
        )
        for place in range(1, lines + 1)
    )
    rows = (SumRow("百白破疫苗", (0, 0, 0, 0, lines)), SumRow("麻腮风疫苗", (0, lines, 0, 0, 0)))
    figures = (("未查验", 2), ("已种齐", 41), ("无需补种", 1), ("需补种", lines), ("需核实", 0), ("无接种证", 0))
    settings: dict[str, object] = {
        "school": "青禾区实验小学",
        "center": "青禾街道社区卫生服务中心",
        "campaign": "2026年秋季",
        "number": "名2026秋-0311-0007-01",
        "seal": "7f3a 91c4 0be2",
        "is_draft": False,
        "sequence": 1,
        "drawn_on": dt.date(2026, 9, 18),
        "until": dt.date(2026, 9, 25),
        "figures": tuple(Figure(word, number, word == "需补种") for word, number in figures),
        "listed_before": 0,
        "only_due": 0,
        "lines": found,
        "sums": SumTable((1, 2, 3, 4, 5), rows),
        "edition": "国家免疫规划疫苗儿童免疫程序及说明（2026年版）",
        "made_by": "周敏",
        **more,
    }
    return ReportSheet(**settings)  # type: ignore[arg-type]


def pages(pdf: bytes) -> list[str]:
    """The text of each page, as somebody who copies it gets it."""
    found = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return found.stdout.decode("utf-8").split("\f")[:-1]


def squeezed(text: str) -> str:
    """Without the gaps of the layout."""
    return "".join(text.split())


def page_count(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


def font_names(pdf: bytes) -> set[str]:
    """The fonts inside; KeyError if one is only named and not inside."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        things = [one for one in opened.objects if isinstance(one, pikepdf.Dictionary)]
        descriptors = [one for one in things if one.get("/Type") == "/FontDescriptor"]
        if not all({"/FontFile2", "/FontFile3"} & set(one.keys()) for one in descriptors):
            raise KeyError("A font is named in the PDF but not inside it.")
        return {str(one["/FontName"]) for one in descriptors}


def picture(pdf: bytes, folder: Path, *, dpi: int, page: int = 1) -> Image.Image:
    """A page as a printer or a camera sees it, in grey."""
    (folder / "sheet.pdf").write_bytes(pdf)
    command = ["pdftoppm", "-r", str(dpi), "-f", str(page), "-l", str(page), "-gray", "-png", "-singlefile"]
    subprocess.run([*command, str(folder / "sheet.pdf"), str(folder / "page")], check=True, capture_output=True)
    with Image.open(folder / "page.png") as opened:
        return opened.convert("L")
