"""Made-up names of the shapes that real lists have: frequent ones, compound surnames, one sign, a dot, a rare sign."""

from app.children.kinds import Sex
from app.demo.chance import Chance

#: Surname and how often, per thousand; the rest are those that search must know how to read.
SURNAMES = (
    *(("王", 72), ("李", 71), ("张", 67), ("刘", 53), ("陈", 46), ("杨", 31), ("赵", 25), ("黄", 24), ("周", 22)),
    *(("吴", 21), ("徐", 18), ("孙", 17), ("胡", 15), ("朱", 15), ("高", 14), ("林", 14), ("何", 13), ("郭", 13)),
    *(("马", 12), ("罗", 12), ("梁", 11), ("宋", 10), ("郑", 10), ("谢", 9), ("韩", 9), ("唐", 8), ("冯", 8)),
    *(("于", 8), ("董", 7), ("萧", 7), ("程", 6), ("曹", 6), ("袁", 6), ("邓", 6), ("许", 6), ("傅", 5)),
    *(("沈", 5), ("曾", 5), ("彭", 5), ("吕", 5), ("苏", 4), ("卢", 4), ("蒋", 4), ("蔡", 4), ("贾", 4)),
    *(("欧阳", 3), ("单", 2), ("解", 2), ("仇", 2), ("查", 2), ("任", 3), ("区", 1), ("覃", 2), ("上官", 1)),
)
_GIRLS_FIRST = "梓雨欣诗语若一可思佳沐芷书晨安静云清念夏"
_GIRLS_LAST = "涵萱怡琪妍彤瑶桐玥宁柔菲溪禾岚悦恬晴舒茉"
_BOYS_FIRST = "浩子宇俊奕博明承嘉景天启泽文君知思瑞一修"
_BOYS_LAST = "然轩辰泽宸睿杰航霖阳恒铭远川牧野行舟毅朗"
_ONE_SIGN = {Sex.FEMALE: "萱玥宁溪岚悦晴彤桐禾", Sex.MALE: "睿宸轩朗铭毅远恒霖野"}
#: One name in twenty or so has one given sign.
_SHORT = 0.06

#: Names of other shapes.
UNUSUAL = (
    (Sex.FEMALE, "阿依古丽·买买提"),
    (Sex.MALE, "巴图·孟和"),
    (Sex.FEMALE, "王㛃"),
    (Sex.MALE, "张䶮"),
    (Sex.FEMALE, "李𫖯瑶"),
    (Sex.MALE, "艾力·玉素甫"),
    (Sex.FEMALE, "欧阳乐"),
    (Sex.MALE, "单于飞"),
    (Sex.FEMALE, "卓玛"),
    (Sex.MALE, "扎西顿珠"),
    (Sex.FEMALE, "古丽娜尔·吐尔逊"),
    (Sex.MALE, "曾乐"),
    (Sex.FEMALE, "苏菲娅·陈"),
    (Sex.MALE, "解放"),
)
_WOMEN = ("海燕", "丽华", "春梅", "秀英", "红霞", "小燕", "桂芳", "玉兰", "雪梅", "静茹", "美玲", "晓燕")
_MEN = ("国强", "建华", "志明", "晓峰", "立新", "永刚", "卫东", "文斌", "长青", "大勇", "金生", "少华")


def surname(chance: Chance) -> str:
    return chance.weighed(SURNAMES)


def given_name(chance: Chance, sex: Sex) -> str:
    if chance.happens(_SHORT):
        return chance.one_of(_ONE_SIGN[sex])
    first, last = (_GIRLS_FIRST, _GIRLS_LAST) if sex is Sex.FEMALE else (_BOYS_FIRST, _BOYS_LAST)
    return chance.one_of(first) + chance.one_of(last)


def woman(chance: Chance) -> str:
    return surname(chance) + chance.one_of(_WOMEN)


def man(chance: Chance, family: str | None = None) -> str:
    """With the family's surname, or one of his own."""
    return (family or surname(chance)) + chance.one_of(_MEN)
