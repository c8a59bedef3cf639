"""The report of a run: a notebook that stands in the result's folder and draws everything from the files beside it."""

from typing import Any

import pandas as pd
from markupsafe import Markup

from custseg_helpers.facts.counts import cents
from custseg_helpers.files.page import html_list
from custseg_helpers.results.html_parts import in_brief, paragraph
from custseg_helpers.results.last_run import BEFORE, MODEL
from custseg_helpers.results.report_notebook import Part, notebook
from custseg_helpers.results.result import Result
from custseg_helpers.results.wording import decided, kept, summary, tag_findings
from custseg_helpers.words.glossary import term
from custseg_helpers.words.text import T, language

OPENING = """import pandas as pd

from custseg_helpers import clusters, migration, persona, playbook, plots, quadrant, read_catalogue, strategy, tag_coverage, use_language, value
from custseg_helpers.results.acting import profiled
from custseg_helpers.results.html_parts import cards, table

use_language("{language}")
customers = pd.read_parquet("customers.parquet")
plays = playbook.load_playbook("playbook.yaml")"""

EXPLAINED = {
    "segment": T(
        zh="按最近一次消费、消费频率、消费金额各打 1–5 分，高于中间算高，三项组合成分群。左图：各分群占客户和占金额的比例；右图：两项得分每一格的客户数。",
        en="Recency, frequency and monetary get 1 to 5 points each; above the middle is high, and the three together make the segment. Left: each segment's share of customers and of money. Right: customers by two of the scores.",
    ),
    "grade": T(
        zh="按金额从高到低累计：A 类撑起前 {a:.0%}，B 类到 {b:.0%}，C 类是其余，D 类没有净贡献。",
        en="Customers from the largest to the smallest spend: A carry the first {a:.0%} of the money, B up to {b:.0%}, C the rest, D bring nothing net of returns.",
    ),
}

MOVES = ("segment", "stage", "cluster")
"""The tiers whose moves since the last run are shown."""


def title(result: Result) -> str:
    """Return the title of the report."""
    return str(T(zh="客户分群报告：{n}", en="Customer segments: {n}").format(n=result.own.company.title))


def lead(result: Result) -> Markup:
    """Return what stands under the title, as HTML: snapshot, currency, and whether anybody approved the scheme."""
    own, code = result.own, result.own.mapping.currency
    said = T(zh="快照日 {d}，金额单位 {c}", en="Snapshot {d}, money in {c}").format(
        d=f"{own.company.as_of:%Y-%m-%d}", c=code
    )
    if code != "CNY":
        said += T(zh="（图表里写“元”的地方即 {c}）", en=" (read {c} where a figure says yuan)").format(c=code)
    kind = "standing" if result.standing.approved else "standing draft"
    return paragraph(said, "lead") + paragraph(result.standing.text, kind)


def build(result: Result) -> Any:
    """Return the report as a notebook, not yet run."""
    parts = [part for part in _parts(result) if part]
    return notebook(title(result), lead(result), OPENING.format(language=language()), parts)


def _parts(result: Result) -> list[Part | None]:
    tagged = result.tagged
    return [
        Part(T(zh="一眼看清", en="In brief"), brief(result) + html_list(summary(result))),
        _since(result),
        _segments(),
        _grades(result),
        _stages(result),
        _quadrants(result),
        _clusters(result),
        _forecast(result),
        _tags(result),
        _personas(),
        _plays(result),
        _by_hand(result),
        Part(
            T(zh="数据能支持什么", en="What the data can carry"),
            html_list(list(tagged.tiers.verdicts.values())),
        ),
        Part(T(zh="约定与门槛", en="Decisions and thresholds"), html_list(decided(result))),
    ]


def brief(result: Result) -> Markup:
    """Return the figures that everybody asks for first."""
    facts = result.tagged.facts
    net = cents(facts["monetary"]).sum() / 100
    return in_brief(
        [
            (term("customers"), f"{len(facts):,}"),
            (T(zh="订单", en="orders"), f"{int(facts['frequency'].sum()):,}"),
            (T(zh="净消费额（{c}）", en="net sales ({c})").format(c=result.own.mapping.currency), f"{net:,.2f}"),
            (T(zh="客均净额", en="net per customer"), f"{net / max(len(facts), 1):,.2f}"),
            (T(zh="买过不止一次", en="bought more than once"), f"{(facts['frequency'] > 1).mean():.0%}"),
        ]
    )  # fmt: skip


def _since(result: Result) -> Part | None:
    if result.before is None:
        return None
    tiers = [
        tier
        for tier in MOVES
        if tier in result.before.tiers and tier in result.customers and _compares(result, tier)
    ]
    text = T(
        zh="上次快照日 {d}，当时 {n:,} 位客户。每一行是期初的一群，每一列是现在的一群；对角线上的没有动。",
        en="The snapshot before was {d}, with {n:,} customers. A row is a group then, a column a group now; who is on the diagonal stayed.",
    ).format(d=f"{result.before.as_of:%Y-%m-%d}", n=len(result.before.tiers))
    if result.scheme is None or "recency_days" not in result.scheme.thresholds:
        text += T(
            zh="RFM 的分界点每次按当时的客户重算，所以别人变了，自己没变的客户也会换群；要用同一把尺，把 scheme_draft.toml 存成方案。",
            en=" RFM is cut anew from the customers of each run, so that some move because others did; for one yardstick make scheme_draft.toml your scheme.",
        )
    code = [f'before = pd.read_parquet("{BEFORE}")']
    for tier in tiers:
        code.append(
            f'moves = migration.migration(before["{tier}"], customers["{tier}"])\nplots.evaluation.migration(moves)'
        )
        code.append("table(migration.won_and_lost(moves))")
    return Part(T(zh="与上次相比", en="Since the last run"), paragraph(text), tuple(code))


def _compares(result: Result, tier: str) -> bool:
    """Clusters compare only where their numbers went on."""
    return tier != "cluster" or result.tagged.tiers.drift is not None


def _segments() -> Part:
    code = (
        'plots.rfm.overview(customers, customers, customers["segment"])',
        'table(value.by_group(customers["segment"], customers["monetary"]))',
    )
    return Part(T(zh="RFM 分群", en="RFM segments"), paragraph(EXPLAINED["segment"]), code)


def _grades(result: Result) -> Part:
    a, b = result.tagged.tiers.used.abc_shares
    code = (
        f'plots.value.pareto_curve(value.pareto(customers["monetary"], ({a}, {b})))',
        'table(value.by_group(customers["grade"], customers["monetary"]))',
    )
    return Part(
        T(zh="价值：ABC 等级", en="Value: ABC grades"), paragraph(EXPLAINED["grade"].format(a=a, b=b)), code
    )


def _stages(result: Result) -> Part:
    code = (
        'stages = value.by_group(customers["stage"], customers["monetary"])\nplots.value.group_shares(stages)',
        "table(stages)",
    )
    return Part(T(zh="生命周期", en="Lifecycle"), paragraph(result.tagged.tiers.verdicts["lifecycle"]), code)


def _quadrants(result: Result) -> Part:
    across, up = result.tagged.tiers.used.quadrant
    code = (
        f'by_two = quadrant.quadrants(customers["frequency"], customers["average_order_value"], {across!r}, {up!r})\nplots.quadrant.quadrants(by_two)',
        'table(value.by_group(customers["quadrant"], customers["monetary"]))',
    )
    known = not any(pd.isna(cut) for cut in (across, up))
    return Part(
        T(zh="象限", en="Quadrants"),
        paragraph(result.tagged.tiers.verdicts["quadrant"]),
        code if known else (),
    )


def _clusters(result: Result) -> Part | None:
    tiers = result.tagged.tiers
    if tiers.model is None:
        return None
    columns = list(tiers.model["preparation"])
    x, y = (columns[0], columns[-1]) if len(columns) > 1 else (columns[0], columns[0])
    code = (
        f'model = clusters.load_model("{MODEL}")\nplots.clusters.groups(customers, customers["cluster"], "{x}", "{y}", clusters.centres(model))',
        "table(clusters.centres(model).round(1))",
        'table(value.by_group(customers["cluster"], customers["monetary"]))',
        'cards(profiled(customers, "cluster"), clusters.cluster_names(model))',
    )
    return Part(T(zh="聚类", en="Clusters"), paragraph(tiers.verdicts["clusters"]), code)


def _forecast(result: Result) -> Part | None:
    if "clv" not in result.customers:
        return None
    code = (
        'plots.clv.value_and_potential(customers["monetary"], customers["clv"])',
        'table(value.by_group(customers["segment"], customers["clv"]))',
    )
    return Part(
        T(zh="客户终身价值", en="Customer lifetime value"),
        paragraph(result.tagged.tiers.verdicts["clv"]),
        code,
    )


def _tags(result: Result) -> Part:
    code = (
        'catalogue = read_catalogue("tags.yaml")\ncoverage = tag_coverage(customers[[tag for tag in catalogue if tag in customers]])\nplots.tags.coverage_bars(coverage[coverage["customers"] > 0], catalogue)',
    )
    coverage = result.tagged.tags
    text = T(
        zh="目录里 {a} 个标签，算出 {k} 个。", en="{k} of the {a} tags in the catalogue could be computed."
    ).format(a=len(result.tagged.catalogue), k=len(coverage))
    some = coverage["customers"].gt(0).any()
    return Part(
        T(zh="标签", en="Tags"), paragraph(text) + html_list(tag_findings(result)), code if some else ()
    )


def _personas() -> Part:
    text = T(
        zh="每个分群与其余客户相比最突出的几点，按效应量排序；金额最多的排在前面。",
        en="What sets each segment most apart from all other customers, by effect size; the segment with the most money comes first.",
    )
    return Part(T(zh="客户画像", en="Personas"), paragraph(text), ("cards(profiled(customers))",))


def _plays(result: Result) -> Part:
    blocked = result.plan.attrs["left_out"]["not_contacted"]
    owned = result.choices.playbook is not None
    text = (PLAYS_OWN if owned else PLAYS_SAMPLE).format(n=blocked)
    gets = 'page = strategy.one_page(quarter, plays)\ntable(page[["offer", "channel", "customers", "contacted"]])'
    money = 'table(page[["cost", "expected_orders", "expected_sales", "expected_margin", "profit", "roi"]])'
    code = (
        (f"{QUARTER}\nplots.action.plan(quarter)", gets, f"{money}\ntable(strategy.break_even(quarter))")
        if owned
        else (f"{QUARTER}\n{gets}", "table(strategy.one_more_in_100(quarter))")
    )
    return Part(T(zh="策略手册", en="Playbook"), paragraph(text), code)


QUARTER = """alone = strategy.leave_out(customers["segment"], customers, plays)
quarter = strategy.plan(customers["segment"], customers["average_order_value"], plays, not_contacted=alone)"""
PLAYS_OWN = T(
    zh="一个季度的打法：每个分群得到什么、花多少、预计带来多少，至少要多几个人下单才不亏。预计的响应是手册里的假设，量过才算数。按手册的规则不联系 {n:,} 位。名单见 contacts.csv；用 custseg campaign plan 先留出对照组，才知道活动有没有用。",
    en="One quarter: what each segment gets, costs and is expected to bring, and how many more have to buy for it to pay. The response is what the playbook assumes until it is measured. Its rules leave {n:,} customers alone. Names are in contacts.csv; hold a control group out with custseg campaign plan, or nobody will know whether it worked.",
)
PLAYS_SAMPLE = T(
    zh="用的是示例手册：里面的费用、毛利率和响应都不是你们的，所以不算花多少、赚多少。每个分群得到什么可以参考；下面是每 100 位被联系的客户里多 1 位下单带来的销售额：联系这 100 位的费用要小于它乘以毛利率。把结果文件夹里的 playbook.yaml 放到 company.toml 旁边，填上自己的数，报告才算盈亏。按手册的规则不联系 {n:,} 位。名单见 contacts.csv；用 custseg campaign plan 先留出对照组，才知道活动有没有用。",
    en="This is the sample playbook: its costs, margins and responses are not yours, so no cost and no profit is shown. What each segment gets may serve as an example; below is what one more buyer among 100 contacted brings in sales, and contacting the 100 must cost less than that times your margin. Put the playbook.yaml of the result folder beside company.toml with numbers of your own, and the report shows what it earns. Its rules leave {n:,} customers alone. Names are in contacts.csv; hold a control group out with custseg campaign plan, or nobody will know whether it worked.",
)


def _by_hand(result: Result) -> Part | None:
    said = kept(result)
    return Part(T(zh="人工调整", en="Set by hand"), html_list(said)) if said else None
