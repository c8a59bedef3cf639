"""A kernel whose port was taken by another program is started again; one that never starts is told."""

import pytest
from nbval import kernel, plugin


@pytest.fixture
def dies(monkeypatch):
    """Return a function that lets the next kernels die at once; starting one counts in its list."""
    starts = []

    def times(number):
        def start(self, *_, **__):
            starts.append(self)
            if len(starts) <= number:
                raise RuntimeError("Kernel died before replying to kernel_info")

        monkeypatch.setattr(kernel.RunningKernel, "__init__", start)
        return starts

    return times


def test_a_kernel_that_dies_at_once_is_started_again(dies):
    starts = dies(2)
    plugin.RunningKernel("python3")
    assert len(starts) == 3


def test_a_kernel_that_never_starts_is_a_failure(dies):
    dies(99)
    with pytest.raises(RuntimeError, match="died"):
        plugin.RunningKernel("python3")
