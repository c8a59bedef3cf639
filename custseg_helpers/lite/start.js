// Fetches what the course needs into the browser's cache, tells how far it is, and opens the course.
const words = JSON.parse(document.getElementById('words').textContent);
const [go, bar, share, amount, said, loading] = ['go', 'bar', 'share', 'amount', 'said', 'loading'].map(
  id => document.getElementById(id)
);
const AT_ONCE = 4;

function tell(text, alert = false) {
  said.textContent = text;
  said.classList.toggle('alert', alert);
}

function shown(done, total) {
  const percent = total ? Math.floor((100 * done) / total) : 100;
  bar.value = percent;
  share.textContent = `${percent} %`;
  amount.textContent = `${(done / 1e6).toFixed(1)} / ${(total / 1e6).toFixed(1)} MB`;
}

async function fetched(file, count) {
  const answer = await fetch(`../${file.url}`);
  if (!answer.ok) {
    throw new Error(`${file.url}: ${answer.status}`);
  }
  for (const reader = answer.body.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) {
      return;
    }
    count(value.length);
  }
}

async function load() {
  const files = await (await fetch('../downloads.json')).json();
  const total = files.reduce((sum, file) => sum + file.bytes, 0);
  const waiting = files.slice();
  let sum = 0;
  async function next() {
    for (let file = waiting.shift(); file; file = waiting.shift()) {
      tell(words[file.kind]);
      await fetched(file, length => shown((sum += length), total));
    }
  }
  shown(0, total);
  await Promise.all(Array.from({ length: AT_ONCE }, next));
  shown(total, total);
}

async function open(page) {
  go.disabled = true;
  loading.hidden = false;
  try {
    await load();
    tell(words.done);
    location.assign(`lab/index.html?path=${page}`);
  } catch (error) {
    console.error(error);
    tell(words.failed, true);
  }
  go.disabled = false;
}

if (typeof WebAssembly !== 'object' || !navigator.serviceWorker) {
  go.disabled = true;
  tell(words.old, true);
}
for (const opener of document.querySelectorAll('[data-open]')) {
  opener.addEventListener('click', event => {
    event.preventDefault();
    open(opener.dataset.open);
  });
}
