"""Characters that are taken for each other when a name is copied from paper. A short table, for search only."""

#: No character stands in two groups.
GROUPS = (
    "己已巳", "未末", "戊戌戍", "日曰", "土士", "干千于於", "大太犬", "人入八", "午牛", "天夭", "刀力", "今令",
    "白自", "目且", "田由甲申", "晴睛", "淮准", "侯候", "冼洗", "玟玫", "炫眩", "曦羲", "崔催", "睿叡濬",
    "博搏", "扬杨", "桥侨", "梁粱", "暮幕", "析折", "沂泝", "妹姝", "茜苗", "萱宣", "琦绮", "瑶谣",
    "祎袆", "祺棋", "裕祐佑", "栋拣", "茗苕", "芸芳", "宇字", "宸辰", "璐潞", "钰珏", "垚尧", "婷停",
    "彤形", "彬杉", "冶治", "泠冷", "凌淩", "晟晨", "昊吴", "旻旼", "杰傑", "峰峯", "群羣", "喆哲",
    "昇升", "堃坤", "叶葉", "云雲", "郗郄", "阎闫", "傅付", "肖萧", "戴代", "储禇褚", "汨汩", "薄簿",
    "赢嬴", "邢刑", "邱丘", "管菅", "王玉", "贝见", "兴光", "雯零", "娴娜", "颖颍",
)  # fmt: skip
_FOLDED = {ord(letter): group[0] for group in GROUPS for letter in group}


def fold_look_alikes(text: str) -> str:
    """The text with every look-alike replaced by the first of its group."""
    return text.translate(_FOLDED)
