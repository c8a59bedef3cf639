"""Habits of further shops' exports come out right: fields on first rows, one postage for all, totals and what is left of them."""

import io

import pandas as pd
import pytest

from custseg_helpers.commands.main import main
from custseg_helpers.decision.decide import decide
from custseg_helpers.evidence.plain_lines import plain_lines

EXPORTS = {
    "day and total on the first row of an order": (
        "Order ID,Email,Financial Status,Subtotal,Shipping,Amount Refunded,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price\n"
        "01,a@x.example,PAID,45.50,6.00,0.00,51.50,2025-01-06 10:00:00 +0000,1,tea,12.50\n01,a@x.example,,,,,,,1,pot,33.00\n"
        "02,b@x.example,PAID,25.00,6.00,0.00,31.00,2025-01-08 10:00:00 +0000,2,tea,12.50\n"
        "03,a@x.example,REFUNDED,40.90,6.00,46.90,46.90,2025-01-09 10:00:00 +0000,1,cup,7.90\n03,a@x.example,,,,,,,1,pot,33.00\n",
        (2, 3, 82.50),
    ),
    "one postage for every order": (
        "跟团号,下单人,下单人ID,支付时间,商品,数量,商品金额,优惠金额,运费,订单金额,退款金额,订单状态\n"
        "1,甲,k1,2025/1/6 9:00,茶,2,25.00,0.00,5.00,62.90,0.00,已支付\n1,甲,k1,2025/1/6 9:00,壶,1,32.90,0.00,5.00,62.90,0.00,已支付\n"
        "2,乙,k2,2025/1/7 9:00,茶,1,12.50,0.00,5.00,17.50,8.00,已支付\n"
        "3,甲,k1,2025/1/9 9:00,杯,1,7.90,2.00,5.00,43.80,0.00,已支付\n3,甲,k1,2025/1/9 9:00,壶,1,32.90,2.00,5.00,43.80,0.00,已支付\n"
        "4,丙,k3,2025/1/9 9:00,杯,1,7.90,0.00,5.00,12.90,0.00,已取消\n",
        (2, 3, 116.20),
    ),
    "what is left after refunds beside the total": (
        "Order number,Date created,Contact email,Item,Qty,Price,Shipping rate,Total,Total refunded,Net amount,Payment status\n"
        '1,"Jan 6, 2025",a@x.example,tea,2,12.50,4.50,62.50,0.00,62.50,Paid\n1,"Jan 6, 2025",a@x.example,pot,1,33.00,4.50,62.50,0.00,62.50,Paid\n'
        '2,"Jan 8, 2025",b@x.example,cup,1,7.90,4.50,12.40,12.40,0.00,Fully refunded\n'
        '3,"Jan 9, 2025",b@x.example,tea,1,12.50,4.50,24.90,0.00,24.90,Paid\n3,"Jan 9, 2025",b@x.example,cup,1,7.90,4.50,24.90,0.00,24.90,Paid\n',
        (2, 3, 87.40),
    ),
    "prices in won": (
        "주문번호,주문일시,주문자ID,상품명,수량,판매가,상품별 결제금액,총 실결제금액,배송비,주문상태\n"
        '1,2025-01-06 오전 09:10,u1,차,2,"12,500원","25,000원","61,000원","3,000원",배송완료\n1,2025-01-06 오전 09:10,u1,주전자,1,"33,000원","33,000원","61,000원","3,000원",배송완료\n'
        '2,2025-01-08 오후 01:10,u2,컵,1,"7,900원","7,900원","10,900원","3,000원",취소완료\n'
        '3,2025-01-09 오후 01:10,u2,차,1,"12,500원","12,500원","23,400원","3,000원",배송완료\n3,2025-01-09 오후 01:10,u2,컵,1,"7,900원","7,900원","23,400원","3,000원",배송완료\n',
        (2, 2, 84_400.0),
    ),
}


@pytest.mark.parametrize("habit", EXPORTS)
def test_an_order_total_beside_its_items_comes_out_right_by_product_as_well(habit):
    text, (customers, orders, net) = EXPORTS[habit]
    made = decide(pd.read_csv(io.StringIO(text), dtype=object, keep_default_na=False, na_values=[""]))
    assert not made.questions, [str(question.ask) for question in made.questions]
    totals = made.plain.totals
    assert (totals["customers"], totals["orders"], totals["net"]) == (customers, orders, pytest.approx(net))
    lines = plain_lines(
        pd.read_csv(io.StringIO(text), dtype=object, keep_default_na=False, na_values=[""]), made.layout
    ).frame
    sold = pd.to_numeric(lines[made.layout.columns["amount"]])
    assert sold.sum() == pytest.approx(net)
    assert lines[made.layout.columns["order_date"]].notna().all()
    assert (sold != 0).sum() > orders


def test_months_whose_names_say_nothing_are_one_table_and_a_later_status_wins(tmp_path):
    head = "单,甲方码,哪天,卖价,末态\n"
    first = "A1,k1,2025-01-03,10.50,已完成\nA2,k2,2025-01-05,20.25,已发货\nA3,k1,2025-01-06,7.75,已完成\n"
    later = "A2,k2,2025-01-05,20.25,已取消\nA4,k3,2025-02-05,31.00,已完成\n"
    for month, rows in ((1, first), (2, later)):
        (tmp_path / f"{month}.csv").write_text(head + rows, encoding="utf-8")
    assert (
        main(["init", *(str(tmp_path / f"{n}.csv") for n in (1, 2)), "--out", str(tmp_path / "c.toml")]) == 0
    )
    text = (tmp_path / "c.toml").read_text(encoding="utf-8")
    assert "1.csv" in text and "2.csv" in text


def test_a_portuguese_day_with_its_hour_is_read():
    rows = "".join(f"P{n},c{n % 3},{n + 1} de março de 2025 10:15 hs.,{10 + n}.50\n" for n in range(6))
    made = decide(pd.read_csv(io.StringIO("pedido,cliente,data,valor total\n" + rows), dtype=object))
    assert made.layout.columns["order_date"] == "data"
    assert made.plain.totals["net"] == 78
