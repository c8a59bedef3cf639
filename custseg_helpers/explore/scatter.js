// A scatter of customers and two lines that part it. The hand moves a line, and the four quadrants are
// counted and painted anew here in the browser; Python hears of it when the line is let go.

const LEFT = 80, RIGHT = 66, TOP = 34, BOTTOM = 44; // room for axes, and for the knobs of both lines
const SIGNS = ["✕", "■", "▲", "●"];
const FONT = "13px system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif";
const SHAPES = [
  (x, y, r) => Math.abs(Math.abs(x) - Math.abs(y)) < r / 3, // low, low: a cross
  (x, y, r) => Math.max(Math.abs(x), Math.abs(y)) <= 0.85 * r, // high across: a square
  (x, y, r) => Math.abs(x) <= (y + r) / 2, // high upwards: a triangle
  (x, y, r) => Math.hypot(x, y) <= r + 0.2, // high, high: a disc
];

const numbers = (sent) => new Float64Array(sent.buffer.slice(sent.byteOffset, sent.byteOffset + sent.byteLength));
const between = (value, low, high) => Math.min(Math.max(value, low), high);
const written = (value) => value.toLocaleString("en-US", { maximumFractionDigits: 1 });
const percent = (part, whole) => (whole ? Math.round((100 * part) / whole) : 0) + "%";

/** Place a value on an axis as a share of its length, and read it back. Beyond the ends is drawn on the edge. */
function scale({ low, high, log }) {
  const bend = log ? Math.log : Number, from = bend(low), to = bend(high);
  return {
    place: (value) => (bend(between(value, low, high)) - from) / (to - from),
    read: (share) => (log ? Math.exp : Number)(from + share * (to - from)),
  };
}

/** Return a marker as [x, y] steps from its middle. */
function stamp(shape, radius) {
  const reach = Math.ceil(radius), steps = [...Array(2 * reach + 1).keys()].map((n) => n - reach);
  return steps.flatMap((y) => steps.filter((x) => shape(x, y, radius)).map((x) => [x, y]));
}

function render({ model, el }) {
  const [x, y, cents] = ["x", "y", "cents"].map((name) => numbers(model.get(name)));
  const axes = model.get("axes"), groups = model.get("groups"), words = model.get("words");
  const scales = axes.map(scale), total = cents.reduce((sum, one) => sum + one, 0);
  let cuts = [...model.get("cuts")], width, height, ratio, spots, ground, image, stamps;

  const add = (parent, kind, name = "") => Object.assign(parent.appendChild(document.createElement(kind)), { className: name });

  const root = add(el, "div", "custseg-scatter");
  root.dataset.lmSuppressShortcuts = "true"; // JupyterLab would take the arrow keys
  const [upper, stage, lower] = ["corners", "stage", "corners"].map((name) => add(root, "div", name));
  add(root, "small").textContent = words.note;
  const canvas = add(stage, "canvas");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", words.picture);
  const pen = canvas.getContext("2d");
  const corners = groups.map(({ colour }, n) => {
    const corner = add(n & 2 ? upper : lower, "div", "corner");
    corner.style.borderColor = colour;
    return corner;
  });
  const lines = axes.map((axis, side) => {
    const line = add(stage, "div", `line ${side ? "across" : "upright"}`);
    const about = { "aria-label": axis.line, "aria-valuemin": axis.least, "aria-valuemax": axis.most };
    about["aria-orientation"] = side ? "vertical" : "horizontal";
    for (const [name, value] of Object.entries({ role: "slider", tabindex: 0, ...about })) line.setAttribute(name, value);
    line.addEventListener("pointerdown", (event) => line.setPointerCapture(event.pointerId));
    line.addEventListener("pointermove", (event) => {
      if (!line.hasPointerCapture(event.pointerId)) return;
      const box = canvas.getBoundingClientRect();
      const share = side ? 1 - (event.clientY - box.top - TOP) / height : (event.clientX - box.left - LEFT) / width;
      move(side, Math.round(scales[side].read(between(share, 0, 1)) / axis.step) * axis.step);
    });
    line.addEventListener("lostpointercapture", tell);
    line.addEventListener("keydown", (event) => {
      const steps = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
      const to = { Home: axis.least, End: axis.most }[event.key] ?? cuts[side] + steps * axis.step;
      if (Number.isNaN(to)) return;
      event.preventDefault();
      move(side, steps ? Math.round(to / axis.step) * axis.step : to);
      tell();
    });
    return line;
  });

  function move(side, value) {
    cuts[side] = between(value, axes[side].least, axes[side].most);
    paint();
  }

  function tell() {
    model.set("cuts", [...cuts]);
    model.save_changes();
  }

  /** Count and paint every customer, write the corners and set the lines: all that follows from the cuts. */
  function paint() {
    const sizes = [0, 0, 0, 0], money = [0, 0, 0, 0], [right, above] = cuts;
    const pixels = image.data, opacity = between(60 / Math.sqrt(x.length), 0.25, 0.65);
    pixels.set(ground);
    for (let i = 0; i < x.length; i++) {
      const group = (x[i] > right ? 1 : 0) + (y[i] > above ? 2 : 0);
      sizes[group]++;
      money[group] += cents[i];
      const { steps, red, green, blue } = stamps[group];
      for (let k = 0; k < steps.length; k++) {
        const at = spots[i] + steps[k];
        pixels[at] += (red - pixels[at]) * opacity;
        pixels[at + 1] += (green - pixels[at + 1]) * opacity;
        pixels[at + 2] += (blue - pixels[at + 2]) * opacity;
      }
    }
    pen.putImageData(image, 0, 0);
    corners.forEach((corner, n) => {
      const shares = `${written(sizes[n])} (${percent(sizes[n], x.length)}) · ${words.money} ${percent(money[n], total)}`;
      corner.textContent = `${SIGNS[n]} ${groups[n].name}\n${shares}`;
    });
    lines.forEach((line, side) => {
      const share = scales[side].place(cuts[side]);
      line.style[side ? "top" : "left"] = `${side ? TOP + (1 - share) * height : LEFT + share * width}px`;
      line.dataset.value = written(cuts[side]);
      line.setAttribute("aria-valuenow", cuts[side]);
      line.setAttribute("aria-valuetext", `${written(cuts[side])}; ${corners[3].textContent.slice(2).replace("\n", " ")}`);
    });
  }

  /** Fit the picture to the page: axes on the ground, the place of every customer, markers of the right size. */
  function fit() {
    const wide = Math.max(stage.clientWidth, 280), high = between(0.58 * wide, 330, 440);
    ratio = window.devicePixelRatio || 1;
    [width, height] = [wide - LEFT - RIGHT, high - TOP - BOTTOM];
    [canvas.width, canvas.height] = [wide, high].map((length) => Math.round(length * ratio));
    stage.style.height = canvas.style.height = `${high}px`;
    lines[0].style.height = `${height}px`;
    lines[1].style.width = `${width}px`;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    Object.assign(pen, { fillStyle: "white", font: FONT, textBaseline: "middle", strokeStyle: "#ddd" });
    pen.fillRect(0, 0, wide, high);
    pen.fillStyle = "#222";
    axes.forEach(({ ticks, label }, side) => {
      pen.textAlign = side ? "right" : "center";
      for (const tick of ticks) {
        const share = scales[side].place(tick), across = LEFT + share * width, down = TOP + (1 - share) * height;
        pen.beginPath();
        pen.moveTo(side ? LEFT : across, side ? down : TOP);
        pen.lineTo(side ? LEFT + width : across, side ? down : TOP + height);
        pen.stroke();
        pen.fillText(written(tick), side ? LEFT - 6 : across, side ? down : TOP + height + 14);
      }
      pen.save();
      pen.textAlign = "center";
      pen.translate(side ? 10 : LEFT + width / 2, side ? TOP + height / 2 : TOP + height + 34);
      if (side) pen.rotate(-Math.PI / 2);
      pen.fillText(label, 0, 0);
      pen.restore();
    });
    image = pen.getImageData(0, 0, canvas.width, canvas.height);
    ground = image.data.slice();
    const room = 4 * ratio; // so that no marker leaves the picture
    spots = Int32Array.from(x, (value, i) => {
      const across = between((LEFT + scales[0].place(value) * width) * ratio, room, canvas.width - room);
      const down = between((TOP + (1 - scales[1].place(y[i])) * height) * ratio, room, canvas.height - room);
      return 4 * (Math.round(down) * canvas.width + Math.round(across));
    });
    const radius = (x.length > 10000 ? 2 : 3) * ratio;
    stamps = groups.map(({ colour }, n) => {
      const [red, green, blue] = [1, 3, 5].map((from) => parseInt(colour.slice(from, from + 2), 16));
      return { red, green, blue, steps: stamp(SHAPES[n], radius).map(([across, down]) => 4 * (down * canvas.width + across)) };
    });
    paint();
  }

  const followPython = () => {
    cuts = [...model.get("cuts")];
    paint();
  };
  fit();
  const watch = new ResizeObserver(() => stage.clientWidth && fit());
  watch.observe(stage);
  model.on("change:cuts", followPython);
  return () => {
    watch.disconnect();
    model.off("change:cuts", followPython);
  };
}

export default { render };
