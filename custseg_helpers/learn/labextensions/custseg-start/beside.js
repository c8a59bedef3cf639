// A link that ends in #beside opens a lesson and, to the right of it, its workbook; so does a link to the workbook
// within its lesson, which would otherwise cover the lesson. Without this file both open what they name, as a tab.
// Written by hand in the form in which JupyterLab loads its extensions; nothing is built.
(() => {
  const WORKBOOK = "_exercises.ipynb";

  const opened = (event, app) => {
    const link = event.target.closest?.("a[href]");
    const address = link && new URL(link.href, location.href);
    const path = decodeURIComponent(address?.pathname.split("/files/")[1] ?? "");
    if (address?.hash === "#beside") return path || null;
    const lesson = path.endsWith(WORKBOOK) && path.replace(WORKBOOK, ".ipynb");
    const here = [...app.shell.widgets("main")].find((page) => page.node.contains(link));
    return lesson && here?.context?.path === lesson ? lesson : null;
  };

  // Where the workbook goes: to the pages that stand beside the lesson, or, where there are none, to its right.
  const place = (lesson) => {
    const other = [...lesson.parent.tabBars()].filter((bar) => !bar.titles.includes(lesson.title)).pop();
    return other
      ? { mode: "tab-after", ref: other.titles[other.titles.length - 1].owner.id }
      : { mode: "split-right", ref: lesson.id };
  };

  const plugin = {
    id: "custseg-start:beside",
    autoStart: true,
    activate: (app) => {
      const open = (path, options) => app.commands.execute("docmanager:open", { path, options });
      const beside = async (event) => {
        const lesson = opened(event, app);
        if (!lesson) return;
        event.preventDefault();
        event.stopPropagation();
        const left = await open(lesson);
        const right = await open(lesson.replace(/\.ipynb$/, WORKBOOK), place(left));
        if (left.isVisible) return;
        app.shell.add(right, "main", place(left));
        app.shell.activateById(left.id);
        app.shell.activateById(right.id);
      };
      document.body.addEventListener("click", beside, true);
    },
  };

  const module = { __esModule: true, default: plugin };
  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB["custseg-start"] = { init: () => {}, get: async () => () => module };
})();
