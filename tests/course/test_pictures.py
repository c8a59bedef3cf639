"""Stored figures: much smaller, and the same to the eye."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from custseg_helpers.course.pictures import small_png
from custseg_helpers.plots.style import HEAT, new_figure

pytestmark = pytest.mark.slow


def drawn():
    """Figures of the kinds that the course draws: letters, clouds of see-through points, a colour map."""
    rng = np.random.default_rng(0)
    bars, ax = new_figure()
    ax.bar(["重要价值客户", "一般 B", "C"], [3, 2, 1])
    ax.set_title("客户分层 · RFM × 60%")
    cloud, ax = new_figure()
    ax.scatter(*rng.normal(size=(2, 2000)), c=rng.choice(["C0", "C1", "C2", "C3"], 2000), alpha=0.4)
    heat, ax = new_figure()
    heat.colorbar(ax.imshow(rng.random((8, 8)), cmap=HEAT))
    return {name: figure._repr_png_() for name, figure in (("bars", bars), ("cloud", cloud), ("heat", heat))}


FIGURES = drawn()


def pixels(png):
    """A picture's colours, pixel by pixel."""
    return np.asarray(Image.open(BytesIO(png)).convert("RGB")).astype(int)


@pytest.mark.parametrize("name", FIGURES)
def test_no_eye_sees_the_difference(name):
    before, after = pixels(FIGURES[name]), pixels(small_png(FIGURES[name]))
    distance = np.abs(before - after).max(axis=2)
    assert before.shape == after.shape
    assert distance.max() <= 24 and distance.mean() < 1.5
    assert (after[(before == 255).all(axis=2)] >= 254).all()


@pytest.mark.parametrize("name", FIGURES)
def test_it_is_much_smaller_and_the_same_each_time(name):
    small = small_png(FIGURES[name])
    assert len(small) < 0.6 * len(FIGURES[name])
    assert small == small_png(FIGURES[name])


def test_a_picture_that_lets_light_through_stays():
    target = BytesIO()
    Image.new("RGBA", (40, 30), (200, 10, 10, 90)).save(target, "PNG")
    assert small_png(target.getvalue()) == target.getvalue()
