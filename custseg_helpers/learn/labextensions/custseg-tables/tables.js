// Beside its lesson a workbook is half a screen wide. There a table may be wider than the screen and scroll; its columns
// do not shrink to two characters a line, which Chinese, breaking anywhere, and code in a cell else would. Lines of text,
// an error's above all, break between words and not within them.
// Written by hand in the form in which JupyterLab loads its extensions; nothing is built.
(() => {
  const CELL = ".jp-RenderedHTMLCommon :is(td, th)";
  const LINES = ".jp-OutputArea .jp-OutputArea-output.jp-RenderedText pre";
  const RULES = `
    ${LINES} { word-break: normal; overflow-wrap: anywhere; }
    ${CELL} { word-break: keep-all; overflow-wrap: normal; }
    ${CELL} code { overflow-wrap: normal; white-space: nowrap; }
  `;

  const plugin = {
    id: "custseg-tables:style",
    autoStart: true,
    activate: () => {
      const style = document.createElement("style");
      style.textContent = RULES;
      document.head.append(style);
    },
  };

  const module = { __esModule: true, default: plugin };
  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB["custseg-tables"] = { init: () => {}, get: async () => () => module };
})();
