// The choice of language is kept for the entrance; the glossary's box filters; the search page starts Pagefind.
document.addEventListener("DOMContentLoaded", () => {
  for (const link of document.querySelectorAll("[data-language]")) {
    link.addEventListener("click", () => {
      try { localStorage.setItem("custseg-language", link.dataset.language); } catch { /* private mode */ }
    });
  }

  // The theme's arrows of the side menu have no name of their own.
  for (const arrow of document.querySelectorAll("nav summary")) {
    arrow.setAttribute("aria-label", arrow.closest("li").querySelector("a").textContent);
  }

  for (const box of document.querySelectorAll("[data-filter]")) {
    const rows = document.querySelectorAll(`#${box.dataset.filter} tbody tr`);
    box.addEventListener("input", () => {
      const wanted = box.value.trim().toLowerCase();
      for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
    });
  }

  const place = document.getElementById("pagefind");
  if (!place) return;
  if (location.protocol === "file:" || !window.PagefindUI) {
    place.textContent = place.dataset.local;
    return;
  }
  const search = new PagefindUI({
    element: "#pagefind",
    bundlePath: new URL("../pagefind/", location.href).pathname,
    showImages: false,
    showSubResults: true,
    excerptLength: 40,
    autofocus: true,
  });
  place.querySelector("input").setAttribute("aria-label", document.querySelector("h1").firstChild.textContent);
  const asked = new URLSearchParams(location.search).get("q");
  if (asked) search.triggerSearch(asked);
});
