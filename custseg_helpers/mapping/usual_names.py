"""What people call the columns of their exports, in Chinese and English, and the statuses in them."""

import re

NAMES: dict[str, tuple[str, ...]] = {
    "order_id": ("订单编号", "订单号", "订单id", "单号", "单据号", "单据编号", "交易号", "小票号", "流水号", "order id", "order no", "order number", "invoice no", "invoiceno", "invoice", "bill no", "transaction id"),
    "customer_id": ("客户编号", "客户号", "客户id", "客户代码", "会员号", "会员编号", "会员id", "会员卡号", "买家id", "用户id", "客户名称", "会员名称", "买家昵称", "customer id", "customerid", "member id", "client id", "user id", "customer no", "customer", "customer name"),
    "order_date": ("下单日期", "订单日期", "下单时间", "成交时间", "成交日期", "交易日期", "交易时间", "付款时间", "销售日期", "日期", "order date", "invoice date", "invoicedate", "purchase date", "transaction date", "date"),
    "amount": ("实付金额", "成交金额", "销售金额", "销售额", "付款金额", "实收金额", "订单金额", "消费金额", "金额", "amount", "sales", "revenue", "net amount", "total", "paid"),
    "quantity": ("数量", "销量", "件数", "购买数量", "销售数量", "quantity", "qty", "units"),
    "price": ("单价", "成交单价", "售价", "price", "unit price", "unitprice"),
    "product_id": ("商品编号", "商品id", "产品编号", "产品id", "货号", "sku", "stock code", "stockcode", "product id", "item id"),
    "product_name": ("商品名称", "产品名称", "品名", "商品", "description", "product name", "product", "item"),
    "category": ("品类", "类别", "商品类别", "产品类别", "category"),
    "discount": ("折扣", "折扣率", "discount"),
    "status": ("订单状态", "状态", "交易状态", "status", "order status"),
    "channel": ("渠道", "销售渠道", "channel"),
    "region": ("大区", "地区", "区域", "region", "country"),
    "city": ("城市", "city"),
    "customer_name": ("姓名", "会员姓名", "客户姓名", "客户名称", "会员名称", "昵称", "name", "customer name", "full name"),
    "gender": ("性别", "gender", "sex"),
    "birth_year": ("出生年份", "出生年", "birth year", "year of birth"),
    "phone": ("手机号", "手机号码", "手机", "联系电话", "电话", "phone", "mobile", "telephone"),
    "email": ("邮箱", "电子邮箱", "电子邮件", "email", "e-mail", "email address", "mail"),
    "external_id": ("外部联系人id", "external_userid", "external user id", "external id"),
    "consent": ("是否同意营销", "同意营销", "营销授权", "是否退订", "退订", "accepts marketing", "accepts email marketing", "marketing consent", "consent", "opt in", "opt out", "unsubscribed"),
    "rep": ("负责人", "客户经理", "业务员", "归属销售", "sales rep", "account owner", "owner"),
    "signup_date": ("注册日期", "注册时间", "入会日期", "入会时间", "开卡日期", "建档日期", "signup date", "sign up date", "registration date", "join date", "created at"),
    "signup_channel": ("注册渠道", "来源渠道", "客户来源", "signup channel", "source"),
    "industry": ("行业", "所属行业", "industry"),
    "margin_rate": ("毛利率", "margin rate", "margin"),
    "interaction_id": ("记录号", "记录编号", "工单号", "interaction id", "ticket id", "record id"),
    "interaction_date": ("互动日期", "访问日期", "记录日期", "发生日期", "日期", "时间", "interaction date", "visit date", "date", "time"),
    "kind": ("互动类型", "行为类型", "类型", "行为", "kind", "event", "type"),
    "score": ("评分", "满意度", "得分", "score", "rating"),
}  # fmt: skip
"""Standard field → names people give it, the surest first."""

SOUGHT: dict[str, tuple[str, ...]] = {
    "orders": ("order_id", "customer_id", "order_date", "amount", "quantity", "price", "product_id", "product_name", "category", "discount", "status", "channel", "region", "city"),
    "customers": ("customer_id", "customer_name", "gender", "birth_year", "phone", "email", "external_id", "consent", "rep", "region", "city", "signup_date", "signup_channel", "industry"),
    "products": ("product_id", "product_name", "category", "price", "margin_rate"),
    "interactions": ("interaction_id", "customer_id", "interaction_date", "kind", "product_id", "channel", "score"),
}  # fmt: skip
"""Fields looked for in each table."""

NEEDS: dict[str, str] = {
    "order_date": "date",
    "signup_date": "date",
    "interaction_date": "date",
    **dict.fromkeys(
        ("amount", "quantity", "price", "discount", "birth_year", "margin_rate", "score"), "number"
    ),
}

BACK = (
    "退货",
    "退款",
    "已退货",
    "已退款",
    "退货完成",
    "退款成功",
    "returned",
    "refunded",
    "refund",
    "return",
)
UNPAID = (
    "已取消",
    "取消",
    "交易关闭",
    "已关闭",
    "未付款",
    "待付款",
    "cancelled",
    "canceled",
    "closed",
    "unpaid",
)


def name_match(name: str, field: str) -> float:
    """Return how well a column's name fits a field, 0 to 1; a unit in brackets at its end does no harm.

    >>> name_match("订单 Id", "order_id"), name_match("商品ID", "order_id"), name_match("InvoiceNo", "order_id")
    (0.98, 0.0, 0.9)
    """
    without_unit = re.sub(r"\s*[(（][^()（）]*[)）]\s*$", "", name)
    if without_unit and without_unit != name:
        return round(0.97 * name_match(without_unit, field), 2)
    plain = re.sub(r"[\s_\-./（）()]+", "", name).lower()
    for rank, known in enumerate(NAMES[field]):
        words = known.replace(" ", "")
        if plain == words:
            return 1 - rank / 100 if rank < 10 else 0.9
        if len(words) >= 3 and (plain.startswith(words) or plain.endswith(words)):
            return 0.7
    return 0.8 if plain == field.replace("_", "") else 0.0
