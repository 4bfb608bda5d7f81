"use strict";
// Fills a file's part of the page when it is opened, filters, and keeps the filter in the address. What stands in a
// <noscript> is text here: HTML that page_files.py made and escaped, one <li> a correction.

const OPENED = 200; // up to so many corrections that are shown, all files stand open; page_files.py has the same number
const form = document.getElementById("filters");
const root = document.documentElement;
const files = [...document.querySelectorAll("details.file")].map((element) => ({
  element,
  counts: element.querySelector(".counts"),
  allCounts: element.querySelector(".counts").textContent,
  path: folded(element.querySelector(".path").textContent),
  source: element.querySelector("noscript").textContent,
  rows: [],
  items: null, // the <li> of the rows, once the file is filled
  chosen: null, // whether the person wants it open; null: has not said
}));

function readRows() {
  for (const file of files) {
    file.rows = file.source.split("<li ").slice(1).map((html) => {
      const [, kind, stage, sure] = /^data-kind="(\w+)" data-stage="([^"]*)" data-confidence="([\d.]+)"/.exec(html);
      return { kind, stage: unescaped(stage), sure: Number(sure), html, words: null, shown: true };
    });
  }
}

function unescaped(html) {
  const entities = { amp: "&", lt: "<", gt: ">", quot: '"', "#x27": "'" };
  return html.replace(/&(amp|lt|gt|quot|#x27);/g, (_, name) => entities[name]);
}

// Words as they are searched: without capitals and accents.
function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function wordsOf(row) {
  row.words ??= folded(unescaped(row.html.slice(row.html.indexOf(">") + 1).replace(/<\/p>/g, "\n").replace(/<[^>]*>/g, "")));
  return row.words;
}

function fill(file) {
  if (file.items) return;
  const body = document.createElement("div");
  body.innerHTML = file.source;
  file.element.querySelector("noscript").replaceWith(body);
  file.items = [...body.querySelectorAll("li")];
  showRows(file);
}

function showRows(file) {
  if (!file.items) return;
  file.items.forEach((item, number) => { item.hidden = !file.rows[number].shown; });
  for (const part of file.element.querySelectorAll("section")) part.hidden = !part.querySelector("li:not([hidden])");
}

function filterNow() {
  const data = new FormData(form);
  const wanted = { kind: data.get("kind"), stages: new Set(data.getAll("stage")), min: Number(data.get("min")), words: folded(data.get("q").trim()) };
  form.querySelector("output").textContent = wanted.min.toFixed(2);
  const totals = { files: 0, fixes: 0, suggestions: 0 };
  const possible = new Map(); // what each choice would show, the other filters being as they are
  for (const file of files) filterFile(file, wanted, totals, possible);
  const few = totals.fixes + totals.suggestions <= OPENED;
  for (const file of files) showFile(file, file.chosen ?? few);
  showCounts(totals, possible);
}

function filterFile(file, wanted, totals, possible) {
  const everything = !wanted.words || file.path.includes(wanted.words);
  const found = { fixes: 0, suggestions: 0 };
  for (const row of file.rows) {
    const ofKind = !wanted.kind || row.kind === wanted.kind;
    const ofStage = !wanted.stages.size || wanted.stages.has(row.stage);
    row.shown = row.sure >= wanted.min && (ofKind || ofStage) && (everything || wordsOf(row).includes(wanted.words));
    if (row.shown && ofKind) possible.set(row.stage, (possible.get(row.stage) ?? 0) + 1);
    if (row.shown && ofStage) possible.set(row.kind, (possible.get(row.kind) ?? 0) + 1);
    row.shown &&= ofKind && ofStage;
    if (row.shown) found[row.kind] += 1;
  }
  file.found = found;
  totals.fixes += found.fixes;
  totals.suggestions += found.suggestions;
  totals.files += found.fixes + found.suggestions > 0;
}

function showFile(file, open) {
  const found = file.found.fixes + file.found.suggestions;
  file.element.hidden = !found;
  file.counts.textContent = file.allCounts + (found === file.rows.length ? "" : ` · ${found.toLocaleString("en")} shown`);
  file.element.open = open && found > 0;
  if (file.element.open) fill(file);
  showRows(file);
}

function showCounts(totals, possible) {
  for (const input of form.querySelectorAll("[name=stage], [name=kind]")) {
    const count = input.parentElement.querySelector(".count");
    if (count) count.textContent = (possible.get(input.value) ?? 0).toLocaleString("en");
  }
  const parts = [many(totals.fixes, "fix", "fixes"), many(totals.suggestions, "suggestion", "suggestions")];
  document.getElementById("shown").textContent = `Shown: ${parts.join(" and ")} in ${many(totals.files, "file", "files")}`;
}

function many(count, one, more) {
  return `${count.toLocaleString("en")} ${count === 1 ? one : more}`;
}

// The address ---------------------------------------------------------------------------------------------------------

function readAddress() {
  const asked = new URLSearchParams(location.hash.slice(1));
  if (!["q", "kind", "stage", "min"].some((name) => asked.has(name))) return false;
  const stages = (asked.get("stage") ?? "").split(",");
  form.q.value = asked.get("q") ?? "";
  form.min.value = asked.get("min") ?? "0";
  for (const box of form.querySelectorAll("[name=stage]")) box.checked = stages.includes(box.value);
  for (const button of form.querySelectorAll("[name=kind]")) button.checked = button.value === (asked.get("kind") ?? "");
  return true;
}

function writeAddress() {
  const data = new FormData(form);
  const asked = new URLSearchParams();
  if (data.get("kind")) asked.set("kind", data.get("kind"));
  if (data.has("stage")) asked.set("stage", data.getAll("stage").join(","));
  if (Number(data.get("min"))) asked.set("min", data.get("min"));
  if (data.get("q").trim()) asked.set("q", data.get("q").trim());
  history.replaceState(null, "", `#${asked}`);
}

function followAddress() {
  if (readAddress()) {
    filterNow();
    document.getElementById("files").scrollIntoView();
  }
}

// The theme -----------------------------------------------------------------------------------------------------------

function showTheme(theme) {
  const dark = theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  if (theme) root.dataset.theme = theme;
  document.getElementById("theme").textContent = dark ? "Light" : "Dark";
}

function remembered(theme) {
  try {
    if (theme) localStorage.setItem("ungarble-theme", theme);
    return localStorage.getItem("ungarble-theme");
  } catch { // a browser may forbid it for a file
    return theme;
  }
}

// What starts it ------------------------------------------------------------------------------------------------------

function listen() {
  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { filterNow(); writeAddress(); }, 120);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => {
    for (const file of files) file.chosen = null;
    setTimeout(() => { filterNow(); writeAddress(); });
  });
  for (const [button, open] of [["open", true], ["close", false]]) {
    document.getElementById(button).addEventListener("click", () => {
      for (const file of files) file.chosen = open;
      filterNow();
    });
  }
  for (const file of files) {
    file.element.addEventListener("toggle", () => { if (file.element.open) fill(file); });
    file.element.firstElementChild.addEventListener("click", () => { file.chosen = !file.element.open; });
  }
  document.getElementById("theme").addEventListener("click", (event) => showTheme(remembered(event.target.textContent.toLowerCase())));
  addEventListener("hashchange", followAddress);
}

function linkWords() {
  for (const words of document.querySelectorAll("[data-find]")) {
    const link = document.createElement("a");
    link.href = `#${new URLSearchParams({ q: words.textContent })}`;
    link.title = "Show these corrections";
    link.append(...words.childNodes);
    words.append(link);
  }
}

readRows();
linkWords();
listen();
showTheme(remembered());
document.getElementById("theme").hidden = false;
form.hidden = !files.length;
readAddress() ? followAddress() : filterNow();
