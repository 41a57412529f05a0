"""What each value of the rule data says, as a sentence or as the name of a series of doses.

A key is the thinking, the part and the name of a value. `{age}` and the like take the value in words; a pair says what
holds and what does not; a mapping has words for each choice. A value without words here cannot be printed.
"""

Words = str | tuple[str, str] | dict[str, str]

#: Series of doses, or single doses, by their place in the rule.
DOSES: dict[str, str] = {
    "hepb.given.slots": "乙肝疫苗",
    "hepb.given.exposed.slots": "母亲HBsAg阳性或不详、出生体重不足2000克的",
    "hepb.owed.slots": "乙肝疫苗",
    "hepb.owed.exposed.slots": "母亲HBsAg阳性或不详、出生体重不足2000克的",
    "polio.given.every": "每一剂",
    "polio.owed.total": "总剂次",
    "polio.owed.type2": "其中含Ⅱ型的剂次",
    "dtp.given.slots": "百白破（不含IPV的）",
    "dtp.given.combination_slots": "含IPV的联合疫苗",
    "dtp.given.dt": "白破，不论第几剂",
    "dtp.owed.slots": "百白破",
    "dtp.owed.dt": "白破（剂次按全苗数）",
    "mmr.given.slots": "麻腮风类",
    "mmr.owed.slots": "麻腮风（缺几剂补后面的几剂）",
    "je.given.primary": "基础第1剂（减毒或灭活）",
    "je.given.primary_second": "基础第2剂（灭活接灭活）",
    "je.given.booster": "加强（基础是灭活，或者加强用灭活）",
    "je.given.booster_after_live": "加强（减毒接减毒）",
    "je.given.last_live": "末剂（灭活加强以后种减毒）",
    "je.given.last_inactivated": "末剂（灭活加强以后种灭活）",
    "je.owed.primary": "基础第1剂",
    "je.owed.primary_second": "基础第2剂（灭活）",
    "je.owed.booster": "加强（基础是灭活）",
    "je.owed.booster_after_live": "加强（基础是减毒）",
    "je.owed.last_inactivated": "末剂（灭活加强以后）",
    "men.owed.a": "A群流脑（没有计入的从第1剂要起，有计入的只要第2剂）",
    "men.owed.ac": "A群C群流脑",
    "hepa.given.live": "减毒",
    "hepa.given.inactivated": "灭活（含甲乙肝联合）",
    "hepa.owed.live": "没有种过的：减毒",
    "hepa.owed.inactivated": "种过灭活的，或不能种活疫苗的：灭活",
    "series.given.slots": "各剂",
    "series.owed.slots": "各剂",
}

#: Single values.
FACTS: dict[str, Words] = {
    "bcg.owed.product": "种{product}。",
    "bcg.owed.age": "应种年龄：{age}。",
    "bcg.owed.skin_test.age": "满{age}起，先做试验再种，并算逾期。",
    "bcg.owed.skin_test.condition": {"ppd_negative": "试验是结核菌素（PPD）试验，阴性的才种。"},
    "bcg.owed.ends_at": "满{age}起不再补种。",
    "hepb.given.exposed.birth_dose_before": (
        "母亲HBsAg阳性或不详、出生体重不足2000克的，满{age}以前种的第一剂在程序之外，不算第1剂。"
    ),
    "hepb.owed.exposed.birth_dose_before": (
        "母亲HBsAg阳性或不详、出生体重不足2000克的，满{age}以前种的第一剂在程序之外；没种的不补。"
    ),
    "polio.owed.live_replaced_by": "不能种活疫苗的，用{product}代替减毒活疫苗。",
    "polio.owed.total_completes": ("总剂次够了就不再补，不论其中含Ⅱ型的有几剂。", "总剂次够了，含Ⅱ型的不够仍要补。"),
    "polio.owed.waived_by": "计入过一剂{product}的，不再要求含Ⅱ型的剂次。",
    "dtp.given.any_age_from": "满{age}以后种的百白破，够得上任何一剂的年龄；间隔照算。",
    "dtp.owed.plan": {"five_doses": "学龄一剂用百白破。", "four_and_dt": "学龄一剂用白破。"},
    "dtp.owed.six": "满{age}以后种的算学龄一剂。",
    "dtp.owed.dt_age_at_six": "种过白破、还没到改用白破年龄的，后面的白破从{age}种起。",
    "dtp.owed.dt_always_overdue": ("欠的白破一律算逾期。", "欠的白破过了建议完成年龄才算逾期。"),
    "dtp.owed.ends_at": "满{age}起不再补种。",
    "dtp.owed.enough": "计入{number}剂、有学龄一剂的即为完成；不够{number}剂的，白破补到{number}剂为止。",
    "mmr.given.outbreak_before": "满{age}以前的接种（应急）不计入，但不因此待核实（R15）。",
    "mmr.given.by_component": ("含麻疹、风疹、腮腺炎任何一种成分的都计入。", "三种成分齐全的才计入（R14）。"),
    "mmr.owed.needed": "按成分补齐：{components}。缺得最多的成分缺几剂，就补几剂麻腮风。",
    "je.owed.live": "减毒疫苗：{product}。",
    "je.owed.inactivated": "灭活疫苗：{product}。",
    "je.owed.unvaccinated": "没有种过的，种{product}。",
    "je.owed.second_gap": "灭活第2剂离本苗最近一剂至少{interval}。",
    "men.given.polysaccharide_from": "A群多糖满{age}起计入。",
    "men.given.conjugate_from": "结合疫苗满{age}起计入A群流脑。",
    "men.given.a_ends": "满{age}起，A群流脑不再计入；A群C群从这天起计入，多糖的在这以前不计入。",
    "men.given.a_doses": "有一剂是多糖的，A群流脑计入{number}剂即为种完。",
    "men.given.a_interval": "相邻两剂A群流脑，有一剂是多糖的，至少隔{interval}。",
    "men.given.conjugate_interval": "相邻两剂A群流脑，都是结合疫苗的，至少隔{interval}。",
    "men.given.conjugate_courses": "只用结合疫苗的，{course}即为种完。",
    "men.given.ac_interval": "A群C群第2剂与计入的第1剂至少隔{interval}。",
    "men.given.short_after_polysaccharide": "A群C群第1剂离种完的A群流脑最后一剂多糖不到{interval}的，计入，提示偏短。",
    "men.given.short_after_a": "A群C群第1剂离任何一剂计入的A群流脑不到{interval}的，计入，提示偏短。",
    "men.owed.a_ends": "满{age}起不再要求A群流脑；要到那天以后才能种的也不要求。",
    "men.owed.ac_age_without_a": "A群流脑没有种完的，A群C群第1剂从{age}种起。",
}

#: How the values are used; what can be read off a table is not said again.
THINKING: dict[str, tuple[str, ...]] = {
    "bcg": ("种过一剂即为完成，多的不计；没有卡痕也不重种。", "要先做试验的，欠种照列，不算进补种率。"),
    "hepb": ("第3剂要年龄、距第2剂、距第1剂都够。",),
    "polio": (
        "每一剂够年龄、够间隔就计入，补充免疫的也算；没有最后一剂。",
        "总剂次缺几剂、含Ⅱ型的缺几剂，两个数里大的就是要补的剂数：先补含Ⅱ型的，其余补减毒活疫苗。",
        "含Ⅱ型的剂次按它自己的年龄应种，其余按总剂次的年龄应种。",
    ),
    "dtp": (
        "百白破（各种联合疫苗都算）和白破一起数（R28）；种满剂次即为完成。",
        "学龄以前多种的百白破是多余的，不计入，也不作为问题。",
        "到了改用白破的年龄：剂数不够的补白破；够了而没有学龄一剂的，补一剂白破。",
        "学龄一剂用百白破的：到改用白破的年龄前来不及种的百白破不算欠，提前告知白破（R31）。",
    ),
    "mmr": ("一天里有两种疫苗的，按成分计入的那一组，第二种只算它多出来的成分。",),
    "je": (
        "分基础和加强两段（R16）：减毒一剂或灭活两剂是基础；减毒一剂是加强，种了即为完成；灭活一剂也是加强，另有末剂。",
        "种过一剂灭活再种减毒的，减毒那剂是基础，不看间隔。",
        "只种过灭活的接着种灭活，种过减毒的种减毒，没有种过的另有规定（R33）。",
    ),
    "men": (
        "A群流脑和A群C群流脑分开算；结合疫苗在计入A群C群的年龄以前种的算A群流脑。",
        "A群C群第1剂离A群流脑近也计入，第2剂只看与第1剂的间隔，不要求年龄（R18、R23）。",
        "推算日期时，A群C群离每一剂A群流脑、每一剂A群C群（不论是否计入）都要够间隔。",
    ),
    "hepa": ("减毒一剂、灭活两剂、先灭活后减毒各一剂，都是完成。",),
    "series": ("一剂接一剂；最后一剂以后的不计。",),
}
