// A link that ends in #beside opens a lesson and, to the right of it, its workbook. Without this file it opens the
// lesson alone. Written by hand in the form in which JupyterLab loads its extensions; nothing is built.
(() => {
  const WORKBOOK = "_exercises.ipynb";

  const opened = (event) => {
    const link = event.target.closest?.("a[href$='#beside']");
    const path = link && new URL(link.href).pathname.split("/files/")[1];
    return path ? decodeURIComponent(path) : null;
  };

  const plugin = {
    id: "custseg-start:beside",
    autoStart: true,
    activate: (app) => {
      const open = (path, options) => app.commands.execute("docmanager:open", { path, options });
      const beside = async (event) => {
        const lesson = opened(event);
        if (!lesson) return;
        event.preventDefault();
        event.stopPropagation();
        const left = await open(lesson);
        const right = [...app.shell.widgets("main")].find((page) => page.context?.path.endsWith(WORKBOOK));
        const place = right ? { mode: "tab-after", ref: right.id } : { mode: "split-right", ref: left.id };
        await open(lesson.replace(/\.ipynb$/, WORKBOOK), place);
      };
      document.body.addEventListener("click", beside, true);
    },
  };

  const module = { __esModule: true, default: plugin };
  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB["custseg-start"] = { init: () => {}, get: async () => () => module };
})();
