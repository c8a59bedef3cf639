"""Exports that nobody described, with habits of real systems: each comes out with its sums, or an answer leads there."""

import io
from dataclasses import asdict, replace

import pandas as pd
import pytest

from custseg_helpers.decision.decide import decide
from custseg_helpers.decision.questions import answer_sets, answered, together
from custseg_helpers.evidence.plain_lines import counted_lines

pytestmark = pytest.mark.slow


def table(header, *rows):
    text = "\n".join([header, *rows])
    return pd.read_csv(io.StringIO(text), sep="|", dtype=object, keep_default_na=False, na_values=[""])


def after(frame, made, *answers):
    """Return the sums once each question has its answer."""
    layout = asdict(made.layout)
    for question, answer in zip(made.questions, answers, strict=True):
        layout = answered(layout, answer_sets([choice.sets for choice in question.choices], answer))
    names = asdict(made.layout)
    return counted_lines(frame, replace(made.layout, **{key: layout[key] for key in names})).totals


def sums(customers, orders, gross, net):
    return pytest.approx({"customers": customers, "orders": orders, "gross": gross, "net": net}, abs=0.005)


def told(totals):
    return {name: totals[name] for name in ("customers", "orders", "gross", "net")}


PAID_BY_WORDS = table(
    "订单号|订单状态|下单时间|买家openid|商品名称|商品数量|商品单价|商品总价|运费|优惠金额|订单实际支付金额|售后状态|退款金额",
    "S1|已完成|2025-03-01 10:00:00|o1|杯子|2|20.00|40.00|6.00|0.00|76.00||0.00",
    "S1|已完成|2025-03-01 10:00:00|o1|壶|1|30.00|30.00|6.00|0.00|76.00||0.00",
    "S2|已完成|2025-03-04 11:00:00|o2|茶|1|50.00|50.00|0.00|5.00|45.00|退款成功|20.00",
    "S3|已取消|2025-03-05 12:00:00|o3|茶|1|50.00|50.00|0.00|0.00|50.00||0.00",
    "S4|已完成|2025-03-09 09:00:00|o1|杯子|3|20.00|60.00|0.00|0.00|60.00||0.00",
)
REFUNDS_BY_WORDS = table(
    "Order Date|Order ID|Currency|Discount|Order Total|Payments Total|Refunds Total|Tender|Customer ID|Order Payment State",
    "02-Mar-2025 10:02 AM EST|Q1|USD||$40.00|$40.00|$0.00|Cash|K1|Paid",
    "03-Mar-2025 11:02 AM EST|Q2|USD||$25.50|$25.50|$10.00|Cash|K2|Partially Refunded",
    "05-Mar-2025 09:12 AM EST|Q3|USD||$80.00|$0.00|$0.00||K3|Open",
    "07-Mar-2025 02:30 PM EST|Q4|USD||$60.00|$60.00|$60.00|Card|K1|Refunded",
    "08-Mar-2025 02:30 PM EST|Q5|USD||$12.00|$12.00|$0.00|Card|K2|Paid",
)
PRICE_TIMES_QUANTITY_STANDS_THERE = table(
    "상품주문번호|주문번호|구매자명|주문상태|결제일|상품번호|상품명|수량|상품가격|상품별 총 주문금액|배송비 합계",
    "P1|N1|김민준|구매확정|2025-03-01|S1|컵|2|2000|4000|0",
    "P2|N1|김민준|구매확정|2025-03-01|S2|차|1|5000|5000|0",
    "P3|N2|이서연|구매확정|2025-03-02|S1|컵|3|2000|6000|0",
    "P4|N3|박지후|취소|2025-03-03|S2|차|1|5000|5000|0",
    "P5|N4|이서연|반품|2025-03-05|S1|컵|1|2000|2000|0",
)
DUTCH = table(
    "Bestelnummer|Besteldatum|Status|E-mailadres klant|Titel|Aantal|Prijs per stuk|Regeltotaal",
    "B1|01-03-2025|Verzonden|a@example.org|Mok|2|4,50|9,00",
    "B1|01-03-2025|Verzonden|a@example.org|Thee|1|12,95|12,95",
    "B2|14-03-2025|Geannuleerd|b@example.org|Thee|1|12,95|12,95",
    "B3|20-03-2025|Geretourneerd|c@example.org|Mok|1|4,50|4,50",
    "B4|22-03-2025|Verzonden|a@example.org|Lamp|1|1.049,00|1.049,00",
)
RIGHT = {
    "what was paid, by the words of its name": (PAID_BY_WORDS, sums(2, 3, 181, 161)),
    "refunds, by the words of their name": (REFUNDS_BY_WORDS, sums(2, 4, 137.5, 67.5)),
    "a price whose line totals stand beside it": (
        PRICE_TIMES_QUANTITY_STANDS_THERE,
        sums(2, 3, 17000, 15000),
    ),
    "Dutch": (DUTCH, sums(2, 3, 1075.45, 1070.95)),
}


@pytest.mark.parametrize("habit", RIGHT)
def test_an_export_with_this_habit_comes_out_with_its_sums(habit):
    frame, expected = RIGHT[habit]
    made = decide(frame)
    assert not made.questions, [str(question.ask) for question in made.questions]
    assert told(made.plain.totals) == expected


CODES = table(
    "OrderId|OrderTime|OrderStatus|ShipStatus|TotalPrice|BillName",
    *(
        f"m-{n}|2025/03/{n + 1:02d} 10:00:00|{4 if n == 3 else 2 if n == 5 else 5}|{3 if n % 2 else 1}|{900 + n}.50|客{n % 4}"
        for n in range(12)
    ),
)
"""Twelve orders, 10,872 in all; the fourth was cancelled (903.50), the sixth is on its way to be paid (905.50)."""
KINDS_OF_ROWS = table(
    "Date|Receipt Number|Line Type|Customer Code|Customer Name|Quantity|Paid|Details|Status|Sku",
    *(
        row
        for n in range(6)
        for row in (
            f"2025-03-{n + 1:02d} 10:00:00|R{n}|Sale|ann-{n % 3}|Ann {n % 3}|2|{40 + n}.50||CLOSED|",
            f"2025-03-{n + 1:02d} 10:00:00|R{n}|Sale Line|ann-{n % 3}|Ann {n % 3}|2||Mug|CLOSED|M1",
            f"2025-03-{n + 1:02d} 10:00:00|R{n}|Payment|ann-{n % 3}|Ann {n % 3}||{40 + n}.50|Cash|CLOSED|",
        )
    ),
)
"""A till that writes a sale three times: itself, its lines, its payment; 258 in all."""
LEDGER = table(
    "Date|Type|Document Number|Name|Account|Amount|Status",
    *(
        row
        for n in range(8)
        for row in (
            f"3/{n + 1}/2025|Sales Order|SO{n}|C10{n % 3} Ann {n % 3}|Sales Orders|{100 + n}.50|Billed",
            f"3/{n + 1}/2025|Invoice|INV{n}|C10{n % 3} Ann {n % 3}|Receivable|{100 + n}.50|Paid In Full",
            f"3/{n + 20}/2025|Payment|PMT{n}|C10{n % 3} Ann {n % 3}|Undeposited|{100 + n}.50|Not Deposited",
        )
    ),
)
"""Order, invoice and payment of eight sales, 832 in all."""
CONVERTED = table(
    "transaction_id|status|customer_id|created_at|currency_code|total|balance_currency|balance_total|balance_earnings",
    *(
        f"t{n}|completed|c{n % 4}|2025-03-{n + 1:02d}|{code}|{20 + n}.00|USD|{(20 + n) * rate:.2f}|{(20 + n) * rate * 0.9:.2f}"
        for n, (code, rate) in enumerate([("USD", 1), ("EUR", 1.1), ("GBP", 1.25)] * 3)
    ),
)
"""20 + … + 28 in three currencies: 69 USD, 72 × 1.1, 75 × 1.25."""


def test_numbers_in_a_column_of_statuses_are_asked_one_by_one_but_not_how_far_a_parcel_is():
    made = decide(CODES)
    (question,) = made.questions
    assert together([choice.sets for choice in question.choices]) == ("5", "4", "2")
    assert told(after(CODES, made, (1, 2, 2))) == sums(4, 10, 9066 - 3, 9066 - 3)


def test_a_sale_that_is_written_as_sale_lines_and_payment_counts_once():
    made = decide(KINDS_OF_ROWS)
    kinds = next(one for one in made.questions if "Line Type" in one.ask.within("en"))
    values = together([choice.sets for choice in kinds.choices])
    numbers = tuple(1 if value == "Sale" else 2 for value in values)
    answers = [numbers if one is kinds else 1 for one in made.questions]
    assert told(after(KINDS_OF_ROWS, made, *answers)) == sums(3, 6, 258, 258)


def test_an_account_of_the_books_is_no_customer_and_the_names_are_offered():
    made = decide(LEDGER)
    who, what = sorted(made.questions, key=lambda one: one.about)
    assert [choice.sets["columns"]["customer_id"] for choice in who.choices] == ["Name"]
    meant = {"Billed": 2, "Paid In Full": 1, "Not Deposited": 2}
    numbers = tuple(meant[value] for value in together([choice.sets for choice in what.choices]))
    answers = [1 if one is who else numbers for one in made.questions]
    assert told(after(LEDGER, made, *answers)) == sums(3, 8, 832, 832)


def test_amounts_in_several_currencies_may_be_counted_by_the_column_that_converts_them():
    made = decide(CONVERTED)
    (question,) = made.questions
    assert question.about == "currency" and "balance_total" in question.choices[0].says.within("en")
    assert told(after(CONVERTED, made, 1)) == sums(4, 9, 241.95, 241.95)


def test_a_list_of_ones_own_is_no_export_of_a_system():
    rows = (
        f"2025-03-{n + 1:02d}|客户{n % 3}|杯子|{n % 2 + 1}|20.50|{20.5 * (n % 2 + 1)}|" for n in range(12)
    )
    made = decide(table("日期|客户|品名|数量|单价|金额|备注", *rows))
    assert made.match is None and not made.questions
    assert told(made.plain.totals) == sums(3, 12, 369, 369)


def lines(header, row):
    """Return twelve rows of four customers; `row` gives what stands behind number, customer and day."""
    return table(header, *(f"A{n}|C{n % 4}|2025-03-{n + 1:02d}|{row(n)}" for n in range(12)))


PRICED = lines(
    "order no|customer no|date|unit price|qty|discount %", lambda n: f"20.00|{n % 3 + 1}|{10 * (n % 2)}%"
)
"""Of 480 the odd orders get 10 per cent less."""
REASONED = lines(
    "order no|customer no|date|total|void reason", lambda n: f"{20 + n}.50|{'slip' if n == 5 else ''}"
)
"""Twelve totals of 312 in all; the sixth, 25.50, was voided."""
PIECES = lines(
    "order no|customer no|date|qty|returned qty|unit price|line total",
    lambda n: f"2|{n % 5 == 4:d}|9.00|18.00",
)


def test_a_discount_in_per_cent_beside_price_and_quantity_is_asked_and_may_be_taken_off():
    made = decide(PRICED)
    off = sum(2.0 * (n % 3 + 1) for n in range(12) if n % 2)
    assert told(after(PRICED, made, 1)) == sums(4, 12, 480, 480)
    assert told(after(PRICED, made, 2)) == sums(4, 12, 480 - off, 480 - off)


def test_rows_with_a_reason_to_be_void_are_asked_about():
    made = decide(REASONED)
    assert told(after(REASONED, made, 1)) == sums(4, 11, 286.5, 286.5)
    assert told(after(REASONED, made, 3)) == sums(4, 12, 312, 312)


def test_pieces_that_came_back_without_money_are_never_passed_over():
    made = decide(PIECES)
    assert ["returned qty" in one.ask.within("en") for one in made.questions] == [True]


def test_numbers_and_words_in_arabic_are_read():
    amounts = str.maketrans("0123456789.", "٠١٢٣٤٥٦٧٨٩٫")
    rows = (
        f"A{n}|2025-03-{n + 1:02d}|عميل {n % 4}|{f'{20 + n}.50'.translate(amounts)}|{'ملغي' if n == 5 else 'مكتمل'}"
        for n in range(12)
    )
    made = decide(table("رقم الطلب|تاريخ الطلب|العميل|المبلغ|الحالة", *rows))
    assert not made.questions and told(made.plain.totals) == sums(4, 11, 286.5, 286.5)
