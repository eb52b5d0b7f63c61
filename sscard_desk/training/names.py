"""What synthetic persons are called: lists of parts, chosen so that every difficulty of names occurs."""

from typing import Final

SURNAMES: Final = tuple(
    "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹彭潘萧田董袁于余蒋杜苏魏程吕丁沈任姚卢"
    "傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武戚莫孔向汤"
)
"""Frequent surnames, one character each."""

RARE_SURNAMES: Final = tuple("曾单解仇查盖区朴尉翟缪逄乜亓昝郄仉妫")
"""Surnames that are read otherwise than the same character elsewhere, or that few people can type."""

COMPOUND_SURNAMES: Final = ("欧阳", "司马", "上官", "诸葛", "夏侯", "皇甫", "尉迟", "公孙", "慕容", "令狐", "端木")

GIVEN_MALE: Final = tuple("伟强磊军勇杰涛明超刚平辉鹏华飞鑫波斌宇浩凯健俊帆志建国文德成永林海山东祥福龙凡旭峰")
GIVEN_FEMALE: Final = tuple("芳娜敏静丽艳娟霞秀英玲桂兰燕红梅莉萍雪慧倩婷颖琳洁云莹蕾珊月欣怡佳琪瑶悦淑珍凤")

# Given names and family parts as they stand on documents in two or more parts joined by a middle dot
UYGHUR_MALE: Final = ("艾力", "买买提", "阿卜杜拉", "吐尔逊", "玉素甫", "艾山", "阿不都热合曼", "依明", "努尔麦麦提")
UYGHUR_FEMALE: Final = ("阿依古丽", "热依汗", "古丽娜尔", "帕提古丽", "阿依努尔", "米热古丽", "祖丽胡玛尔")
UYGHUR_FATHER: Final = ("买买提", "吐尔逊", "阿不都拉", "依明", "艾海提", "麦麦提图尔荪", "阿卜杜热西提", "托合提")
TIBETAN_MALE: Final = ("扎西顿珠", "多吉次仁", "洛桑", "格桑平措", "丹增旺堆", "尼玛扎西")
TIBETAN_FEMALE: Final = ("卓玛", "央金拉姆", "次仁央宗", "格桑曲珍", "白玛", "德吉")
MONGOL_MALE: Final = ("巴特尔", "苏日勒格", "额尔敦", "那日苏", "呼和巴雅尔")
MONGOL_FEMALE: Final = ("其其格", "乌云", "萨仁高娃", "娜仁托娅", "斯琴")

# Chinese names of foreigners, and the Latin ones as their cards print them
FOREIGN_MALE: Final = {"约翰·史密斯": "SMITH, JOHN", "马丁": "MARTIN, PAUL", "田中健一": "TANAKA, KENICHI"}
FOREIGN_FEMALE: Final = {"安娜·伊万诺娃": "IVANOVA, ANNA", "玛丽亚": "SANTOS, MARIA", "佐藤樱": "SATO, SAKURA"}

BEYOND_GBK: Final = ("䶮", "㛃", "㭎", "䥽", "鿍", "㻬")
"""Characters of the basic plane that GBK cannot encode: a name with one needs GB 18030 or an extension."""

BEYOND_BMP: Final = ("𠮷", "𬍛", "𫖯", "𠅤", "𬭎", "𦙶")
"""Characters of the supplementary planes: two UTF-16 units each, so a reader's 30 bytes hold fewer of them."""

LONGEST: Final = "阿卜杜热西提·麦麦提图尔荪江"
"""Fourteen characters: 27 bytes in GBK, 28 in UTF-16, just inside both fields."""
TOO_LONG_FOR_EF06: Final = "阿卜杜热合曼江·麦麦提图尔荪江·吐"
"""Longer than the 30 bytes of EF06 item 09: needs 姓名扩展, and is cut on an id card (15 UTF-16 units)."""
