// Each click is sent at once; one that was not kept is taken back and told.
const trouble = document.getElementById("trouble");
const count = document.getElementById("count");
const before = new Map();

for (const chosen of document.querySelectorAll("input:checked")) before.set(chosen.name, chosen);

function told(words) {
  trouble.textContent = words;
  trouble.hidden = !words;
}

async function send(path, content) {
  try {
    const answer = await fetch(path, { method: "POST", body: JSON.stringify(content) });
    return answer.ok ? "" : (await answer.text()) || trouble.dataset.lost;
  } catch {
    return trouble.dataset.lost;
  }
}

document.addEventListener("change", async ({ target }) => {
  const card = target.closest("article");
  const { learner, exercise, text } = card.dataset;
  const words = await send("mark", { learner, exercise, text, point: target.dataset.point, mark: target.value });
  told(words);
  if (words) {
    target.checked = false;
    if (before.has(target.name)) before.get(target.name).checked = true;
    return;
  }
  before.set(target.name, target);
  const points = [...card.querySelectorAll("fieldset")];
  card.classList.toggle("whole", points.every((point) => point.querySelector("input:checked")));
  const done = document.querySelectorAll("article.whole").length;
  count.textContent = count.dataset.words.replace("{done}", done).replace("{all}", count.dataset.all);
});

document.getElementById("done").addEventListener("click", async ({ target }) => {
  const words = await send("done", {});
  if (words) return told(words);
  document.querySelectorAll("input, button").forEach((one) => (one.disabled = true));
  count.textContent = target.dataset.closed;
});
