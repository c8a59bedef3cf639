"""What every run of pytest needs, the notebooks' own runs included."""

from nbval import kernel, plugin

STARTS = 3


class RunningKernel(kernel.RunningKernel):
    """A kernel that is started again when it dies at once.

    A kernel is told which ports to take a moment before it takes them; on a busy machine another program can be
    quicker. The next start asks for other ports.
    """

    def __init__(self, *args, **kwargs):
        for start in range(1, STARTS + 1):
            try:
                super().__init__(*args, **kwargs)
            except RuntimeError:
                if start == STARTS:
                    raise
            else:
                break


KEPT = '<div class="custseg-kept" hidden></div>'
"""Where a text's marks will stand: hidden and empty until she marks, and not stored by the build."""
_outputs = plugin.transform_streams_for_comparison


def _shown(outputs):
    return _outputs([output for output in outputs if output.get("data", {}).get("text/html") != KEPT])


def pytest_configure():
    """Let the notebooks run with kernels that start again, and compare what is shown."""
    plugin.RunningKernel = RunningKernel
    plugin.transform_streams_for_comparison = _shown
