// A link that ends in #beside opens a lesson and, to the right of it, its workbook; so does a link to the workbook
// within its lesson, which would otherwise cover the lesson, and a link from one lesson to another. Without this file
// both open what they name, as a tab, and the browser edition begins with the file panel open.
// Written by hand in the form in which JupyterLab loads its extensions; nothing is built.
(() => {
  const WORKBOOK = "_exercises.ipynb";
  const LESSON = /(^|\/)\d\d[a-z]?_[a-z0-9_]+(?<!_exercises)\.ipynb$/;

  const opened = (event, app) => {
    const link = event.target.closest?.("a[href]");
    const address = link && new URL(link.href, location.href);
    const path = decodeURIComponent(address?.pathname.split("/files/")[1] ?? "");
    if (address?.hash === "#beside") return path || null;
    const lesson = path.endsWith(WORKBOOK) && path.replace(WORKBOOK, ".ipynb");
    const here = [...app.shell.widgets("main")].find((page) => page.node.contains(link));
    if (LESSON.test(path) && LESSON.test(here?.context?.path ?? "")) return path;
    return lesson && here?.context?.path === lesson ? lesson : null;
  };

  // The areas of the window in which pages stand as tabs, from left to right.
  const areas = (page) => {
    const start = (bar) => bar.node.getBoundingClientRect().left;
    return [...page.parent.tabBars()].sort((one, other) => start(one) - start(other));
  };
  const behind = (bar) => ({ mode: "tab-after", ref: bar.titles[bar.titles.length - 1].owner.id });

  // Where the workbook goes: into the last area, or, where there is one only, to the right of the lesson.
  const place = (lesson) => {
    const bars = areas(lesson);
    return bars.length > 1 ? behind(bars[bars.length - 1]) : { mode: "split-right", ref: lesson.id };
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
        const first = areas(left)[0];
        if (!first.titles.includes(left.title)) app.shell.add(left, "main", behind(first));
        const files = app.serviceManager.contents;
        const there = await files.get(lesson.replace(/\.ipynb$/, WORKBOOK), { content: false }).catch(() => null);
        if (!there) return;
        const right = await open(lesson.replace(/\.ipynb$/, WORKBOOK), place(left));
        if (left.isVisible) return;
        app.shell.add(right, "main", place(left));
        app.shell.activateById(left.id);
        app.shell.activateById(right.id);
      };
      document.body.addEventListener("click", beside, true);
      // Where nothing of an earlier visit is known, JupyterLab opens its file panel, and once more when it opens the
      // page that the address names; the course does neither.
      const named = new URLSearchParams(location.search).has("path");
      const shut = (shell) => {
        if (shell.leftCollapsed) return;
        shell.layoutModified.disconnect(shut);
        shell.collapseLeft();
      };
      Promise.all([app.restored, app.shell.restored]).then(([, layout]) => {
        if (!layout.fresh) return;
        app.shell.collapseLeft();
        if (named) app.shell.layoutModified.connect(shut);
      });
    },
  };

  const module = { __esModule: true, default: plugin };
  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB["custseg-start"] = { init: () => {}, get: async () => () => module };
})();
