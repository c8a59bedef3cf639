import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from custseg_helpers.action.migration import migration, won_and_lost
from custseg_helpers.words.text import UserError

quiet = settings(phases=[Phase.generate])
snapshot = st.dictionaries(
    st.integers(0, 30).map(lambda n: f"C{n:02d}"), st.sampled_from(["A", "B", "C", None]), max_size=25
).map(lambda codes: pd.Series(codes, dtype=object))


def law_of_migration(function):
    @quiet
    @given(snapshot, snapshot)
    def rows_are_before_columns_are_after(before, after):
        matrix = function(before, after)
        names = [name for name in matrix.index if name != "not_yet"]
        assert matrix.loc[names].sum(axis=1).to_dict() == {n: int((before == n).sum()) for n in names}
        assert matrix[names].sum().to_dict() == {n: int((after == n).sum()) for n in names}
        assert matrix.to_numpy().sum() == len(set(before.dropna().index) | set(after.dropna().index))
        pd.testing.assert_frame_equal(function(before[::-1], after), matrix)

    rows_are_before_columns_are_after()


def test_nobody_gets_lost():
    law_of_migration(migration)


def test_counterfeit_only_those_seen_twice_is_caught():
    """The common table leaves out who went away: the tiers then look loyal."""

    def survivors(before, after):
        both = pd.DataFrame({"before": before, "after": after}).dropna()
        return migration(both["before"], both["after"])

    with pytest.raises(AssertionError):
        law_of_migration(survivors)


def test_counterfeit_swapped_dates_are_caught():
    with pytest.raises(AssertionError):
        law_of_migration(lambda before, after: migration(after, before))


@quiet
@given(snapshot, snapshot)
def test_won_and_lost_add_up(before, after):
    table = won_and_lost(migration(before, after))
    assert (table["before"] - table["moved_out"] + table["moved_in"] == table["after"]).all()
    assert (table["stayed"] + table["moved_out"] == table["before"]).all()


def test_the_order_of_tiers_is_yours():
    matrix = migration(pd.Series({"a": "low"}), pd.Series({"a": "high"}), ["high", "medium", "low"])
    assert matrix.index.tolist() == ["high", "medium", "low", "not_yet"]
    with pytest.raises(UserError, match="high"):
        migration(pd.Series({"a": "low"}), pd.Series({"a": "high"}), ["low"])
    assert migration(pd.Series(dtype=object), pd.Series(dtype=object)).to_numpy().sum() == 0
