const form = document.getElementById("form"), said = document.getElementById("said"), words = JSON.parse(document.getElementById("words").textContent);
const id = Array.from(crypto.getRandomValues(new Uint8Array(6)), byte => byte.toString(16).padStart(2, "0")).join("");

function answers() {
  const found = {};
  for (const field of form.querySelectorAll("[data-question]")) {
    const key = field.dataset.question, kind = field.dataset.kind;
    const picked = Array.from(field.querySelectorAll("input:checked"), box => box.value);
    if (kind === "text") { const text = field.querySelector("textarea").value.trim(); if (text) found[key] = text; }
    else if (kind === "several") { if (picked.length) found[key] = picked; }
    else if (picked.length) found[key] = kind === "scale" ? Number(picked[0]) : picked[0];
  }
  return found;
}

function filled() {
  const given = answers();
  const name = document.getElementById("name").value.trim();
  const left = form.querySelectorAll("[data-question]").length - Object.keys(given).length;
  const text = JSON.stringify({custseg_form: form.dataset.form, id, lang: form.dataset.lang, course: form.dataset.course, name, answers: given});
  return {text, left: left ? words.left.replace("{n}", left) : ""};
}

form.addEventListener("submit", event => {
  event.preventDefault();
  const {text, left} = filled(), link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text + "\n"], {type: "application/json"}));
  link.download = `${form.dataset.form}-${id}.json`;
  link.click();
  said.textContent = left + words.saved.replace("{file}", link.download);
});

document.getElementById("as-text").addEventListener("click", () => {
  const {text, left} = filled(), box = document.getElementById("copy");
  box.value = text;
  box.hidden = false;
  box.select();
  navigator.clipboard?.writeText(text).catch(() => {});
  said.textContent = left + words.copied;
});
