"""The capstone's page: whole, in both languages, and with nothing from outside."""

import re

import numpy as np
import pandas as pd
import pytest

from custseg_helpers.learn.capstone import PARTS, one_page, save_page
from custseg_helpers.plots.style import new_figure
from custseg_helpers.tiers.cards import card
from custseg_helpers.tiers.persona import profile
from custseg_helpers.words.text import T, UserError, use_language


def parts(**other):
    return dict.fromkeys(PARTS, "…") | other


def page(**other):
    return one_page(parts(**other), title="Plan & <more>", lead="Sign <here>.")


def cells(html):
    return re.findall(r"<td[^>]*>([^<]*)</td>", html)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_eight_headed_parts_in_order_and_nothing_from_outside(language):
    use_language(language)
    figure, ax = new_figure()
    ax.bar(["A"], [1])
    html = page(playbook=[figure, pd.DataFrame({"customers": [3]}, index=["A"])])
    assert re.findall(r"<h2>(.*?)</h2>", html) == [head.within(language) for head in PARTS.values()]
    assert re.findall(r'src="(.{22})', html) == ["data:image/png;base64,"]
    assert not re.search(r"https?:|<link|<script|url\((?!data:)|@import", html)
    assert f'lang="{"zh-CN" if language == "zh" else "en"}"' in html


def test_what_people_write_is_shown_as_it_stands():
    html = page(targets="<b>& co</b>", personas=T(zh="中", en="<i>"))
    assert "&lt;b&gt;&amp; co&lt;/b&gt;" in html and "&lt;i&gt;" in html
    assert "<h1>Plan &amp; &lt;more&gt;</h1>" in html and "Sign &lt;here&gt;." in html


def test_numbers_have_the_decimals_they_need_and_codes_their_names():
    table = pd.DataFrame(
        {
            "customers": [3000, 12],
            "share": [0.256, np.nan],
            "cost": [1634.22, 0.0],
            "verdict": ["paid_in_full", None],
        },
        index=pd.Index(["high", "low"], name="tier"),
    )
    html = page(playbook=table)
    assert cells(html) == ["high", "3,000", "26%", "1,634", "paid in full", "low", "12", "–", "0", "–"]
    assert "<th>tier</th>" in html and table["customers"].tolist() == [3000, 12]


def test_a_series_of_unlike_numbers_and_yes_or_no_and_dates():
    report = pd.Series({"customers": 3000, "sales": 2613293.56}).to_frame("Yuexuan")
    facts = pd.DataFrame({"agreed": [True, False], "on": [pd.Timestamp("2026-01-01")] * 2}, index=["a", "b"])
    html = page(
        data_report=report,
        targets=pd.Series({"high": 0.5}, name="share"),
        tierings=pd.Series({"rfm": 0.19}, name="separates"),
        governance_card=facts,
    )
    assert {"3,000", "2,613,294", "50%", "0.19", "yes", "no", "2026-01-01"} <= set(cells(html))


def test_a_persona_card_is_a_box():
    people = pd.DataFrame({"visits": [9.0] * 10 + [1.0] * 10})
    best = card(profile(people, pd.Series(["high"] * 10 + ["low"] * 10)), "high")
    assert "<strong>high</strong>" in page(personas=[best, "Call first."])


@pytest.mark.parametrize("change", [{"without": "holdout_plan"}, {"with_more": "customers"}])
def test_a_part_too_few_or_too_many_is_named(change):
    given = parts() | ({"customers": "C1"} if "with_more" in change else {})
    given.pop(change.get("without", ""), None)
    with pytest.raises(UserError, match=next(iter(change.values()))):
        one_page(given, title="Plan", lead="Sign.")


def test_the_page_is_saved_whole_or_not_at_all(tmp_path):
    file = save_page(parts(), tmp_path / "page.html", title="Plan", lead="Sign.")
    before = file.read_text(encoding="utf-8")
    assert before.startswith("<!doctype html>") and before.endswith("</html>\n")
    with pytest.raises(UserError):
        save_page({}, file, title="Plan", lead="Sign.")
    assert file.read_text(encoding="utf-8") == before and list(tmp_path.iterdir()) == [file]
    with pytest.raises(UserError, match="cannot be written"):
        save_page(parts(), file / "page.html", title="Plan", lead="Sign.")
