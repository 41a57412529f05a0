"""Names as clerks, booklets and registries write them find their product; what may be several things stays several."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import catalogue, national
from rules.catalogue import UnknownProductError
from rules.compiling import DATA, load
from tests.rulebook.provinces import SAMPLE, province

#: What is written, and the one product that is meant.
CLEAR = [
    ("卡介苗", "BCG"),
    ("皮内注射用卡介苗", "BCG"),
    ("0101", "BCG"),
    ("乙肝疫苗", "HepB"),
    ("乙肝疫苗（酿酒酵母）第1剂", "HepB"),
    ("重组乙型肝炎疫苗(汉逊酵母)10μg/0.5ml", "HepB"),
    ("第一剂 乙肝", "HepB"),
    ("乙肝疫苗2", "HepB"),
    ("乙肝苗③", "HepB"),
    ("乙肝（首针）", "HepB"),
    ("脊灰灭活疫苗（IPV）", "IPV"),
    ("IPV疫苗", "IPV"),
    ("脊灰灭活疫苗 (Salk)", "IPV"),
    ("脊灰灭活疫苗 (Salk, Sabin)", "IPV"),
    ("脊髓灰质炎灭活疫苗(Vero细胞)", "IPV"),
    ("Sabin株脊髓灰质炎灭活疫苗", "IPV"),
    ("sIPV", "IPV"),
    ("0303", "IPV"),
    ("口服Ⅰ型Ⅲ型脊髓灰质炎减毒活疫苗", "bOPV"),
    ("口服Ⅰ型Ⅲ脊髓灰质炎减毒活疫苗（人二倍体细胞）", "bOPV"),
    ("口服I型III型脊髓灰质炎减毒活疫苗", "bOPV"),
    ("脊灰减毒活疫苗(1型3型)", "bOPV"),
    ("脊灰减毒活疫苗（Ⅰ+Ⅲ型）", "bOPV"),
    ("2价脊灰疫苗", "bOPV"),
    ("三价脊灰糖丸", "tOPV"),
    ("脊灰糖丸（2）", "OPV"),
    ("脊灰(减毒二倍体)", "OPV"),
    ("脊灰减毒活疫苗/糖丸/滴剂（未注明价型）", "OPV"),
    ("0301", "OPV"),
    ("百白破", "DTaP"),
    ("百白破（无细胞）4/5", "DTaP"),
    ("百白破（无细胞/组分）", "DTaP"),
    ("吸附无细胞百日咳白喉破伤风联合疫苗", "DTaP"),
    ("DTaP疫苗", "DTaP"),
    ("DTAP", "DTaP"),
    ("dTap", "Tdap"),
    ("全细胞百白破", "DTwP"),
    ("吸附百日咳白喉破伤风联合疫苗", "DTwP"),
    ("百白破-Hib四联", "DTaP-Hib"),
    ("百白破IPV和Hib五联", "DTaP-IPV/Hib"),
    ("DTaP-IPV-Hib", "DTaP-IPV/Hib"),
    ("五联苗 第3剂", "DTaP-IPV/Hib"),
    ("四联（含IPV）", "DTaP-IPV"),
    ("六联", "DTaP-IPV-HepB/Hib"),
    ("白破疫苗（儿童型）", "DT"),
    ("吸附白喉破伤风联合疫苗", "DT"),
    ("白破（成人及青少年用）", "Td"),
    ("dT", "Td"),
    ("麻疹、腮腺炎、风疹联合减毒活疫苗", "MMR"),
    ("风疹 单价", "RV-rubella"),
    ("腮腺炎 单价", "Mu"),
    ("麻风腮加强", "MMR"),
    ("麻疹风疹联合减毒活疫苗", "MR"),
    ("麻腮", "MM"),
    ("麻疹减毒活疫苗", "MV"),
    ("流行性腮腺炎减毒活疫苗", "Mu"),
    ("1201", "MMR"),
    ("乙脑减毒活疫苗", "JE-L"),
    ("冻干乙型脑炎灭活疫苗（Vero细胞）", "JE-I"),
    ("je-l", "JE-L"),
    ("A群流脑", "MPSV-A"),
    ("流脑A群第2剂", "MPSV-A"),
    ("A群脑膜炎球菌多糖疫苗", "MPSV-A"),
    ("Ａ群Ｃ群流脑多糖疫苗", "MPSV-AC"),
    ("a群c群脑膜炎球菌多糖疫苗", "MPSV-AC"),
    ("A、C群流脑多糖", "MPSV-AC"),
    ("A+C群脑膜炎球菌多糖结合疫苗", "MPCV-AC"),
    ("AC-Hib联合疫苗", "MPCV-AC/Hib"),
    ("ACYW135群脑膜炎球菌多糖疫苗", "MPSV-ACYW"),
    ("A群C群Y群W135群脑膜炎球菌多糖结合疫苗", "MPCV-ACYW"),
    ("ACWY流脑结合疫苗", "MPCV-ACYW"),
    ("甲型肝炎减毒活疫苗", "HepA-L"),
    ("甲肝（灭活）", "HepA-I"),
    ("甲型乙型肝炎联合疫苗", "HepAB"),
    ("二价人乳头瘤病毒疫苗", "HPV2"),
    ("水痘减毒活疫苗", "Var"),
    ("b型流感嗜血杆菌多糖结合疫苗", "Hib"),
    ("13价肺炎球菌多糖结合疫苗", "PCV13"),
    ("肺炎23", "PPV23"),
    ("四价流感病毒裂解疫苗", "IIV"),
    ("肠道病毒71型灭活疫苗(人二倍体)", "EV71"),
    ("冻干人用狂犬病疫苗(Vero细胞)", "RabV"),
]

#: What is written, and everything it can be.
SEVERAL = [
    ("脊灰疫苗", {"IPV", "bOPV", "tOPV", "OPV"}),
    ("脊灰第2剂", {"IPV", "bOPV", "tOPV", "OPV"}),
    ("四联疫苗", {"DTaP-Hib", "DTaP-IPV"}),
    ("DTP", {"DTaP", "DTwP"}),
    ("dtap", {"DTaP", "Tdap"}),
    ("dt", {"DT", "Td"}),
    ("乙脑（第1针）", {"JE-L", "JE-I"}),
    ("甲肝疫苗", {"HepA-L", "HepA-I"}),
    ("流脑", {"MPSV-A", "MPSV-AC", "MPCV-AC", "MPSV-ACYW", "MPCV-ACYW"}),
    ("A+C流脑", {"MPSV-AC", "MPCV-AC"}),
    ("流脑AC群", {"MPSV-AC", "MPCV-AC"}),
    ("四价流脑", {"MPSV-ACYW", "MPCV-ACYW"}),
    ("ACYW135流脑", {"MPSV-ACYW", "MPCV-ACYW"}),
    ("HPV疫苗", {"HPV2", "HPV4", "HPV9"}),
    ("流感疫苗", {"IIV", "LAIV"}),
]

UNKNOWN = [
    "",
    "  ",
    "第1剂",
    "疫苗",
    "()",
    "霍乱疫苗",
    "MMR2",
    "HepB3",
    "0403",
    "0312",
    "1602",
    "1902",
    "2",
    "A",
    "群",
    "酵母",
]


def codes(text: str) -> set[str]:
    return {product.code for product in catalogue.match(text)}


@pytest.mark.parametrize(("text", "code"), CLEAR)
def test_a_clear_name_finds_its_product(text: str, code: str) -> None:
    assert codes(text) == {code}
    assert catalogue.resolve(text).code == code


@pytest.mark.parametrize(("text", "meant"), SEVERAL)
def test_several_candidates_are_several_candidates(text: str, meant: set[str]) -> None:
    assert codes(text) == meant
    with pytest.raises(UnknownProductError) as error:
        catalogue.resolve(text)
    assert set(error.value.candidates) == meant


@pytest.mark.parametrize("text", UNKNOWN)
def test_what_nobody_wrote_down_is_not_guessed(text: str) -> None:
    assert codes(text) == set()
    with pytest.raises(UnknownProductError):
        catalogue.resolve(text)


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("1902", ("HepA-L", "HepA-I")),
        ("1602", ("MPCV-AC",)),
        ("科兴乙肝疫苗", ("HepB",)),
        ("（武汉）乙脑减毒活疫苗", ("JE-L",)),
        ("免疫球蛋白", ()),
    ],
)
def test_what_is_near_is_asked_about(text: str, near: tuple[str, ...]) -> None:
    with pytest.raises(UnknownProductError) as error:
        catalogue.resolve(text)
    assert error.value.candidates == near


@pytest.mark.parametrize("product", national().products.values(), ids=lambda product: product.code)
def test_a_product_is_found_under_each_of_its_names(product: catalogue.Product) -> None:
    for name in (product.code, product.name, *product.aliases):
        assert product.code in codes(name), name
    assert codes(product.code) == codes(product.name) == {product.code}
    for one in product.registry:
        assert codes(one.code) == (set() if one.unsure else {product.code})


NAMES = sorted({name for product in national().products.values() for name in (product.name, *product.aliases)})
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
MESSES = {
    "wide": lambda name: name.translate(WIDE),
    "spaced": lambda name: " ".join(name),
    "padded": lambda name: f"\u3000{name}\n",
    "bracketed": lambda name: f"（{name}）",
    "dose": lambda name: f"{name}第2剂",
    "dose in brackets": lambda name: f"{name}(第三针)",
    "dose before": lambda name: f"第1剂 {name}",
    "booster": lambda name: f"{name}（加强）",
    "strength": lambda name: f"{name} 0.5ml",
}


@given(st.sampled_from(NAMES), st.sampled_from(sorted(MESSES)))
def test_a_mess_changes_nothing(name: str, mess: str) -> None:
    assert codes(MESSES[mess](name)) == codes(name)


@given(st.text(max_size=12))
def test_any_text_has_an_answer(text: str) -> None:
    assert codes(text) <= set(national().products)


def test_the_given_law_has_the_say(tmp_path: Path) -> None:
    body = """\
products:
  - {code: MMR-X, name: 样例麻腮风疫苗, feeds: [], live_injected: true, aliases: [麻腮风], source: local, clause: 一}
"""
    here = province(body, tmp_path)
    assert {product.code for product in catalogue.match("麻腮风", here)} == {"MMR", "MMR-X"}
    assert catalogue.resolve("样例麻腮风（第1剂）", here).code == "MMR-X"
    assert codes("麻腮风") == {"MMR"}
    assert codes("样例麻腮风") == set()
    assert catalogue.match("水痘", load(DATA, SAMPLE))[0].feeds == ("Var",)
    assert catalogue.match("水痘")[0].feeds == ()
