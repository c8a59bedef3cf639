// Clicks are sent at once, one after the other; one that was not kept is taken back and told.
const trouble = document.getElementById("trouble");
const count = document.getElementById("count");
const inputs = [...document.querySelectorAll("input")];
const kept = new Map(); // by group of radio buttons, the one that the file has
const latest = new Map(); // and the one clicked last
let sent = Promise.resolve();

function told(words) {
  trouble.textContent = words;
  trouble.hidden = !words;
}

async function ask(path, options) {
  try {
    const answer = await fetch(path, options);
    const text = await answer.text();
    return answer.ok ? { text } : { trouble: text || trouble.dataset.lost };
  } catch {
    return { trouble: trouble.dataset.lost };
  }
}

function send(path, content) {
  const answer = sent.then(() => ask(path, { method: "POST", body: JSON.stringify(content) }));
  sent = answer;
  return answer;
}

function keep() {
  for (const one of inputs) if (one.checked) kept.set(one.name, one);
}

function counted() {
  for (const card of document.querySelectorAll("article")) {
    const points = [...card.querySelectorAll("fieldset")];
    card.classList.toggle("whole", points.every((point) => point.querySelector("input:checked")));
  }
  const done = document.querySelectorAll("article.whole").length;
  count.textContent = count.dataset.words.replace("{done}", done).replace("{all}", count.dataset.all);
}

document.addEventListener("change", async ({ target }) => {
  latest.set(target.name, target);
  const { learner, exercise, text } = target.closest("article").dataset;
  const answer = await send("mark", { learner, exercise, text, point: target.dataset.point, mark: target.value });
  told(answer.trouble || "");
  if (!answer.trouble) kept.set(target.name, target);
  else if (latest.get(target.name) === target) {
    target.checked = false;
    if (kept.has(target.name)) kept.get(target.name).checked = true;
  }
  counted();
});

// Marks given in another tab are seen in this one when it is looked at again.
document.addEventListener("visibilitychange", async () => {
  if (document.hidden || document.getElementById("done").disabled) return;
  await sent;
  const answer = await ask(location.href);
  told(answer.trouble || "");
  if (answer.trouble) return;
  const page = new DOMParser().parseFromString(answer.text, "text/html");
  const checked = new Set([...page.querySelectorAll("input[checked]")].map((one) => one.name + one.value));
  for (const one of inputs) one.checked = checked.has(one.name + one.value);
  keep();
  counted();
});

document.getElementById("done").addEventListener("click", async ({ target }) => {
  const answer = await send("done", {});
  if (answer.trouble) return told(answer.trouble);
  document.querySelectorAll("input, button").forEach((one) => (one.disabled = true));
  count.textContent = target.dataset.closed;
});
keep();
