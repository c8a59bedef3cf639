"""Exports changed on purpose end right or are asked about; the whole of it is `python -m tools.altered`."""

import pytest

from tools.altered import ASKED, CHANGES, RIGHT, WRONG, samples, tried

pytestmark = pytest.mark.slow

EXPORTS = {export.name: export for export in samples()}
SOME = ("shopify", "taobao_orders", "stripe", "odoo", "wechat_merchant")


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("name", SOME)
def test_a_changed_export_is_never_wrong_and_asks_little(name, change):
    ended, made = tried(EXPORTS[name], change, 0, known=True)
    assert ended != WRONG, dict(made.totals)
    assert len(made.questions) <= 3


@pytest.mark.parametrize("name", SOME)
def test_a_column_of_money_added_or_columns_shuffled_change_nothing(name):
    for change in ("as it is", "shuffled", "target first", "paid first", "without footer"):
        assert tried(EXPORTS[name], change, 0, known=True)[0] == RIGHT, change


@pytest.mark.parametrize("change", ["hidden", "unknown words", "target last"])
@pytest.mark.parametrize("name", SOME)
def test_what_nobody_can_know_of_a_strange_export_is_asked(name, change):
    assert tried(EXPORTS[name], change, 0, known=False)[0] in (ASKED, RIGHT)
