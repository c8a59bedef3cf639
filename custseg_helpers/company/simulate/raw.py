"""What three departments of the retail company really hand over, and the key to every fault planted in it.

- sales: `sales_orders.csv`, GBK, Chinese headers, the order lines of the last quarter
- marketing: `marketing_members.xlsx`, merged title rows over the header, a second sheet of notes
- service: `service_records.csv`, UTF-8 with byte order mark, separated by semicolons
- `answer_key.csv`: file, row as a spreadsheet counts it, column, kind, what is written, what should be read
"""

from datetime import date, timedelta
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from custseg_helpers.company.simulate.export import Cells, Export
from custseg_helpers.company.simulate.settings import stream
from custseg_helpers.company.simulate.workbook import workbook
from custseg_helpers.words.glossary import term

HANDED_OVER = date(2026, 1, 5)
QUARTER = pd.Timestamp("2025-10-01")
FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")


def raw_files(tables: dict[str, pd.DataFrame]) -> dict[str, bytes]:
    """Return the raw exports of the retail company and their answer key: file name → content."""
    rng = stream("retail", 0, "raw")
    people, orders = tables["customers"], tables["orders"]
    quarter = orders[orders["order_date"] >= QUARTER]
    buyers = set(quarter["customer_id"].drop_duplicates().sort_values().iloc[:320])
    prospects = set(people.loc[~people["customer_id"].isin(orders["customer_id"]), "customer_id"].iloc[:40])
    sales = _sales(rng, quarter[quarter["customer_id"].isin(buyers)], tables["products"])
    members = _members(rng, people[people["customer_id"].isin(buyers | prospects)], orders)
    service = _service(rng, tables["interactions"], buyers)
    key = pd.DataFrame(
        sales.key("sales_orders.csv", 2)
        + members.key("marketing_members.xlsx", 4)
        + service.key("service_records.csv", 2)
    )
    return {
        "sales_orders.csv": _csv(sales.rows, ",").encode("gbk"),
        "marketing_members.xlsx": workbook(members.rows),
        "service_records.csv": _csv(service.rows, ";").encode("utf-8-sig"),
        "answer_key.csv": key.to_csv(index=False, lineterminator="\n").encode("utf-8-sig"),
    }


def _sales(rng: np.random.Generator, orders: pd.DataFrame, products: pd.DataFrame) -> Export:
    names = products.set_index("product_id")["name_zh"]
    export = Export(
        [
            {
                "单号": line.order_id,
                "会员号": line.customer_id,
                "下单日期": f"{line.order_date:%Y-%m-%d}",
                "商品编号": line.product_id,
                "商品名称": names[line.product_id],
                "数量": str(line.quantity),
                "折扣": f"{line.discount:g}",
                "实付金额": f"{line.amount:.2f}",
                "渠道": term(line.channel).within("zh"),
            }
            for line in orders.itertuples()
        ],
        rng,
    )
    export.plant("currency_sign", "实付金额", 8, lambda v: f"￥{float(v):,.2f}", _dear)  # GBK has no ¥
    export.plant("full_width", "实付金额", 6, lambda v: v.translate(FULL_WIDTH), _bought)
    export.plant("full_width", "数量", 4, lambda v: v.translate(FULL_WIDTH), _bought)
    export.plant("date_slash", "下单日期", 12, lambda v: f"{_day(v).year}/{_day(v).month}/{_day(v).day}")
    export.plant(
        "date_chinese", "下单日期", 10, lambda v: f"{_day(v).year}年{_day(v).month}月{_day(v).day}日"
    )
    export.plant("date_compact", "下单日期", 8, lambda v: v.replace("-", ""))
    export.plant("unknown_customer", "会员号", 5, lambda v: f"C9{v[2:]}", _bought)
    export.plant("missing_customer", "会员号", 4, lambda v: "", _bought)
    export.plant("test_customer", "会员号", 3, lambda v: "TEST01", _bought)
    export.plant("unknown_product", "商品编号", 2, lambda v: "P99", _bought)
    export.plant("missing_amount", "实付金额", 3, lambda v: "", _bought)
    export.plant("impossible_amount", "实付金额", 2, lambda v: v.replace(".", ""), _dear)
    export.plant("impossible_quantity", "数量", 1, lambda v: "0", _bought)
    export.plant("impossible_quantity", "数量", 1, lambda v: "9999", _bought)
    export.plant("sign_mismatch", "数量", 2, lambda v: f"-{v}", _bought)
    export.plant("impossible_date", "下单日期", 1, lambda v: "2025-11-31", _bought)
    export.plant("impossible_date", "下单日期", 1, lambda v: "2025-13-05", _bought)
    export.plant("future_date", "下单日期", 2, lambda v: v.replace("2025", "2052"), _bought)
    export.repeat("单号", 6)
    for _ in range(2):
        export.insert("blank_row", "单号", dict.fromkeys(export.rows[0], ""))
    total = f"{orders['amount'].sum():.2f}"
    export.rows.append(dict.fromkeys(export.rows[0], "") | {"单号": "合计", "实付金额": total})
    export.planted.append((export.rows[-1], "单号", "summary_row", ""))
    return export


def _members(rng: np.random.Generator, customers: pd.DataFrame, orders: pd.DataFrame) -> Export:
    spent = orders.groupby("customer_id")["amount"].sum()
    first = orders.groupby("customer_id")["order_date"].min()
    phones = rng.choice(10**9, len(customers), replace=False) + 12 * 10**9  # no mobile number begins with 12
    export = Export(
        [
            {
                "会员号": c.customer_id,
                "姓名": c.name_zh,
                "性别": term(c.gender).within("zh") if isinstance(c.gender, str) else "女",
                "出生年份": int(c.birth_year) if c.birth_year == c.birth_year else 1988,
                "手机号": str(phone),
                "大区": term(c.region).within("zh"),
                "城市": term(c.city).within("zh"),
                "注册日期": c.signup_date.date(),
                "注册渠道": term(c.signup_channel).within("zh"),
                "累计消费": round(float(spent.get(c.customer_id, 0.0)), 2),
            }
            for c, phone in zip(customers.itertuples(), phones, strict=True)
        ],
        rng,
    )

    def late(day: date) -> date:
        return day + timedelta(days=200)

    def ordered_before(row: Cells) -> bool:
        return row["会员号"] in first and first[row["会员号"]].date() < late(row["注册日期"]) < HANDED_OVER

    for row in export.rows:
        if row["累计消费"] >= 10000:
            exact, row["累计消费"] = row["累计消费"], round(row["累计消费"], -3)
            export.planted.append((row, "累计消费", "ten_thousands", row["累计消费"]))
            row["累计消费"] = f"{exact / 1e4:.1f}万"
    export.plant("currency_sign", "累计消费", 8, lambda v: f"¥{v:,.2f}", lambda row: row["累计消费"] >= 3000)
    export.plant("text_number", "累计消费", 8, str, lambda row: row["累计消费"] > 0)
    export.plant("text_number", "出生年份", 8, str)
    export.plant("full_width", "出生年份", 4, lambda v: str(v).translate(FULL_WIDTH))
    export.plant("date_slash", "注册日期", 10, lambda v: f"{v.year}/{v.month}/{v.day}")
    export.plant("date_chinese", "注册日期", 8, lambda v: f"{v.year}年{v.month}月{v.day}日")
    export.plant("date_serial", "注册日期", 10, lambda v: (v - date(1899, 12, 30)).days)
    for wrong in (1880, 2031, 19850, 85):
        export.plant("impossible_birth_year", "出生年份", 1, partial(_become, wrong))
    export.plant("missing_birth_year", "出生年份", 4, lambda v: None)
    export.plant("missing_date", "注册日期", 2, lambda v: None)
    export.plant("unknown_code", "城市", 1, lambda v: "澄弯", lambda row: row["城市"] == "澄湾")
    export.plant("unknown_code", "城市", 1, lambda v: "南西", lambda row: row["城市"] == "南栖")
    export.plant("signup_after_order", "注册日期", 3, late, ordered_before)
    for number, twin in enumerate(export.copies(6), 1):
        export.insert(
            "near_duplicate", "手机号", twin | {"会员号": f"C8{number:03d}", "累计消费": 0}, twin["会员号"]
        )
    for again in export.copies(2):
        export.insert(
            "duplicate_id", "会员号", again | {"城市": "云汀" if again["城市"] != "云汀" else "朔宁"}
        )
    for number, name in enumerate(("测试", "测试二", "test"), 1):
        test = {
            "会员号": f"T000{number}",
            "姓名": name,
            "手机号": "12000000000",
            "注册日期": date(2024, 1, number),
        }
        export.insert("test_customer", "会员号", dict.fromkeys(export.rows[0]) | test)
    return export


def _service(rng: np.random.Generator, interactions: pd.DataFrame, known: set[str]) -> Export:
    asked = interactions["kind"].isin(["service", "survey"]) & (interactions["interaction_date"] >= QUARTER)
    records = interactions[asked & interactions["customer_id"].isin(known)]
    export = Export(
        [
            {
                "记录号": f"KF{number:04d}",
                "会员号": record.customer_id,
                "日期": f"{record.interaction_date:%Y-%m-%d}",
                "类型": term(record.kind).within("zh"),
                "商品编号": record.product_id,
                "评分": f"{record.score:.0f}",
            }
            for number, record in enumerate(records.itertuples(), 1)
        ],
        rng,
    )
    export.plant("date_slash", "日期", 6, lambda v: f"{_day(v).year}/{_day(v).month}/{_day(v).day}")
    export.plant("full_width", "评分", 4, lambda v: v.translate(FULL_WIDTH))
    for wrong in ("0", "6", "55", "-1"):
        export.plant("impossible_score", "评分", 1, partial(_become, wrong))
    export.plant("missing_date", "日期", 2, lambda v: "")
    export.plant("future_date", "日期", 1, lambda v: v.replace("2025", "2035"))
    export.plant("unknown_customer", "会员号", 3, lambda v: f"C7{v[2:]}")
    export.repeat("记录号", 3)
    return export


def _csv(rows: list[Cells], separator: str) -> str:
    return pd.DataFrame(rows).to_csv(index=False, sep=separator, lineterminator="\r\n")


def _bought(row: Cells) -> bool:
    return float(row["实付金额"]) > 0


def _dear(row: Cells) -> bool:
    return float(row["实付金额"]) >= 250


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _become(wrong: Any, value: Any) -> Any:
    return wrong
