"""A team's own company in the lessons: what is theirs, what is borrowed, and what is said of a step their data cannot do."""

from custseg_helpers.company.company import Company
from custseg_helpers.company.schema import TABLES
from custseg_helpers.words.text import T, listed, verbatim


def opening(company: Company) -> T:
    """Say whose data a lesson runs on, and which tables it borrows.

    >>> from custseg_helpers.company.company import load_sample
    >>> print(opening(load_sample("retail")).within("en"))
    Your own data: Yuexuan, snapshot 2026-01-01, 3,000 customers, 27,961 order lines.
    Not in your data, so borrowed for practice from the sample company b2b: contacts. Nothing borrowed is about your customers.
    """
    own = T(
        zh="你自己的数据：{name}，快照日 {day}，{c:,} 位客户，{n:,} 行订单明细。",
        en="Your own data: {name}, snapshot {day}, {c:,} customers, {n:,} order lines.",
    ).format(
        name=company.title,
        day=f"{company.as_of:%Y-%m-%d}",
        c=len(company.customers),
        n=len(company.orders),
    )
    said = [own]
    if company.currency != "CNY":
        said.append(in_money(company))
    for lender in dict.fromkeys(company.borrowed.values()):
        lent = [TABLES[table] for table, by in company.borrowed.items() if by == lender]
        said.append(
            T(
                zh="你的数据里没有、向示例公司 {lender} 借来练习的：{lent}。借来的内容说的不是你的客户。",
                en="Not in your data, so borrowed for practice from the sample company {lender}: {lent}. Nothing borrowed is about your customers.",
            ).format(lender=lender, lent=listed(lent))
        )
    return verbatim("\n").join(said)


def in_money(company: Company) -> T:
    """Say in which money a company's amounts are, where it is not the yuan that lessons speak of."""
    return T(
        zh="你的金额是 {money}：课上写“元”的地方，都读作 {money}。",
        en="Your amounts are in {money}: wherever a lesson says yuan, read {money}.",
    ).format(money=company.currency)


def whose_example(company: Company) -> T:
    """Say that a lesson's text tells of another company than the sample chosen for a class.

    >>> from custseg_helpers.company.company import load_sample
    >>> print(whose_example(load_sample("b2b")).within("en"))
    The text tells of Yuexuan's people and goods; what is printed and drawn is Tuoyan Industrial's.
    """
    return T(
        zh="课文里的人和商品是悦选的；打印和画出来的，是{name}的。",
        en="The text tells of Yuexuan's people and goods; what is printed and drawn is {name}'s.",
    ).format(name=company.title)


def announce(company: Company) -> None:
    """Print whose data a lesson runs on, where they are not those that its text tells of."""
    print(opening(company) if company.own else whose_example(company))


def cannot(error: BaseException) -> T:
    """Say that a step does not work on one's own data, and how to go on."""
    what = f"{type(error).__name__}: {error}"
    return T(
        zh="这一步用你的数据做不了：多半是缺少它要的列或表，或者上面有一格没做成。\n{w}\n"
        '接着往下做就行；想看这一步，把第一格的 load() 换成 load("retail")，用示例公司做。',
        en="Your data do not carry this step: most likely a column or table that it needs is missing, or a cell above did not work.\n{w}\n"
        'Go on with the next cell. To see this step, use the sample company: load("retail") in place of load() in the first cell.',
    ).format(w=what)
