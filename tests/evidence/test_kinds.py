"""Each way in which a file can be awkward comes out right or is asked; every file here is made up for its test."""

import io
import random
from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest

from custseg_helpers.decision.decide import decide
from custseg_helpers.evidence.plain_lines import counted_lines

pytestmark = pytest.mark.slow

PEOPLE = ("K-1", "K-2", "K-3", "K-4")


def orders(n=16):
    """Plain orders, one a row."""
    chance = random.Random(5)
    day = date(2024, 4, 17)
    return [
        [
            f"Q{place:03d}",
            PEOPLE[place % 4],
            str(day + timedelta(days=3 * place)),
            f"{chance.randrange(500, 90_000) / 100:.2f}",
        ]
        for place in range(n)
    ]


def table(rows, names="order number|member no|order date|order total"):
    return pd.DataFrame(rows, columns=pd.Index(names.split("|"), dtype=object), dtype=object).replace(
        {"": None}
    )


def total(rows):
    return round(sum(float(row[3]) for row in rows), 2)


def read(text, separator=","):
    return pd.read_csv(io.StringIO(text), sep=separator, dtype=object, keep_default_na=False, na_values=[""])


def comes_out(made, **expected):
    assert not made.questions, [str(question.ask) for question in made.questions]
    assert {name: made.plain.totals[name] for name in expected} == pytest.approx(expected, abs=0.005)


def asks(made, about):
    assert about in {question.about for question in made.questions}


def in_whole_numbers(name):
    """Orders whose amounts are whole numbers, beside a shipping fee with decimals."""
    rows = [[*row[:3], row[3].replace(".", ""), f"4.{place:02d}"] for place, row in enumerate(orders())]
    return table(rows, f"order number|member no|order date|{name}|shipping fee")


def test_whole_numbers_beside_money_with_decimals_may_be_cents():
    asks(decide(in_whole_numbers("order total")), "worth")


@pytest.mark.parametrize(
    "name", ["order total (元)", "order_total_eur", "Order Total in dollars", "金额（美元）"]
)
def test_an_amount_whose_name_says_its_currency_is_not_asked_for_cents(name):
    comes_out(decide(in_whole_numbers(name)), net=100 * total(orders()))


@pytest.mark.parametrize(
    "name", ["order_total_minor", "OrderTotalCents", "order_total_usd_cents", "实付金额分"]
)
def test_an_amount_whose_name_says_cents_is_not_asked_for_them(name):
    comes_out(decide(in_whole_numbers(name)), net=total(orders()))


def test_a_name_with_a_currency_goes_before_a_column_of_what_people_paid_in():
    rows = [[*row, ("USD", "EUR")[place % 2]] for place, row in enumerate(orders())]
    made = decide(table(rows, "order number|member no|order date|order_total_usd|currency"))
    comes_out(made, net=total(orders()))
    assert made.currency == "USD"
    asks(decide(table(rows, "order number|member no|order date|order total|currency")), "currency")


def with_codes(codes, name="own field"):
    rows = [[*row, code] for row, code in zip(orders(len(codes)), codes, strict=True)]
    return table(rows, f"order number|member no|order date|order total|{name}")


@pytest.mark.parametrize(
    "codes", [["OR"] * 15 + ["QT"], ["TA", "TA", "G2"] * 5, list("ABBA") * 3 + list("AABB")]
)
def test_short_codes_that_nothing_explains_are_asked(codes):
    asks(made := decide(with_codes(codes)), "statuses")
    sale, never, *_ = (choice.sets["statuses"]["own field"] for choice in made.questions[0].choices)
    most = max(codes, key=codes.count)
    said = {"sale": [most], "never": [code for code in never["never"] if code != most]}
    assert sale == {"sale": never["never"]}
    sold = [row for row, code in zip(orders(len(codes)), codes, strict=True) if code == most]
    answered = replace(made.layout, statuses={"own field": said})
    assert counted_lines(with_codes(codes), answered).totals["net"] == pytest.approx(total(sold))


def test_codes_of_customers_countries_or_sizes_are_not_asked():
    comes_out(decide(with_codes(["DE", "FR", "DE", "IT"] * 4)), net=total(orders()))
    comes_out(decide(with_codes(["OR", "QT"] * 8, "country")), net=total(orders()))
    comes_out(decide(with_codes(["OR"] * 16)), net=total(orders()))


def test_a_list_of_documents_without_a_status_is_asked():
    made = decide(table(orders(), "document no|member no|order date|order total"))
    asks(made, "cancelled")


def test_plain_orders_need_nothing():
    made = decide(table(orders()))
    comes_out(made, customers=4, orders=16, net=total(orders()))
    assert not made.needed


@pytest.mark.parametrize("mark", ["`{}", '="{}"', "'{}", "{}\t", "\u200b{}"])
def test_signs_that_protect_cells_are_taken_off(mark):
    rows = [[mark.format(cell) for cell in row] for row in orders()]
    comes_out(decide(table(rows)), customers=4, orders=16, net=total(orders()))


def test_an_order_total_on_every_item_row_counts_once():
    rows = read(
        "订单编号,会员编号,下单时间,商品名称,单价,数量,订单总额\n"
        "D1,M1,2024-05-02,茶,30.00,1,90.00\nD1,M1,2024-05-02,壶,60.00,1,90.00\n"
        "D2,M2,2024-05-03,茶,30.00,2,60.00\n"
        "D3,M1,2024-05-09,壶,60.00,1,90.00\nD3,M1,2024-05-09,茶,30.00,1,90.00\n"
    )
    comes_out(decide(rows), customers=2, orders=3, net=240)


def test_a_line_that_came_back_takes_its_share_off_an_order_total():
    heads = "订单编号,会员编号,下单时间,商品名称,单价,数量,行状态,订单总额\n"
    rows = (
        "D1,M1,2024-05-02,茶,30.00,1,完成,{one}\nD1,M1,2024-05-02,壶,60.00,1,已退款,{one}\n"
        "D2,M2,2024-05-03,茶,30.00,2,完成,60.00\n"
        "D3,M3,2024-05-19,壶,60.00,1,取消,{three}\nD3,M3,2024-05-19,茶,30.00,1,完成,{three}\n"
        "D4,M1,2024-05-20,茶,30.00,1,完成,90.00\nD4,M1,2024-05-20,壶,60.00,1,完成,90.00\n"
    )
    comes_out(decide(read(heads + rows.format(one=90, three=90))), customers=3, orders=4, net=210)
    made = decide(read(heads + rows.format(one=30, three=30)))
    asks(made, "amount")
    assert 210 in [choice.net for question in made.questions for choice in question.choices]


def test_fields_on_the_first_row_of_an_order_are_filled_down():
    rows = read(
        "order number,member no,order date,product,line total\n"
        "B1,K-1,2024-05-02,tea,30.00\n,,,pot,60.00\nB2,K-2,2024-05-04,tea,30.00\n,,,cup,8.50\n"
    )
    comes_out(decide(rows), customers=2, orders=2, net=128.5)


def test_a_refund_column_is_taken_off_and_keeps_order_and_buyer():
    rows = [[*row, "0.00"] for row in orders()]
    rows[3][4] = rows[3][3]
    made = decide(table(rows, "order number|member no|order date|order total|refunded amount"))
    comes_out(made, customers=4, orders=16, net=total(orders()) - float(rows[3][3]))


def test_a_column_of_directions_tells_money_in_from_money_out():
    rows = [[*row, "收入"] for row in orders()]
    rows.append(["Q900", "K-1", "2024-07-01", "12.50", "支出"])
    made = decide(table(rows, "订单编号|会员编号|交易时间|金额|收/支"))
    comes_out(made, customers=4, net=total(orders()) - 12.5)


def test_a_refunded_order_without_its_own_sale_nets_to_zero_and_one_with_it_is_taken_off():
    rows = [[*row, "完成"] for row in orders()]
    rows[5][4] = "已退款"
    names = "订单编号|会员编号|下单时间|订单金额|订单状态"
    comes_out(decide(table(rows, names)), customers=4, orders=16, net=total(orders()) - float(rows[5][3]))
    again = [*rows[:5], [*orders()[5], "完成"], *rows[5:]]
    comes_out(decide(table(again, names)), orders=16, net=total(orders()) - float(rows[5][3]))


UNPAID = [
    "等待买家付款",
    "待付款",
    "交易关闭",
    "cancelled",
    "Pending payment",
    "failed",
    "voided",
    "Quotation",
    "draft",
    "Closed Lost",
    "Negotiation/Review",
    "輸單",
    "キャンセル",
    "주문취소",
    "storniert",
    "annulée",
    "cancelado",
    "Batal",
]


@pytest.mark.parametrize("word", [word for word in UNPAID if word != "輸單"])
def test_what_never_came_about_does_not_count_in_any_language(word):
    rows = [[*row, "完成"] for row in orders()]
    rows[2][4] = word
    made = decide(table(rows, "订单编号|会员编号|下单时间|订单金额|订单状态"))
    comes_out(made, orders=15, net=total(orders()) - float(rows[2][3]))


def test_an_unknown_status_with_money_is_asked_with_rows_money_and_an_order():
    rows = [[*row, "completed"] for row in orders(600)]
    rows[411][4] = "wobbling"
    made = decide(table(rows, "order number|member no|order date|order total|status"))
    asks(made, "statuses")
    said = made.questions[0].ask.within("en")
    assert "wobbling" in said and "Q411" in said and f"{float(rows[411][3]):,.2f}" in said
    assert len(made.questions[0].choices) == 3


def test_only_won_deals_count():
    rows = [
        [*row, ("Closed won", "Closed lost", "Contract sent", "Closed won")[place % 4]]
        for place, row in enumerate(orders())
    ]
    won = [row for row in rows if row[4] == "Closed won"]
    made = decide(table(rows, "deal id|account name|close date|amount|deal stage"))
    comes_out(made, orders=len(won), net=total(won))


@pytest.mark.parametrize("words", ["合计", "总计：", "Grand total", "Summe", "Total général", "*", ""])
def test_a_total_row_is_left_out_by_its_words_or_by_its_sum(words):
    rows = [*orders(), [words, "", "", f"{total(orders()):.2f}"]]
    made = decide(table(rows))
    comes_out(made, customers=4, orders=16, net=total(orders()))
    assert made.plain.left_out


def test_subtotals_inside_are_left_out():
    rows = orders()
    with_sums = [
        *rows[:6],
        ["小计", "", "", f"{total(rows[:6]):.2f}"],
        *rows[6:],
        ["小计", "", "", f"{total(rows[6:]):.2f}"],
        ["合计", "", "", f"{total(rows):.2f}"],
    ]
    comes_out(decide(table(with_sums, "单据编号|会员编号|单据日期|金额")), orders=16, net=total(rows))


def test_a_header_in_the_middle_and_a_signature_below_are_no_orders():
    names = "order number|member no|order date|order total"
    rows = [*orders()[:8], names.split("|"), *orders()[8:], ["printed by nobody", "", "", ""]]
    comes_out(decide(table(rows, names)), orders=16, net=total(orders()))


def test_a_decimal_comma_is_told_by_the_column():
    rows = [[*row[:3], f"{float(row[3]):,.2f}".translate({0x2C: ".", 0x2E: ","})] for row in orders()]
    made = decide(table(rows, "Bestellnummer|Kundennummer|Bestelldatum|Gesamtbetrag"), ";")
    comes_out(made, customers=4, net=total(orders()))


def test_points_before_three_digits_alone_are_asked_with_both_sums():
    rows = [[*row[:3], f"{place + 1}.{place * 37 % 1000:03d}"] for place, row in enumerate(orders())]
    made = decide(table(rows), ";")
    asks(made, "decimal")
    nets = {choice.net for choice in made.questions[0].choices}
    assert max(nets) == pytest.approx(1000 * min(nets))


def test_amounts_in_several_currencies_are_never_added():
    rows = [[*row, ("USD", "EUR")[place % 2]] for place, row in enumerate(orders())]
    asks(decide(table(rows, "order number|member no|order date|order total|currency")), "currency")


@pytest.mark.parametrize("hidden", ["138****100{}", "李{}**", "*******5{}8"])
def test_masked_ids_tell_nobody_apart(hidden):
    rows = [[row[0], hidden.format(place % 4), *row[2:]] for place, row in enumerate(orders())]
    asks(decide(table(rows)), "customer_id")


def test_ids_that_a_spreadsheet_damaged_are_not_believed():
    rows = [[row[0], f"1.3{place % 3}E+10", *row[2:]] for place, row in enumerate(orders())]
    asks(decide(table(rows)), "customer_id")


@pytest.mark.parametrize("guest", ["0", "散客", "walk-in", "Guest"])
def test_guests_are_set_aside_or_known_by_their_mail(guest):
    rows = [[row[0], guest if place % 3 == 0 else row[1], *row[2:]] for place, row in enumerate(orders())]
    made = decide(table(rows))
    assert guest in made.layout.nobody and made.plain.totals["customers"] == 4
    with_mail = [[*row, f"p{place % 5}@example.org"] for place, row in enumerate(rows)]
    comes_out(
        decide(table(with_mail, "order number|customer id|order date|order total|email")),
        customers=5,
        net=total(orders()),
    )


@pytest.mark.parametrize(
    "spellings",
    [
        ["Ab7", "AB7", "ａｂ７", "Ab7 ", "A\u200bb7"],
        ["13700000008", "+86 137-0000-0008", "137 0000 0008", "86-13700000008"],
    ],
)
def test_spellings_of_one_id_are_one_customer(spellings):
    rows = [[row[0], spellings[place % len(spellings)], *row[2:]] for place, row in enumerate(orders())]
    comes_out(decide(table(rows, "订单编号|会员号|下单时间|订单金额")), customers=1, net=total(orders()))


def test_one_id_with_most_of_the_orders_is_asked_but_a_company_of_few_accounts_is_not():
    rows = [[row[0], "HQ" if place % 10 else f"K-{place}", *row[2:]] for place, row in enumerate(orders(100))]
    asks(decide(table(rows)), "nobody")
    assert not decide(table(orders(100))).questions


def test_the_line_total_is_not_multiplied_again():
    rows = read(
        "order id,buyer id,purchase date,sku,quantity,item price\n"
        "1,A,2024-03-05,X,3,60.00\n2,B,2024-03-06,X,1,20.00\n3,B,2024-03-06,Y,2,30.00\n4,A,2024-03-08,Y,1,15.00\n"
    )
    comes_out(decide(rows), net=125)
    unit = read(
        "order id,buyer id,purchase date,sku,quantity,item price\n"
        "1,A,2024-03-05,X,3,20.00\n2,B,2024-03-06,X,1,20.00\n3,B,2024-03-06,Y,2,15.00\n4,A,2024-03-08,Y,1,15.00\n"
    )
    comes_out(decide(unit), net=125)
    open_ = read(
        "order id,buyer id,purchase date,quantity,item price\n1,A,2024-03-05,3,60.00\n2,B,2024-03-06,2,30.00\n"
    )
    asks(decide(open_), "amount")


def test_without_order_numbers_a_customers_day_is_one_order():
    rows = read(
        "member no,visit date,paid\n" + "K-1,2024-05-02,10\n" * 5 + "K-2,2024-05-03,15\nK-2,2024-05-09,15\n"
    )
    made = decide(rows)
    assert made.layout.rows == "days"
    comes_out(made, customers=2, orders=3, net=80)


def test_an_order_number_that_customers_share_stays_the_order_number_of_each():
    rows = read(
        "order number,member no,order date,product,line total\n"
        "1001,K-1,2024-05-02,tea,30\n1001,K-1,2024-05-02,pot,20\n1001,K-2,2023-02-11,cup,5\n"
        "1002,K-2,2024-05-06,tea,30\n1003,K-1,2024-05-09,tea,30\n1003,K-3,2024-06-09,rug,70\n"
    )
    made = decide(rows)
    assert made.layout.columns["order_id"] == "order number"
    comes_out(made, customers=3, orders=5, net=185)


def test_an_order_total_repeated_on_items_counts_once_for_each_customer_of_a_shared_number():
    rows = read(
        "order number,member no,order date,product,line total,order total\n"
        "1001,K-1,2024-05-02,tea,30,50\n1001,K-1,2024-05-02,pot,20,50\n1001,K-2,2023-02-11,cup,5,5\n"
        "1002,K-2,2024-05-06,tea,30,60\n1002,K-2,2024-05-06,mug,30,60\n1003,K-1,2024-05-09,tea,40,40\n"
        "1003,K-3,2024-06-09,rug,70,70\n"
    )
    comes_out(decide(rows), customers=3, orders=5, net=225)


def test_an_order_number_with_several_days_and_one_customer_is_never_dropped_without_a_word():
    rows = read(
        "order number,member no,order date,order total\n"
        + "".join(
            f"A{place % 5},K-{place % 5},2024-05-{place % 7 + 1:02d},{10 + place}\n" for place in range(40)
        )
    )
    made = decide(rows)
    assert "order_id" in made.layout.columns or "order_id" in {question.about for question in made.questions}


def test_a_second_column_of_money_with_a_tempting_name_is_asked():
    rows = [[*row, f"{float(row[3]) * 1.7 + 3:.2f}"] for row in orders()]
    asks(decide(table(rows, "order number|member no|order date|order total|order total target")), "amount")
    asks(decide(table(rows, "order number|member no|order date|order total|grand total")), "amount")


def test_the_group_of_a_customer_is_not_the_customer():
    rows = [[*row, ("gold", "plain")[place % 2]] for place, row in enumerate(orders())]
    made = decide(table(rows, "order number|email|order date|order total|customer group"))
    assert made.layout.columns["customer_id"] == "email"


def test_two_columns_of_one_name_are_told_not_guessed():
    rows = [[*row, "9"] for row in orders()]
    asks(decide(table(rows, "order number|member no|order date|order total|order total")), "doubled")


@pytest.mark.parametrize(
    "names",
    [
        "訂單編號|會員編號|訂單日期|實付金額",
        "伝票番号|顧客番号|購入日|購入金額",
        "주문번호|고객번호|주문일|결제금액",
        "BestellID|KundenID|Bestelldatum|Betrag",
        "n° de commande|code client|date de commande|montant total",
        "número de pedido|id cliente|fecha de pedido|importe total",
        "número do pedido|código do cliente|data do pedido|valor total",
    ],
)
def test_names_in_nine_languages_are_known(names):
    comes_out(decide(table(orders(), names)), customers=4, orders=16, net=total(orders()))


def test_a_constant_is_never_an_amount_and_dates_are_never_customers():
    rows = [[f"P{place}", "Single", "2013-04-0" + str(place % 9 + 1), "11"] for place in range(12)]
    made = decide(table(rows, "id|marital|dt_customer|z_revenue"))
    assert made.questions and "amount" not in made.layout.columns and "customer_id" not in made.layout.columns


SHOP = "order number|member no|order date|product|quantity|unit price|line total|status|refunded amount"


def shop():
    """An export of our own with items, statuses and refunds, and what is right of it."""
    chance, rows, net = random.Random(11), [], 0.0
    goods = {"tea": 12.5, "pot": 48.0, "cup": 7.25, "rug": 199.0}
    for place in range(40):
        status = "cancelled" if place in (7, 23) else "completed"
        for thing in chance.sample(sorted(goods), chance.randint(1, 3)):
            pieces = chance.randint(1, 3)
            money = goods[thing] * pieces
            back = round(money / 2, 2) if place == 12 else 0.0
            rows.append(
                [
                    f"B{place:03d}",
                    f"K-{place % 7}",
                    str(date(2024, 1, 20) + timedelta(days=2 * place)),
                    thing,
                    str(pieces),
                    f"{goods[thing]:.2f}",
                    f"{money:.2f}",
                    status,
                    f"{back:.2f}",
                ]
            )
            net += 0 if status == "cancelled" else money - back
    return table(rows, SHOP), round(net, 2)


def shuffled(frame, chance):
    names = list(frame.columns)
    chance.shuffle(names)
    return frame[names]


def hidden(frame, chance):
    return frame.set_axis([f"c{place}" for place in range(frame.shape[1])], axis=1)


def renamed(frame, chance):
    names = list(frame.columns)
    for place in chance.sample(range(len(names)), len(names) // 3):
        names[place] = f"field {place}"
    return frame.set_axis(names, axis=1)


def tempted(name, place):
    def change(frame, chance):
        made = frame.copy()
        made.insert(place * made.shape[1], name, [f"{chance.uniform(5, 900):.2f}" for _ in range(len(made))])
        return made

    return change


def with_attribute(frame, chance):
    return frame.assign(**{"customer group": [chance.choice("AB") for _ in range(len(frame))]})


def unknown_words(frame, chance):
    return frame.assign(status=frame["status"].map({"completed": "zq1", "cancelled": "zq2"}))


def a_rare_word(frame, chance):
    return frame.assign(status=["zq9" if place == 31 else word for place, word in enumerate(frame["status"])])


MUTATIONS = {
    "shuffled": shuffled,
    "hidden": hidden,
    "renamed": renamed,
    "attribute": with_attribute,
    "unknown": unknown_words,
    "rare": a_rare_word,
    "target first": tempted("order total target", 0),
    "target last": tempted("order total target", 1),
    "paid first": tempted("amount paid", 0),
    "total last": tempted("grand total", 1),
    "实付 first": tempted("实付金额", 0),
}


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("mutation", MUTATIONS)
def test_a_changed_export_ends_right_or_asked_never_wrong(mutation, seed):
    frame, net = shop()
    made = decide(MUTATIONS[mutation](frame, random.Random(f"{mutation} {seed}")))
    if not made.questions:
        assert made.plain.totals["net"] == pytest.approx(net) and made.plain.totals["customers"] == 7
    assert len(made.questions) <= 3


def test_the_unchanged_export_is_right_seven_times_the_amounts_are_seven_times_and_doubled_rows_double():
    frame, net = shop()
    comes_out(decide(frame), customers=7, orders=38, net=net)
    money = ["unit price", "line total", "refunded amount"]
    seven = frame.assign(**{name: [f"{float(cell) * 7:.2f}" for cell in frame[name]] for name in money})
    comes_out(decide(seven), net=net * 7)
    more = frame.assign(**{"order number": [f"X{cell}" for cell in frame["order number"]]})
    comes_out(decide(pd.concat([frame, more], ignore_index=True)), orders=76, net=net * 2)
    comma = frame.assign(**{name: [cell.replace(".", ",") for cell in frame[name]] for name in money})
    comes_out(decide(comma, ";"), net=net)


def test_what_shipping_and_discounts_do_to_the_amount_is_asked_with_the_sum_of_each_answer():
    rows = read(
        "order number,member no,order date,product,quantity,unit price,shipping,discount amount\n"
        "A1,K-1,2024-05-02,tea,2,10.00,6.00,1.00\nA1,K-1,2024-05-02,pot,1,30.00,6.00,2.00\n"
        "A2,K-2,2024-05-03,tea,3,10.00,0.00,0.00\n"
        "A3,K-1,2024-05-04,pot,1,30.00,8.00,3.33\nA3,K-1,2024-05-04,tea,1,10.00,8.00,0\n"
    )
    made = decide(rows)
    asks(made, "parts")
    question = next(one for one in made.questions if one.about == "parts")
    assert [choice.net for choice in question.choices] == [120, 134, 113.67, 127.67]
    for choice in question.choices:
        answered = replace(made.layout, **choice.sets)
        assert counted_lines(rows, answered).totals["net"] == choice.net


ITEMS = "order number,member no,order date,product,line total,refunded amount\n"


def test_a_refund_repeated_on_each_line_of_an_order_is_taken_off_once_or_asked():
    more_than_a_line = ITEMS + (
        "A1,K-1,2024-05-02,tea,20.00,35.00\nA1,K-1,2024-05-02,pot,30.00,35.00\n"
        "A2,K-2,2024-05-03,tea,20.00,0\nA3,K-1,2024-05-04,pot,30.00,0\n"
    )
    comes_out(decide(read(more_than_a_line)), customers=2, orders=3, net=65)
    either_way = more_than_a_line.replace("35.00", "5.00")
    made = decide(read(either_way))
    asks(made, "refund")
    nets = [
        counted_lines(read(either_way), replace(made.layout, **choice.sets)).totals["net"]
        for choice in made.questions[0].choices
    ]
    assert nets == [95, 90]


def test_a_row_of_the_order_above_its_items_counts_once():
    rows = read(
        "order number,member no,order date,product,amount\n"
        "A1,K-1,2024-05-02,,50.00\nA1,K-1,2024-05-02,tea,20.00\nA1,K-1,2024-05-02,pot,30.00\n"
        "A2,K-2,2024-05-03,,20.00\nA2,K-2,2024-05-03,tea,20.00\n"
        "A3,K-1,2024-05-04,,42.50\nA3,K-1,2024-05-04,pot,30.00\nA3,K-1,2024-05-04,cup,12.50\n"
    )
    comes_out(decide(rows), customers=2, orders=3, net=112.5)


def test_an_order_total_that_a_few_orders_do_not_repeat_is_asked():
    rows = ["order number,member no,order date,product,order total"]
    for place in range(12):
        for product in ("tea", "pot"):
            paid = 50 + place if place != 7 or product == "tea" else 12
            rows.append(f"A{place},K-{place % 4},2024-05-{place + 1:02d},{product},{paid}.50")
    asks(decide(read("\n".join(rows))), "amount")


def test_a_column_of_refunds_is_asked_though_a_column_of_customers_is_empty():
    rows = [["", *row, "5.00" if place == 3 else "0.00"] for place, row in enumerate(orders())]
    made = decide(table(rows, "customer id|order number|email|order date|order total|own field"))
    asks(made, "refund")


def test_statuses_are_seen_in_a_column_whose_name_says_nothing():
    rows = [[*row, "Lost" if place == 3 else "Won"] for place, row in enumerate(orders())]
    made = decide(table(rows, "order number|member no|order date|order total|own field"))
    comes_out(made, net=total(orders()) - float(orders()[3][3]))


@pytest.mark.parametrize("hidden", [["Won", "Lost"], ["5.00", "0.00"], ["S-001", "S-{}"]])
def test_two_columns_of_one_name_are_asked_where_one_may_move_money(hidden):
    rows = [
        [*row, "", hidden[0] if place == 3 else hidden[1].format(place)] for place, row in enumerate(orders())
    ]
    asks(decide(table(rows, "order number|member no|order date|order total|note|note")), "doubled")
