"""Exports of trades and systems that nobody has described: each comes out with its sums, or what is open is asked."""

import io

import pandas as pd
import pytest

from custseg_helpers.decision.decide import decide

pytestmark = pytest.mark.slow


def table(header, *rows, separator="|"):
    text = "\n".join([header, *rows])
    return pd.read_csv(
        io.StringIO(text),
        sep=separator,
        dtype=object,
        keep_default_na=False,
        na_values=[""],
        skipinitialspace=True,
    )


HOTEL = table(
    "Reservation No|Guest ID|Booking Date|Arrival Date|Nights|Rate per Night|Total Amount|Reservation Status",
    "R1|G1|2024-01-03|2024-02-01|2|80.00|160.00|Checked out",
    "R2|G2|2024-01-05|2024-02-03|1|95.00|95.00|Checked out",
    "R3|G3|2024-01-09|2024-02-08|3|80.00|240.00|Cancelled",
    "R4|G1|2024-02-02|2024-03-01|2|90.00|180.00|Checked out",
    "R5|G4|2024-02-11|2024-03-09|4|70.00|280.00|Checked out",
    "R6|G2|2024-03-01|2024-03-21|2|95.00|190.00|Checked out",
)
"""715 without the cancelled stay: 160 + 95 + 180 + 280 + 190 = 905"""

TICKETS = table(
    "Order #|Order Date|Email|Event Name|Ticket Type|Quantity|Total Paid|Fees Paid|Attendee Status",
    "9001|2024-05-01|a@example.org|Spring fair|Adult|2|40.00|3.10|Attending",
    "9002|2024-05-01|b@example.org|Spring fair|Child|1|12.00|1.05|Attending",
    "9003|2024-05-02|c@example.org|Spring fair|Adult|1|20.00|1.60|Not Attending",
    "9004|2024-06-11|a@example.org|Summer night|Adult|3|75.00|5.20|Attending",
    "9005|2024-06-12|d@example.org|Summer night|Adult|1|25.00|1.90|Attending",
)

INVOICES = table(
    "Invoice Number|Customer Id|Invoice Date|Due Date|Total|Amount Paid|Amount Due|Status",
    "INV-1|C-1|2024-01-01|2024-01-15|29.00|29.00|0.00|Paid",
    "INV-2|C-2|2024-01-01|2024-01-15|49.00|49.00|0.00|Paid",
    "INV-3|C-3|2024-01-01|2024-01-15|29.00|0.00|29.00|Not Paid",
    "INV-4|C-1|2024-02-01|2024-02-15|29.00|29.00|0.00|Paid",
    "INV-5|C-2|2024-02-01|2024-02-15|49.00|0.00|0.00|Voided",
    "INV-6|C-4|2024-02-01|2024-02-15|99.00|99.00|0.00|Paid",
)

PHARMACY = table(
    "Bon-Nr;Kundenkarte;Datum;Artikel;Menge;Betrag",
    "1001;K77;02.01.2024;Pflaster;2;7,90",
    "1001;K77;02.01.2024;Salbe;1;12,45",
    "1002;K12;02.01.2024;Tee;3;11,97",
    "1003;K77;19.01.2024;Salbe;-1;-12,45",
    "1004;K35;03.02.2024;Blutdruckmesser;1;1.049,00",
    "1005;K12;14.02.2024;Tee;1;3,99",
    separator=";",
)

DEALS = table(
    "ID negocio|Cuenta|Fecha de cierre|Etapa|Importe|Probabilidad (%)",
    "D1|Acero Sur|2024-01-20|Ganada|12000.00|100",
    "D2|Bodega Real|2024-02-11|Perdida|8000.00|0",
    "D3|Acero Sur|2024-03-02|Ganada|4500.00|100",
    "D4|Cartones Paz|2024-04-05|Negociación|30000.00|60",
    "D5|Bodega Real|2024-05-19|Ganada|7000.00|100",
)

CREDIT_NOTES = table(
    "Numéro de pièce|Code client|Date facture|Type de pièce|Total TTC",
    "FA001|CL1|2024-01-08|Facture|120.00",
    "FA002|CL2|2024-01-15|Facture|80.00",
    "AV001|CL1|2024-01-22|Avoir|20.00",
    "FA003|CL3|2024-02-02|Facture|240.00",
    "FA004|CL2|2024-02-19|Facture|60.00",
    "AV002|CL3|2024-03-01|Avoir|240.00",
)

JAPANESE = table(
    "注文番号|会員ID|注文日時|小計|送料|値引額|合計金額|注文ステータス",
    "J-01|M1|2024/03/01 10:20|3000|500|0|3500|発送済み",
    "J-02|M2|2024/03/02 11:05|8000|0|800|7200|発送済み",
    "J-03|M3|2024/03/05 19:44|1500|500|0|2000|キャンセル",
    "J-04|M1|2024/03/19 08:02|4200|500|200|4500|発送済み",
    "J-05|M2|2024/04/02 21:30|2600|500|0|3100|発送済み",
)

RESTAURANT = table(
    "Check No|Opened|Guest Phone|Food|Drinks|Subtotal|Tax|Tip|Total|Payment Type",
    "501|2024-07-01 12:04|+1 415 555 0101|30.00|8.00|38.00|3.04|6.00|47.04|Visa",
    "502|2024-07-01 12:31|+1 415 555 0102|22.50|0.00|22.50|1.80|4.00|28.30|Cash",
    "503|2024-07-02 19:10|+1 415 555 0101|54.00|21.00|75.00|6.00|12.00|93.00|Visa",
    "504|2024-07-03 20:45|+1 415 555 0103|18.00|5.50|23.50|1.88|0.00|25.38|Amex",
)

KOREAN = table(
    "주문번호|고객번호|주문일시|상품명|수량|결제금액|주문상태",
    "K1|C1|2024-01-02 10:00|차|2|24000|결제완료",
    "K2|C2|2024-01-03 12:10|컵|1|9000|주문취소",
    "K3|C1|2024-01-09 17:45|주전자|1|48000|배송완료",
    "K4|C3|2024-02-01 09:12|차|1|12000|환불완료",
    "K5|C3|2024-02-20 14:30|컵|3|27000|배송완료",
)

SECTIONS = table(
    "order number|member no|order date|product|line total",
    "B1|K1|2024-05-02|tea|30.00",
    "B1|K1|2024-05-02|pot|60.00",
    "B2|K2|2024-05-04|tea|30.00",
    "B3|K1|2024-05-20|cup|8.50",
    "B4|K3|2024-05-28|pot|60.00",
    "B5|K2|2024-06-03|tea|15.00",
    "Refund no|Member|Refund date|Reason|Refunded",
    "RF1|K1|2024-06-01|broken|60.00",
    "RF2|K3|2024-06-02|late|60.00",
)

WHOLESALE = table(
    "Order ID|Account|Order Date|SKU|Units|Unit Price|Discount %|Line Total|Deposit Paid|Stage",
    "W1|North|2024-01-05|A|10|5.00|0|50.00|10.00|Invoiced",
    "W1|North|2024-01-05|B|4|20.00|10|72.00|10.00|Invoiced",
    "W2|South|2024-01-19|A|20|5.00|5|95.00|20.00|Invoiced",
    "W3|North|2024-02-02|B|2|20.00|0|40.00|0.00|Quote",
    "W4|East|2024-02-20|C|1|300.00|0|300.00|60.00|Invoiced",
)

CURRENCIES = table(
    "order no|buyer email|order date|amount|currency",
    "1|a@example.org|2024-01-01|10.00|USD",
    "2|b@example.org|2024-01-02|20.00|EUR",
    "3|a@example.org|2024-01-09|30.00|USD",
)

GIFT_CARDS = table(
    "Receipt|Customer ID|Sale Date|Item|Qty|Gross Sales|Discounts|Refunds|Net Sales|Gift Card Sales|Tax",
    "T1|C1|2024-02-01|Soap|2|20.00|-2.00|0.00|18.00|0.00|1.44",
    "T2|C2|2024-02-02|Candle|1|15.00|0.00|0.00|15.00|0.00|1.20",
    "T3|C1|2024-02-09|Soap|1|10.00|0.00|-10.00|0.00|0.00|0.00",
    "T4|C3|2024-02-11|Candle|2|30.00|-3.00|0.00|27.00|0.00|2.16",
)

TIKTOK = table(
    "Order ID|Order Status|Cancelation/Return Type|SKU ID|Product Name|Quantity|SKU Unit Original Price|SKU Subtotal After Discount|Shipping Fee After Discount|Order Amount|Order Refund Amount|Created Time|Paid Time|Buyer Username",
    "576001|Completed||1|Mug|1|20.00|18.00|4.00|50.00|0|05/03/2024 10:11:12|05/03/2024 10:12:00|anna_b",
    "576001|Completed||2|Pot|1|30.00|28.00|4.00|50.00|0|05/03/2024 10:11:12|05/03/2024 10:12:00|anna_b",
    "576002|Completed||1|Mug|2|20.00|40.00|5.00|45.00|0|16/03/2024 09:00:00|16/03/2024 09:02:00|carl77",
    "576003|Canceled|Cancel|2|Pot|1|30.00|30.00|4.00|34.00|0|17/03/2024 09:00:00||dora",
    "576004|Completed|Return/Refund|1|Mug|1|20.00|20.00|4.00|54.00|24.00|20/03/2024 09:00:00|20/03/2024 09:01:00|carl77",
    "576004|Completed||2|Pot|1|30.00|30.00|4.00|54.00|24.00|20/03/2024 09:00:00|20/03/2024 09:01:00|carl77",
)
"""50 + 45 + 54 − 24: total and refund of an order stand on each of its lines"""

BASE = table(
    "注文ID|注文日時|氏(請求先)|名(請求先)|メールアドレス|商品名|価格|数量|合計金額|送料|支払い方法|発送状況",
    "AB1|2024-03-05 10:11:12|山田|花子|h@example.jp|カップ|1000|2|5500|500|クレジットカード決済|発送済み",
    "AB1|2024-03-05 10:11:12|山田|花子|h@example.jp|ポット|3000|1|5500|500|クレジットカード決済|発送済み",
    "AB2|2024-03-08 10:11:12|佐藤|一|i@example.jp|カップ|1000|1|1500|500|クレジットカード決済|キャンセル",
    "AB3|2024-03-12 10:11:12|佐藤|一|i@example.jp|ポット|3000|1|3500|500|コンビニ決済|発送済み",
)

NUVEMSHOP = table(
    "Nº Pedido|Data do pedido|CPF do cliente|Situação|Valor dos produtos|Frete|Desconto|Valor total|Forma de pagamento",
    "501|05/03/2024|111.222.333-44|Entregue|R$ 1.200,00|R$ 20,00|R$ 100,00|R$ 1.120,00|Pix",
    "502|16/03/2024|222.333.444-55|Cancelado|R$ 300,00|R$ 20,00||R$ 320,00|Boleto",
    "503|19/03/2024|111.222.333-44|Entregue|R$ 80,50|||R$ 80,50|Pix",
    "504|21/03/2024|333.444.555-66|Devolvido|R$ 60,00|||R$ 60,00|Pix",
)

GUMROAD = table(
    "Sale ID|Purchase Date|Item Name|Purchase Email|Sale Price ($)|Quantity|Fees ($)|Net Total ($)|Refunded?|Partial Refund ($)",
    "s1|2024-03-05|Book|a@example.org|10.00|1|1.00|9.00|0|0",
    "s2|2024-03-06|Book|b@example.org|8.00|1|0.80|7.20|0|0",
    "s3|2024-03-07|Kit|a@example.org|60.00|2|6.00|54.00|0|0",
    "s4|2024-03-08|Kit|c@example.org|30.00|1|3.00|27.00|1|0",
)

VOIDED = table(
    "Order No|Customer ID|Opened|Total|Voided",
    "1|C1|2024-03-05|12.50|FALSE",
    "2|C2|2024-03-06|40.00|TRUE",
    "3|C1|2024-03-09|8.25|FALSE",
    "4|C3|2024-03-11|19.00|FALSE",
)

CENTS = table(
    "order_id|customer_id|created_at|quantity|unit_price|amount",
    *(
        f"A{place}|K{place % 3}|2024-01-{place + 1:02d}|{1 + place % 2}|{9.95 + place:.2f}|{round((1 + place % 2) * (995 + 100 * place))}"
        for place in range(8)
    ),
)

RIGHT = {
    "hotel nights": (HOTEL, {"customers": 3, "orders": 5, "net": 905}),
    "invoices of a subscription": (INVOICES, {"customers": 3, "orders": 4, "net": 206}),
    "a pharmacy with negative lines": (PHARMACY, {"customers": 3, "orders": 4, "net": 1072.86}),
    "deals in Spanish": (DEALS, {"customers": 2, "orders": 3, "net": 23500}),
    "credit notes in French": (CREDIT_NOTES, {"customers": 3, "orders": 4, "net": 240}),
    "a shop in Japanese": (JAPANESE, {"customers": 2, "orders": 4, "net": 18300}),
    "a restaurant with tips": (RESTAURANT, {"customers": 3, "orders": 4, "net": 193.72}),
    "totals and refunds on each line": (TIKTOK, {"customers": 2, "orders": 3, "net": 125}),
    "a total that is items and postage": (BASE, {"customers": 2, "orders": 2, "net": 9000}),
    "a total that is goods, postage and discount": (NUVEMSHOP, {"customers": 2, "orders": 3, "net": 1200.5}),
    "a shop in Korean": (KOREAN, {"customers": 2, "orders": 4, "net": 99000}),
}
ASKED = {
    "tickets with a status of the guest": (TICKETS, {"customers": 4, "net": 172}),
    "refunds in a second table": (SECTIONS, {}),
    "deposits beside line totals": (WHOLESALE, {"customers": 3, "net": 517}),
    "several currencies": (CURRENCIES, {}),
    "what is left after fees, and a flag of refunds": (GUMROAD, {}),
    "a flag of orders that were voided": (VOIDED, {}),
    "whole numbers beside a price with decimals": (CENTS, {}),
    "gift cards and taxes beside": (GIFT_CARDS, {"customers": 3, "net": 60}),
}
"""May be asked; where sums are given, an answer without a question is right only with them."""


@pytest.mark.parametrize("trade", RIGHT)
def test_an_export_of_another_trade_comes_out_with_its_sums(trade):
    frame, expected = RIGHT[trade]
    made = decide(frame)
    assert not made.questions, [str(question.ask) for question in made.questions]
    assert {name: made.plain.totals[name] for name in expected} == pytest.approx(expected, abs=0.005)


@pytest.mark.parametrize("trade", ASKED)
def test_what_cannot_be_told_of_another_trade_is_asked(trade):
    frame, expected = ASKED[trade]
    made = decide(frame)
    assert len(made.questions) <= 3
    if not made.questions:
        assert expected
        assert {name: made.plain.totals[name] for name in expected} == pytest.approx(expected, abs=0.005)


def test_money_in_one_of_two_columns_of_one_name_is_asked():
    frame = table(
        "order no|customer id|order date|order total|note|extra",
        *(
            f"A{place}|C{place % 3}|2024-01-{place + 1:02d}|{20 + place}.50|{'5.25' if place == 4 else '0.00'}|x"
            for place in range(9)
        ),
    )
    frame.columns = [*frame.columns[:4], "note", "note"]
    assert "doubled" in {question.about for question in decide(frame).questions}


@pytest.mark.parametrize("day", ["03-{:02d}", "3月{}日", "{} Mar", "3/{} 10:20"])
def test_days_without_a_year_are_no_dates_and_that_is_said(day):
    rows = (f"A{place}|C{place % 3}|{day.format(place + 1)}|{20 + place}.50" for place in range(9))
    made = decide(table("order no|customer id|order date|order total", *rows))
    assert "order_date" not in made.layout.columns
    assert any("no year" in note.within("en") and "没有年份" in note.within("zh") for note in made.notes)


def test_rows_with_an_order_number_each_are_not_said_to_have_none():
    rows = (
        f"A{place}|C{place // 2}|2024-03-{1 + place // 2:02d}|{20 + place // 2}.50|P{place}"
        for place in range(12)
    )
    made = decide(table("order no|customer id|order date|amount|product", *rows))
    said = [question.ask.within("en") for question in made.questions]
    assert said and not any("There is no order number" in text for text in said)
