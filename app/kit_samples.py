"""Made-up children for the kit: they live nowhere else, and no rule of the law is taken from them."""

from app.frame import Frame, Sync, Tab
from app.people.actors import Actor
from app.people.roles import Role
from app.schools.models import OrganisationKind

FRAME = Frame(
    language="zh-CN",
    demo=True,
    idle_minutes=10,
    tabs=tuple(Tab(word, "#", word == "查验台") for word in ("查验台", "班级", "通知", "报告", "导入")),
    organisation="青禾区实验小学",
    role="1 号台",
    sync=Sync("3 台同步"),
)
ACTOR = Actor(0, "周敏", Role.CLERK, 0, OrganisationKind.SCHOOL)

COUNTS = {"complete": 26, "catch_up": 5, "review": 1, "no_certificate": 1, "not_checked": 12}
RESULTS = ("complete", "catch_up", "review", "no_certificate", "waived", "not_checked")

CHILD = {
    "name": "林知夏",
    "facts": [["女", "2020-03-05", "6 岁 5 个月"], ["接种证已见", "儿童编码尾号 4071"]],
    "result": "catch_up",
    "summary": "3 剂，去 1 次可补完",
    "owed": [
        ("脊灰灭活疫苗（IPV）", "补 1 剂", "overdue", "共种 4 剂，含 II 型的只有 1 剂；2026 版程序要求 2 剂。"),
        ("百白破疫苗", "第 5 剂", "due", "满 6 周岁应种（2026-03-05 起），接种证上有 4 剂。"),
        ("A群C群流脑多糖疫苗", "第 2 剂", "due", "满 6 周岁应种，距第 1 剂（2023-03-20）已满 3 年。"),
    ],
    "uncounted": [
        ("A群流脑多糖疫苗", "2020-11-25", "距第 1 剂（2020-09-10）只有 2 个月＋15 天，要满 3 个月，所以这一剂不计入。")
    ],
    "not_owed": ["卡介苗", "乙肝", "麻腮风", "乙脑", "甲肝"],
}

#: A child who owes nothing.
READY = {"name": "陈浩然", "tags": ["双胞胎"], "facts": [["男", "2020-01-18", "6 岁 7 个月"], ["接种证已见"]]}

#: Line, its ages, cells of (number, state, title, caption).
DOSES = (
    ("卡介苗", "出生时", [(1, "ok", "2020-03-05", ("BCG", "出生当天"))]),
    (
        "乙肝",
        "0/1/6月",
        [
            (1, "ok", "2020-03-05", ("HepB", "出生当天")),
            (2, "unreadable", "看不清", "有接种，日期待核实"),
            (3, "ok", "2020-09-10", ("HepB", "6月龄＋5天")),
        ],
    ),
    (
        "脊灰",
        "2/3/4月，4岁",
        [
            (1, "ok", "2020-05-08", ("IPV", "2月龄＋3天")),
            (2, "ok", "2020-06-09", ("bOPV", "3月龄＋4天")),
            (3, "ok", "2020-07-10", ("bOPV", "4月龄＋5天")),
            (4, "ok", "2024-03-12", ("bOPV", "4岁＋7天")),
            (5, "owed", "应补 IPV", ("今天可种", "已过月龄")),
        ],
    ),
)

CELLS = (
    (1, "ok", "2020-05-08", ("IPV", "2月龄＋3天")),
    (2, "typing", "2020-06-0", "还差 1 位"),
    (3, "empty", "", "4月龄"),
    (4, "not_given", "未种", "未到 4 岁，不欠"),
    (5, "owed", "未种，应补", "今天可种"),
    (2, "unreadable", "看不清", "有接种，日期待核实"),
    (3, "uncounted", "2020-03-30", "太早，暂不计入"),
    (1, "refused", "2019-03-05", "早于出生日"),
    (2, "not_needed", "不再需要", "满 24 月龄后不补"),
)

#: Number, name, tag, sex, birth date, certificate, result, what is owed, notice, who checked.
ROSTER = (
    (1, "陈浩然", None, "男", "2020-01-18", "已见", "complete", "—", "—", "09-03 周敏"),
    (
        2,
        "林知夏",
        None,
        "女",
        "2020-03-05",
        "已见",
        "catch_up",
        "脊灰 IPV、百白破 5、A＋C 流脑 2",
        "已打印",
        "09-03 周敏",
    ),
    (3, "周子墨", "双胞胎", "男", "2020-01-11", "已见", "review", "乙肝 3 间隔不足", "已交家长", "09-03 李红"),
    (5, "吴一诺", None, "女", "2020-06-22", "待补交", "no_certificate", "—", "补证 已打印", "09-03 周敏"),
    (6, "阿依古丽·买买提", None, "女", "2019-12-02", "电子", "waived", "—", "—", "09-03 李红"),
    (7, "黄梓涵", None, "女", "2020-08-14", "—", None, "—", "—", "—"),
)

HISTORY = (
    {"result": "catch_up", "title": "需补种 3 剂", "lines": [("第 2 次查验", "周敏")], "when": "2026-09-03 10:42"},
    {
        "result": "review",
        "title": "需核实",
        "lines": [("第 1 次查验", "李红")],
        "when": "2026-09-02 09:15",
        "superseded": True,
    },
    {"icon": "booklet", "title": "接种证已见", "lines": ["李红"], "when": "2026-09-02 09:12"},
)

CLAUSES = ("nip-2021 二·四(三)1", "nip-2026 二·四(三)1")
