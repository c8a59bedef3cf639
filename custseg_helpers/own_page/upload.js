// A button, and a place to drop files: they go to Python piece by piece, each asked for, so that no server's limit
// on one message stops a large file, and people see how far it is.

const PIECE = 2 ** 21; // bytes; servers take messages of 10 MB
const size = (bytes) => (bytes < 1e6 ? Math.ceil(bytes / 1e3) + " kB" : (bytes / 1e6).toFixed(1) + " MB");

class Refused extends Error {}

function render({ model, el }) {
  const words = model.get("words");
  const add = (parent, kind, about) => Object.assign(parent.appendChild(document.createElement(kind)), about);
  const root = add(el, "div", { className: "custseg-upload" });
  root.dataset.lmSuppressShortcuts = "true";
  const chooser = add(root, "input", { type: "file", multiple: true, hidden: true, accept: model.get("accept") });
  const button = add(root, "button", { type: "button", textContent: words.upload });
  add(root, "span", { textContent: words.drop });
  const bar = add(root, "progress", { hidden: true, max: 1, ariaLabel: words.upload });
  const said = add(root, "span", {});
  said.setAttribute("role", "status");
  let go_on;

  model.on("msg:custom", (said) => go_on?.(said.refused));
  button.onclick = () => chooser.click();
  chooser.onchange = () => {
    send([...chooser.files]);
    chooser.value = "";
  };
  for (const kind of ["dragenter", "dragover", "drop"]) {
    root.addEventListener(kind, (event) => {
      event.preventDefault();
      event.stopPropagation();
      if (kind === "drop") send([...event.dataTransfer.files]);
    });
  }

  async function send(files) {
    if (!files.length || button.disabled) return;
    const total = files.reduce((sum, file) => sum + file.size, 0);
    let sent = 0;
    button.disabled = true;
    bar.hidden = false;
    try {
      for (const file of files) {
        for (let at = 0; at === 0 || at < file.size; at += PIECE) {
          const piece = await file.slice(at, at + PIECE).arrayBuffer();
          const asked = new Promise((done) => (go_on = done));
          model.send({ name: file.name, at }, undefined, [piece]);
          const refused = await asked;
          if (refused) throw new Refused(refused);
          sent += piece.byteLength;
          bar.value = total ? sent / total : 1;
          said.textContent = `${size(sent)} / ${size(total)}`;
        }
      }
      model.send({ all: true });
      said.textContent = files.map((file) => file.name).join(", ") + ` · ${size(total)}`;
    } catch (error) {
      said.textContent = error instanceof Refused ? error.message : words.failed;
    }
    button.disabled = false;
    bar.hidden = true;
  }
}

export default { render };
