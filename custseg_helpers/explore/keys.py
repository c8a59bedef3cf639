"""What ipywidgets leave undone for people at the keyboard and for screen readers.

Keys pressed in a widget stay in it: JupyterLab takes `d d` on a button for "delete the cell", ↓ in a list for "next
cell". Sliders and rows of buttons get the name that stands above them. A value typed with its thousands apart is read whole.
"""

from typing import Any

HELP = """
const keep = (event) => { if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation(); };
// ipywidgets reads "1,200" as 1: what is written with its thousands apart is laid before it without them.
const plain = ({ key, target }) => {
  if (key === "Enter" && target.matches(".widget-readout")) target.textContent = target.textContent.replace(/[,，\\s]/g, "");
};
function name(output) {
  for (const control of output.querySelectorAll(".widget-slider, .widget-toggle-buttons")) {
    const part = control.querySelector("[role=slider]") ?? control.querySelector(".widget-toggle-button")?.parentElement;
    const label = control.querySelector(".widget-label")?.textContent;
    if (!part || !label) continue;
    part.setAttribute("aria-label", label);
    if (!part.hasAttribute("role")) part.setAttribute("role", "group");
  }
  for (const part of output.querySelectorAll(".custseg-seen")) part.tabIndex = 0;  // what scrolls is reached by Tab
}
function guard(el, tries) {
  const output = el.closest(".jp-OutputArea-output");  // the element is not in the page yet when render() is called
  if (!output) return tries && setTimeout(() => guard(el, tries - 1), 50);
  output.addEventListener("keydown", keep);  // the same listener twice is one
  output.addEventListener("keydown", plain, true);
  new MutationObserver(() => name(output)).observe(output, { childList: true, subtree: true });
  name(output);
}
export default { render: ({ el }) => { el.style.display = "none"; guard(el, 100); } };
"""
"""Key combinations (Ctrl+S) still reach JupyterLab."""


def with_own_keys(widget: Any) -> Any:
    """Return a widget whose keys do not reach the notebook around it, and whose sliders say their names."""
    import anywidget
    import ipywidgets as W

    return W.VBox([widget, anywidget.AnyWidget(_esm=HELP, layout=W.Layout(display="none"))])
