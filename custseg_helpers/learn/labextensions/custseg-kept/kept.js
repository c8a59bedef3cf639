// What a widget showed last stands hidden in the notebook, as plain HTML. Where the widget is dead, after a reload or
// with another kernel, that is shown in place of "model not found".
// Written by hand in the form in which JupyterLab loads its extensions; nothing is built.
(() => {
  const DEAD = ".jp-OutputArea:has(.custseg-kept > *):not(:has(.jupyter-widgets > *))";
  // The second is a widget that waits for its kernel ("Loading widget…"), for ever where the kernel is another one.
  const WIDGET = ':is([data-mime-type="application/vnd.jupyter.widget-view+json"], .jp-OutputArea-output.lm-Panel)';
  const RULES = `
    ${DEAD} .custseg-kept { display: block !important; }
    ${DEAD} .jp-OutputArea-child:has(${WIDGET}) { display: none; }
  `;

  const plugin = {
    id: "custseg-kept:style",
    autoStart: true,
    activate: () => {
      const style = document.createElement("style");
      style.textContent = RULES;
      document.head.append(style);
    },
  };

  const module = { __esModule: true, default: plugin };
  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB["custseg-kept"] = { init: () => {}, get: async () => () => module };
})();
