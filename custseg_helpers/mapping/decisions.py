"""What a mapping decides, said in words: the report and the manifest carry it."""

from custseg_helpers.decision.questions import complete_answer, together
from custseg_helpers.mapping.keys import UNASKED, OwnData, Question
from custseg_helpers.words.text import T, listed


def decisions(own: OwnData) -> list[T]:
    """Say in words what the mapping decides; the report and the manifest carry it."""
    if "facts" in own.sources:
        return _handed_over(own)
    amount = (
        T(zh="金额取“{c}”列", en="The amount is column “{c}”").format(c=own.orders.columns["amount"])
        if "amount" in own.orders.columns
        else T(zh="金额＝“{q}”×“{p}”", en="The amount is “{q}” × “{p}”").format(
            q=own.orders.columns["quantity"], p=own.orders.columns["price"]
        )
    )
    for part, names in (
        (T(zh="，加上{c}", en=" plus {c}"), own.orders.plus),
        (T(zh="，减去{c}", en=" less {c}"), own.orders.minus),
    ):
        amount += part.format(c=listed(f"“{name}”" for name in names)) if names else T(zh="", en="")
    marks = {"column": own.orders.columns.get("status"), "values": listed(own.orders.returns.values)}
    returns = {
        "sign": T(zh="金额为负的行是退货", en="Lines with a negative amount are returns"),
        "status": T(
            zh="“{column}”为 {values} 的行是退货", en="Lines whose “{column}” is {values} are returns"
        ).format(**marks),
        "prefix": T(
            zh="单号以 {values} 开头的行是退货",
            en="Lines whose order number begins with {values} are returns",
        ).format(**marks),
    }[own.orders.returns.by]
    said = [
        *assumed(own),
        T(zh="快照日 {d}", en="Snapshot {d}").format(d=f"{own.as_of:%Y-%m-%d}"),
        T(
            zh="币种 {c}，时区 {z}。课程界面里的“元”一律指这个币种",
            en="Currency {c}, time zone {z}; where the course says yuan, read this currency",
        ).format(c=own.currency, z=own.time_zone),
        amount,
        T(zh="{r}：冲减消费金额，不算订单，也不算最近一次购买", en="{r}: they lower monetary, and are neither an order nor a purchase").format(r=returns),
        T(zh="没有客户编号的行不计入", en="Lines without a customer do not count"),
        T(
            zh="整行重复的：{what}",
            en="Exact duplicates: {what}",
        ).format(what=T(zh="保留", en="kept") if own.orders.duplicates == "keep" else T(zh="只留一行", en="one is kept")),
    ]  # fmt: skip
    if own.orders.rows == "orders":
        said.append(T(zh="一行就是一单", en="Every row is one order"))
    said += [
        T(zh="“{column}”为 {values} 的行不计入", en="Lines whose “{column}” is {values} do not count").format(
            column=own.orders.columns[name], values=listed(found)
        )
        for name, found in own.orders.skip.items()
    ]
    said += [
        T(zh="只有“{column}”为 {values} 的行计入", en="Only lines whose “{column}” is {values} count").format(
            column=own.orders.columns[name], values=listed(found)
        )
        for name, found in own.orders.only.items()
    ]
    return said


def _handed_over(own: OwnData) -> list[T]:
    return [
        T(zh="快照日 {d}", en="Snapshot {d}").format(d=f"{own.as_of:%Y-%m-%d}"),
        T(zh="币种 {c}", en="Currency {c}").format(c=own.currency),
        T(
            zh=f"每位客户的事实由别处汇总后交来（“{own.sources['facts'].file.name}”）；退货、跳过哪些行、怎样算一单，由那里决定",
            en=f"Facts of every customer were counted elsewhere and handed over (“{own.sources['facts'].file.name}”); what is a return, which rows count and what is an order was decided there",
        ),
    ]


def assumed(own: OwnData) -> list[T]:
    """Say what was answered to what the files left open, and what the statuses mean: the money rests on it."""
    if "orders" not in own.sources:
        return []
    said = [
        T(zh="按你的回答：{ask} → {says}", en="As you answered: {ask} → {says}").format(
            ask=one.ask, says=_said(one)
        )
        for one in own.standing
        if complete_answer(one.answer)
    ]
    said += [*own.unsaid]
    said += [UNASKED.format(a=one) for one in own.assumed]
    for column, lists in own.orders.statuses.items():
        for meaning, about in STATUS_MEANINGS.items():
            if values := lists.lists().get(meaning):
                said.append(about.format(c=column, v=listed(values)))
    return said


def _said(question: Question) -> T | str:
    """Return the words of an answer; of several values each with its own."""
    if isinstance(question.answer, int):
        return question.choices[question.answer - 1].says
    values = together([choice.orders for choice in question.choices])
    of_value = T(zh="{v}：{says}", en="{v}: {says}")
    return listed(
        of_value.format(v=value, says=question.choices[number - 1].says)
        for value, number in zip(values, question.answer, strict=True)
    )


STATUS_MEANINGS = {
    "never": T(zh="“{c}”为 {v} 的没有成交，不计入", en="{v} in “{c}” never came about and do not count"),
    "back": T(
        zh="“{c}”为 {v} 的卖了又退，净额为零", en="{v} in “{c}” were sold and returned, at a net of zero"
    ),
    "credit": T(zh="“{c}”为 {v} 的冲减以前的销售", en="{v} in “{c}” are taken off earlier sales"),
    "out": T(zh="“{c}”为 {v} 的冲减金额", en="{v} in “{c}” are taken off"),
    "aside": T(
        zh="“{c}”为 {v} 的不是与客户的买卖，不计入",
        en="{v} in “{c}” are no business with customers and do not count",
    ),
}
