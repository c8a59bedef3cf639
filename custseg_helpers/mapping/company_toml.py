"""`company.toml` of a team's own data, read by its declaration (`keys`), and whether it has what a run needs."""

from pathlib import Path
from typing import Any

import attrs

from custseg_helpers.decision.questions import answer_sets, answered, complete_answer
from custseg_helpers.mapping import keys
from custseg_helpers.mapping.keys import OwnData
from custseg_helpers.mapping.stated import read_toml, structured, wrong
from custseg_helpers.words.text import T, UserError, listed


def is_own_data(path: Path) -> bool:
    """Tell whether a `company.toml` maps a file (a sample company's does not)."""
    return not {"orders", "facts"}.isdisjoint(read_toml(path))


def read_mapping(path: Path | str) -> OwnData:
    """Read and check a mapping; whatever is wrong is a `UserError` that names the key."""
    path = Path(path)
    if path.is_dir():
        path = path / "company.toml"
    words = with_answers(read_toml(path))
    _dated(words, path)
    return structured_mapping(words, path)


def _dated(words: dict[str, Any], path: Path) -> None:
    """Raise a `UserError` where no column of days is mapped, and therefore no snapshot could be proposed."""
    orders = words.get("orders")
    columns = orders.get("columns") if isinstance(orders, dict) else None
    if "as_of" not in words and isinstance(columns, dict) and columns and "order_date" not in columns:
        raise wrong(
            path,
            "orders.columns",
            T(
                zh="没有下单日期列（order_date），也就定不了快照日 as_of。日期没写年份的，请在表里补上年份再来一次 init",
                en="no column of order dates (order_date), so that as_of, the snapshot, cannot be told either. Where dates have no year, add it in the file and run init again",
            ),
        )


def structured_mapping(words: dict[str, Any], path: Path) -> OwnData:
    """Return the words of a mapping that stands at `path`, checked."""
    return attrs.evolve(structured(words, keys.OwnData, path), path=path)


def with_answers(words: dict[str, Any]) -> dict[str, Any]:
    """Return the words of a mapping with what the answers to its questions set."""
    made = dict(words)
    for question in words.get("questions", ()) if isinstance(words.get("questions"), list) else ():
        sets = _answer(question)
        if sets and isinstance(made.get("orders"), dict):
            made["orders"] = answered(made["orders"], sets)
    return made


def _answer(question: Any) -> dict[str, Any]:
    """Return what the answer to a question sets under [orders]; nothing where it has none."""
    try:
        said = question.get("answer", 0)
        answer = tuple(said) if isinstance(said, list) else int(said)
        choices = [choice.get("orders", {}) for choice in question["choices"]]
        return answer_sets(choices, answer) if complete_answer(answer) else {}
    except (AttributeError, KeyError, IndexError, TypeError, ValueError):
        return {}


def open_questions(own: OwnData) -> None:
    """Raise a `UserError` where the mapping has questions without an answer: money depends on them."""
    found = [question for question in own.standing if not complete_answer(question.answer)]
    if not found:
        return
    said = [
        T(zh="{n}. {ask}{choices}", en="{n}. {ask}{choices}").format(
            n=place,
            ask=question.ask,
            choices="".join(f"\n   {number} = {one.says}" for number, one in enumerate(question.choices, 1)),
        )
        for place, question in enumerate(found, 1)
    ]
    raise UserError(
        T(
            zh="“{path}”里还有 {n} 个问题没有回答，答案会改变金额，所以先不计算。请在 [[questions]] 里把 answer 改成选项的号码：\n{said}",
            en="“{path}” has {n} open questions, and money depends on the answers, so nothing is computed yet. Write the number of a choice as answer under [[questions]]:\n{said}",
        ).format(path=own.path, n=len(found), said="\n".join(map(str, said)))
    )


def complete(own: OwnData) -> None:
    """Raise a `UserError` unless the mapping has all that tagging customers needs. Reading and auditing need less."""
    open_questions(own)
    columns = own.orders.columns
    missing = [name for name in ("customer_id", "order_date") if name not in columns]
    if "amount" not in columns and not {"quantity", "price"} <= set(columns):
        missing.append("amount")
    if "order_id" not in columns and (own.orders.rows == "lines" or own.orders.returns.by == "prefix"):
        missing.append("order_id")
    if own.orders.returns.by == "status" and "status" not in columns:
        missing.append("status")
    if "customers" in own.sources and "customer_id" not in own.sources["customers"].columns:
        raise wrong(own.path, "customers.columns", T(zh="缺少 customer_id", en="customer_id is missing"))
    if "products" in own.sources and "product_id" not in own.sources["products"].columns:
        raise wrong(own.path, "products.columns", T(zh="缺少 product_id", en="product_id is missing"))
    if missing == ["customer_id"]:
        raise UserError(T(
            zh="映射文件“{path}”没有 customer_id：不知道每一行是谁买的，就不能给客户打标签、分层。"
            "请向系统管理员要会员号或客户名称列。现在仍可做的：custseg audit 检查数据；按商品、门店、日期汇总销售。",
            en="“{path}” maps no customer_id: without knowing who bought, customers cannot be tagged or tiered. "
            "Ask for a column of member numbers or customer names. What can still be done: custseg audit; sales by product, store and day.",
        ).format(path=own.path))  # fmt: skip
    if missing:
        raise UserError(T(
            zh="映射文件“{path}”的 [orders.columns] 缺少：{missing}。"
            '（金额可由 quantity 与 price 相乘；一行就是一单时写 rows = "orders"，可以没有 order_id。）',
            en="[orders.columns] in “{path}” lacks {missing}. "
            '(Instead of amount, quantity and price will do; without order_id, state rows = "orders" if every row is one order.)',
        ).format(path=own.path, missing=listed(missing)))  # fmt: skip
