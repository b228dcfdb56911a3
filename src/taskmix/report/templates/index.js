// Folds older periods and filters the list of reports. Without it the whole list is open.
(() => {
  "use strict";
  const FEW = 12; // reports that need no folding
  const box = document.querySelector(".tm-find");
  const words = document.getElementById("tm-words");
  const trouble = document.getElementById("tm-trouble");
  const found = document.getElementById("tm-found");
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  const periods = [...document.querySelectorAll(".tm-period")].map((details) => ({
    details,
    open: true,
    reports: [...details.querySelectorAll("article")].map((article) => ({
      article,
      text: "",
      troubled: article.classList.contains("tm-trouble"),
    })),
  }));
  const all = periods.reduce((sum, period) => sum + period.reports.length, 0);
  let filtering = false;
  let read = false;

  // Not before somebody looks for something: a site of years has a megabyte of words.
  function readTexts() {
    if (read) return;
    read = true;
    for (const { details, reports } of periods) {
      const name = details.querySelector("h2").textContent;
      for (const report of reports) report.text = plain(`${name} ${report.article.textContent}`);
    }
  }

  function filter() {
    const wanted = plain(words.value).split(/\s+/).filter(Boolean);
    const only = Boolean(trouble?.checked);
    const active = wanted.length > 0 || only;
    if (!active && !filtering) return;
    readTexts();
    if (!filtering) for (const period of periods) period.open = period.details.open;
    let shown = 0;
    for (const { details, reports, open } of periods) {
      let here = 0;
      for (const { article, text, troubled } of reports) {
        const fits = wanted.every((word) => text.includes(word)) && (troubled || !only);
        article.hidden = !fits;
        here += fits;
      }
      details.hidden = here === 0;
      if (active) details.open = true;
      else if (filtering) details.open = open;
      shown += here;
    }
    filtering = active;
    const said = shown ? found.dataset.some : found.dataset.none;
    const number = (count) => count.toLocaleString(document.documentElement.lang);
    found.textContent = active
      ? said.replace("{found}", number(shown)).replace("{all}", number(all))
      : "";
  }

  if (all > FEW) for (const { details } of periods.slice(1)) details.open = false;
  box.hidden = false;
  words.addEventListener("input", filter);
  words.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !words.value) return;
    words.value = "";
    filter();
  });
  trouble?.addEventListener("change", filter);
  // Who comes back from a report finds the words still in the box.
  addEventListener("pageshow", filter);
})();
