"""What people also call a column, besides its heading: 订单数 for `frequency`."""

ALSO_CALLED = {
    "frequency": ("订单数", "次数", "单数", "orders", "order_count", "times"),
    "phone": ("手机", "手机号", "mobile"),
    "lines": ("行数",),
    "as_of": ("today", "now", "date_today", "今天", "today_date"),
}
"""Words by the column, or the name in a notebook, that they stand for."""
