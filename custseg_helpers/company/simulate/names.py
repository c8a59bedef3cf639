"""Invented names, natural in both languages: 林若溪 is Lin Ruoxi, 澄湾岳澜精密机械 is Chengwan Yuelan Precision Machinery."""

import numpy as np

SURNAMES = (
    "王Wang 李Li 张Zhang 刘Liu 陈Chen 杨Yang 赵Zhao 黄Huang 周Zhou 吴Wu 徐Xu 孙Sun 胡Hu 朱Zhu 高Gao 林Lin 何He 郭Guo 马Ma 罗Luo "
    "梁Liang 宋Song 郑Zheng 谢Xie 韩Han 唐Tang 冯Feng 于Yu 董Dong 萧Xiao 程Cheng 曹Cao 袁Yuan 邓Deng 许Xu 傅Fu 沈Shen 曾Zeng 彭Peng "
    "吕Lyu 苏Su 卢Lu 蒋Jiang 蔡Cai 贾Jia 丁Ding 魏Wei 薛Xue 叶Ye 余Yu 潘Pan 杜Du 戴Dai 夏Xia 钟Zhong 汪Wang 田Tian 任Ren 姜Jiang "
    "范Fan 方Fang 石Shi 姚Yao 谭Tan 廖Liao 邹Zou 熊Xiong 金Jin 陆Lu 郝Hao 孔Kong 白Bai 崔Cui 康Kang 毛Mao 邱Qiu 秦Qin 江Jiang 史Shi "
    "顾Gu 侯Hou 邵Shao 孟Meng 龙Long 万Wan 段Duan 钱Qian 汤Tang 尹Yin 黎Li 易Yi 常Chang 武Wu 乔Qiao 贺He 赖Lai 龚Gong 文Wen"
)
"""The commonest first."""

FEMALE = (
    "静Jing 敏Min 丽Li 芳Fang 婷Ting 雪Xue 琳Lin 慧Hui 颖Ying 洁Jie 倩Qian 玲Ling 燕Yan 霞Xia 娟Juan 萍Ping 若溪Ruoxi 诗涵Shihan 雨晴Yuqing "
    "思妍Siyan 晓彤Xiaotong 梦瑶Mengyao 佳怡Jiayi 欣怡Xinyi 子涵Zihan 雅琪Yaqi 秀兰Xiulan 桂英Guiying 玉梅Yumei 淑珍Shuzhen 丽华Lihua 春燕Chunyan "
    "海燕Haiyan 晓燕Xiaoyan 雅静Yajing 文静Wenjing 嘉敏Jiamin 美玲Meiling 红梅Hongmei 月华Yuehua 佩珊Peishan 婉清Wanqing 书瑶Shuyao 语桐Yutong "
    "可馨Kexin 依诺Yinuo 梓萱Zixuan 芷若Zhiruo 静怡Jingyi 雪莹Xueying 慧敏Huimin 晓琳Xiaolin 思琪Siqi 雨薇Yuwei 心悦Xinyue 安琪Anqi 沐晴Muqing "
    "锦云Jinyun 素芬Sufen 翠萍Cuiping 凤霞Fengxia 彩虹Caihong 亚男Yanan 爱华Aihua 悦宁Yuening 乐瑶Leyao 明慧Minghui 清扬Qingyang 念慈Nianci"
)
MALE = (
    "伟Wei 强Qiang 磊Lei 军Jun 勇Yong 杰Jie 涛Tao 明Ming 超Chao 刚Gang 辉Hui 鹏Peng 飞Fei 波Bo 斌Bin 凯Kai 建国Jianguo 志强Zhiqiang "
    "文博Wenbo 浩然Haoran 子轩Zixuan 宇航Yuhang 俊杰Junjie 天宇Tianyu 明远Mingyuan 子衡Ziheng 立新Lixin 国栋Guodong 海涛Haitao 志远Zhiyuan "
    "家豪Jiahao 振华Zhenhua 德明Deming 永康Yongkang 思远Siyuan 博文Bowen 泽宇Zeyu 睿哲Ruizhe 昊天Haotian 晓东Xiaodong 卫东Weidong 建华Jianhua "
    "志明Zhiming 文轩Wenxuan 景行Jingxing 承志Chengzhi 云飞Yunfei 少华Shaohua 庆华Qinghua 启航Qihang 嘉树Jiashu 星宇Xingyu 一鸣Yiming 家俊Jiajun "
    "长青Changqing 士杰Shijie 向阳Xiangyang 国强Guoqiang 新民Xinmin 光明Guangming 晨阳Chenyang 逸飞Yifei 沛然Peiran 子墨Zimo 致远Zhiyuan "
    "怀瑾Huaijin 绍谦Shaoqian 兆丰Zhaofeng 鸿博Hongbo 宏图Hongtu"
)
FIRMS = (
    "岳Yue 澜Lan 拓Tuo 衡Heng 沐Mu 朔Shuo 栖Qi 屿Yu 禾He 岐Qi 砺Li 溯Su 霁Ji 峤Qiao 瀚Han 钧Jun 隽Juan 汀Ting 樾Yue 弘Hong 煦Xu 泽Ze 谷Gu 陵Ling "
    "棠Tang 垣Yuan 昀Yun 渡Du 曜Yao 岚Lan 启Qi 帆Fan 森Sen 恒Heng 川Chuan 朗Lang 远Yuan 盛Sheng 翎Ling 鼎Ding"
)
"""Syllables of company names; two make a name that no real company need have."""


def _pool(text: str) -> tuple[np.ndarray, np.ndarray]:
    split = [next(i for i, letter in enumerate(word) if letter.isascii()) for word in text.split()]
    han = [word[:at] for word, at in zip(text.split(), split, strict=True)]
    latin = [word[at:] for word, at in zip(text.split(), split, strict=True)]
    return np.array(han, dtype=object), np.array(latin, dtype=object)


def people(rng: np.random.Generator, female: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return one invented name per person, in Chinese and in English."""
    size = len(female)
    surname, surname_en = _pool(SURNAMES)
    family = (rng.random(size) ** 1.6 * len(surname)).astype(np.int64)
    draw = rng.random(size)
    zh, en = surname[family], surname_en[family] + " "
    for chosen, text in ((female, FEMALE), (~female, MALE)):
        given, given_en = _pool(text)
        position = (draw[chosen] * len(given)).astype(np.int64)
        zh[chosen], en[chosen] = zh[chosen] + given[position], en[chosen] + given_en[position]
    return zh, en


def firms(
    rng: np.random.Generator, city: np.ndarray, city_en: np.ndarray, line: np.ndarray, line_en: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return one invented company name each: city, two syllables, and the line of business given."""
    han, latin = _pool(FIRMS)
    first = rng.integers(0, len(han), len(city))
    second = (first + rng.integers(1, len(han), len(city))) % len(han)
    lower = np.array([word.lower() for word in latin], dtype=object)
    return city + han[first] + han[second] + line, city_en + " " + latin[first] + lower[
        second
    ] + " " + line_en
