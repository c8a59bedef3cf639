"""Who the customers are on paper: people or companies, and the contacts in a company."""

import numpy as np
import pandas as pd

from custseg_helpers.company.schema import conform
from custseg_helpers.company.simulate.names import firms, people
from custseg_helpers.company.simulate.population import Population
from custseg_helpers.company.simulate.season import Calendar
from custseg_helpers.company.simulate.settings import Settings, ids, pick, pick_each, repeated
from custseg_helpers.words.glossary import term

LARGE, MEDIUM = 1000, 300
"""Employees from which a company is large, and medium."""


def customers(
    rng: np.random.Generator, settings: Settings, who: Population, calendar: Calendar, names: np.ndarray
) -> pd.DataFrame:
    """Return the customers table of one block."""
    cities = list(settings["cities"].items())
    shared = {
        "customer_id": names,
        "region": np.array([region for _, (region, _) in cities], dtype=object)[who.city],
        "city": np.array([city for city, _ in cities], dtype=object)[who.city],
        "signup_date": calendar.date(who.signup_day),
        "signup_channel": np.array(list(settings["channels"]), dtype=object)[who.signup_channel],
    }
    own = _companies(rng, settings, who) if "industries" in settings else _people(rng, settings, who)
    return conform("customers", pd.DataFrame(shared | own))


def _people(rng: np.random.Generator, settings: Settings, who: Population) -> dict[str, np.ndarray]:
    types, size = settings["types"], len(who)
    female = rng.random(size) < np.array([t["female"] for t in types])[who.kind]
    name_zh, name_en = people(rng, female)
    born, spread = np.array([t["born"] for t in types], dtype=float)[who.kind].T
    birth_year = np.clip(np.rint(born + spread * rng.normal(size=size)), 1938, 2007)
    gender = np.where(rng.random(size) < settings["gender_missing"], 2, np.where(female, 0, 1))
    return {
        "name_zh": name_zh,
        "name_en": name_en,
        "gender": np.array(["female", "male", None], dtype=object)[gender],
        "birth_year": np.where(rng.random(size) < settings["birth_year_missing"], np.nan, birth_year),
    }


def _companies(rng: np.random.Generator, settings: Settings, who: Population) -> dict[str, np.ndarray]:
    """Staff grows with what the customer spends, revenue with staff."""
    industries, types, size = settings["industries"], settings["types"], len(who)
    weights = np.array([[t["industry"].get(code, 0.0) for code in industries] for t in types])
    industry = pick_each(rng, weights[who.kind])
    typical = np.array([t["employees"] for t in types])[who.kind]
    employees = np.maximum(3, np.rint(typical * np.exp(0.35 * who.rich + rng.normal(0, 0.6, size))))
    per_head = np.array([i["revenue_per_head"] for i in industries.values()])[industry]
    lines = [i["names"] for i in industries.values()]
    draw = (rng.random(size) * np.array([len(names) for names in lines])[industry]).astype(np.int64)
    line = np.array([lines[i][d] for i, d in zip(industry, draw, strict=True)], dtype=object)
    city = [term(code) for code in settings["cities"]]
    name_zh, name_en = firms(
        rng,
        np.array([c.within("zh") for c in city], dtype=object)[who.city],
        np.array([c.within("en") for c in city], dtype=object)[who.city],
        line[:, 0],
        line[:, 1],
    )
    return {
        "name_zh": name_zh,
        "name_en": name_en,
        "industry": np.array(list(industries), dtype=object)[industry],
        "employees": employees,
        "revenue": np.rint(employees * per_head * np.exp(rng.normal(0, 0.4, size)) / 1e4) * 1e4,
        "founded_year": np.clip(np.rint(2022 - rng.gamma(2.0, 7.0, size)), 1952, 2023),
        "scale": np.select([employees >= LARGE, employees >= MEDIUM], ["large", "medium"], "small"),
    }


def contacts(
    rng: np.random.Generator, settings: Settings, table: pd.DataFrame, digits: int, before: int
) -> pd.DataFrame:
    """Return the contacts of company customers; the larger the company, the more, and never all who matter."""
    known = settings["contacts"]
    more = table["scale"].map({"large": 2.2, "medium": 1.4, "small": 0.7}).to_numpy(dtype=float)
    count = rng.poisson(more) + (rng.random(len(table)) < 0.93)
    customer = repeated(np.arange(len(table)), count)
    titles = known["titles"]
    title = pick(rng, [t["share"] for t in titles.values()], len(customer))
    roles = ("decision_maker", "influencer", "participant", "gatekeeper")
    role = pick_each(rng, np.array([[t.get(r, 0.0) for r in roles] for t in titles.values()])[title])
    name_zh, name_en = people(rng, rng.random(len(customer)) < known["female"])
    return conform(
        "contacts",
        pd.DataFrame(
            {
                "contact_id": ids("K", before + 1 + np.arange(len(customer)), digits),
                "customer_id": table["customer_id"].to_numpy()[customer],
                "name_zh": name_zh,
                "name_en": name_en,
                "title": np.array(list(titles), dtype=object)[title],
                "role": np.array(roles, dtype=object)[role],
                "style": np.array(list(known["styles"]), dtype=object)[
                    pick(rng, list(known["styles"].values()), len(customer))
                ],
            }
        ),
    )
