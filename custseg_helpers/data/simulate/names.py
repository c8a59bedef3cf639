"""Invented names of people, natural in both languages: 林若溪 is Lin Ruoxi."""

import numpy as np

SURNAMES = (
    "王 Wang,李 Li,张 Zhang,刘 Liu,陈 Chen,杨 Yang,赵 Zhao,黄 Huang,周 Zhou,吴 Wu,徐 Xu,孙 Sun,胡 Hu,朱 Zhu,高 Gao,林 Lin,"
    "何 He,郭 Guo,马 Ma,罗 Luo,梁 Liang,宋 Song,郑 Zheng,谢 Xie,韩 Han,唐 Tang,冯 Feng,于 Yu,董 Dong,萧 Xiao,程 Cheng,曹 Cao,"
    "袁 Yuan,邓 Deng,许 Xu,傅 Fu,沈 Shen,曾 Zeng,彭 Peng,吕 Lü,苏 Su,卢 Lu,蒋 Jiang,蔡 Cai,贾 Jia,丁 Ding,魏 Wei,薛 Xue,叶 Ye,"
    "余 Yu,潘 Pan,杜 Du,戴 Dai,夏 Xia,钟 Zhong,汪 Wang,田 Tian,任 Ren,姜 Jiang,范 Fan,方 Fang,石 Shi,姚 Yao,谭 Tan,廖 Liao,"
    "邹 Zou,熊 Xiong,金 Jin,陆 Lu,郝 Hao,孔 Kong,白 Bai,崔 Cui,康 Kang,毛 Mao,邱 Qiu,秦 Qin,江 Jiang,史 Shi,顾 Gu,侯 Hou,邵 Shao,"
    "孟 Meng,龙 Long,万 Wan,段 Duan,钱 Qian,汤 Tang,尹 Yin,黎 Li,易 Yi,常 Chang,武 Wu,乔 Qiao,贺 He,赖 Lai,龚 Gong,文 Wen"
)
FEMALE = (
    "雅 ya,静 jing,敏 min,丽 li,芳 fang,娟 juan,婷 ting,雪 xue,琳 lin,慧 hui,颖 ying,洁 jie,倩 qian,欣 xin,怡 yi,佳 jia,梦 meng,"
    "瑶 yao,璐 lu,莹 ying,萍 ping,红 hong,玲 ling,燕 yan,霞 xia,若 ruo,溪 xi,诗 shi,涵 han,悦 yue,妍 yan,思 si,雨 yu,晴 qing,"
    "云 yun,秀 xiu,兰 lan,珊 shan,媛 yuan,晓 xiao"
)
MALE = (
    "伟 wei,强 qiang,磊 lei,军 jun,勇 yong,杰 jie,涛 tao,明 ming,超 chao,刚 gang,平 ping,辉 hui,鹏 peng,飞 fei,波 bo,斌 bin,宇 yu,"
    "浩 hao,凯 kai,健 jian,俊 jun,志 zhi,文 wen,博 bo,远 yuan,思 si,子 zi,轩 xuan,泽 ze,睿 rui,昊 hao,天 tian,立 li,国 guo,建 jian,"
    "海 hai,峰 feng,林 lin,成 cheng,振 zhen"
)


def _pool(text: str) -> tuple[np.ndarray, np.ndarray]:
    han, latin = zip(*(word.split() for word in text.split(",")), strict=True)
    return np.array(han, dtype=object), np.array(latin, dtype=object)


def people(rng: np.random.Generator, female: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return one invented name per person, in Chinese and in English; one given name in four is short."""
    size = len(female)
    surname, surname_en = _pool(SURNAMES)
    common = rng.random(size) ** 1.6 * len(surname)  # the first surnames are the common ones
    family = common.astype(np.int64)
    short = rng.random(size) < 0.25
    zh, en = surname[family], surname_en[family] + " "
    for position in range(2):
        given = np.empty(size, dtype=object)
        latin = np.empty(size, dtype=object)
        for mask, text in ((female, FEMALE), (~female, MALE)):
            han, sounds = _pool(text)
            draw = rng.integers(0, len(han), size)
            given[mask], latin[mask] = han[draw[mask]], sounds[draw[mask]]
        if position == 0:
            first = latin
            zh, en = zh + given, en + np.array([sound.capitalize() for sound in latin], dtype=object)
        else:
            repeated = latin == first
            zh = np.where(short | repeated, zh, zh + given)
            en = np.where(short | repeated, en, en + latin)
    return zh, en
