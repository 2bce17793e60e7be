// The window on the wire: each call of the bot and each update that it was handed. Only the rows that are seen are in the page.

import { make, makeButton, redraw } from "./make.js";

const height = 52; // of a row in pixels, as wire.css has it
const around = 4; // rows in the page above and below those that are seen
const section = document.getElementById("tools-wire");

let page = null;
let parts = null; // {kind, here, pause, list, rows, empty}
let entries = []; // those that the filter lets through, oldest first
let asked = { after: 0, what: "" }; // up to where the server was asked, and for what
let names = []; // the methods and kinds of updates that there are
let began = 0; // which city it is
let cleared = 0; // what came before is not shown
let paused = false;
let opened = null; // the entry that is open, with its bodies
let current = 0; // the number of the row that Tab goes to
let sticking = true; // one looks at the newest
let loading = false;
let again = false;

const word = (name, about) => page.word(name, about);
const isSeen = () => !section.hidden && section.offsetParent !== null;

/** Fills the section. page is what the tools of the page are given. */
export function begin(given) {
  page = given;
  page.addWords(words);
  parts = build();
  page.changed(() => { name(); load(); });
  new IntersectionObserver(() => load()).observe(section);
  new ResizeObserver(() => draw()).observe(parts.list);
  name();
}

function build() {
  const kind = make("select");
  const kindLabel = make("label", "wire-kind");
  kindLabel.append(make("span", "unseen-words"), kind);
  const here = make("input");
  here.type = "checkbox";
  const hereLabel = make("label", "wire-here");
  hereLabel.append(here, make("span"));
  const pause = makeButton("wire-pause", "", "", () => { paused = !paused; name(); load(); });
  const clear = makeButton("wire-clear", "", "", () => { cleared = asked.after; entries = []; opened = null; draw(); });
  kind.onchange = here.onchange = () => load();
  const bar = make("div", "wire-bar");
  bar.append(kindLabel, hereLabel, pause, clear);
  const list = make("div", "wire-list");
  const rows = make("ol");
  const empty = make("p", "wire-empty");
  list.append(empty, rows);
  list.addEventListener("scroll", () => { sticking = atEnd(); draw(); }, { passive: true });
  rows.onkeydown = move;
  section.append(bar, list);
  return { kind, kindLabel, here, hereLabel, pause, clear, list, rows, empty };
}

/** Gives everything its name in the language of the page. */
function name() {
  parts.kindLabel.firstChild.textContent = word("wire_kind");
  parts.hereLabel.lastChild.textContent = word("wire_here");
  parts.pause.textContent = word("wire_pause");
  parts.pause.setAttribute("aria-pressed", paused);
  parts.clear.textContent = word("wire_clear");
  parts.empty.textContent = word("wire_empty");
  parts.rows.setAttribute("aria-label", word("tools_wire"));
  nameKinds();
}

function nameKinds() {
  const look = JSON.stringify([word("wire_all"), names]);
  if (parts.kind.dataset.look === look) return;
  const chosen = parts.kind.value;
  const group = (label, all, kind) => {
    const element = make("optgroup");
    element.label = label;
    element.append(new Option(all, kind), ...names.filter((one) => one.kind === kind).map((one) => new Option(one.name, one.name)));
    return element;
  };
  parts.kind.replaceChildren(new Option(word("wire_all"), ""),
    group(word("wire_calls"), word("wire_all_calls"), "call"), group(word("wire_updates"), word("wire_all_updates"), "update"));
  parts.kind.value = chosen;
  if (parts.kind.selectedIndex < 0) parts.kind.selectedIndex = 0;
  parts.kind.dataset.look = look;
}

/** Asks for what is new, one question at a time, as long as the list is seen. */
async function load() {
  if (paused || !isSeen()) return;
  if (loading) { again = true; return; }
  loading = true;
  do { again = false; await ask(); } while (again);
  loading = false;
}

async function ask() {
  const what = { chat: parts.here.checked ? page.state()?.chat?.id ?? 0 : 0, kind: parts.kind.value };
  const anew = JSON.stringify(what) !== asked.what;
  if (anew) asked = { after: cleared, what: JSON.stringify(what) };
  const fresh = await page.ask("api/wire?" + new URLSearchParams({ ...what, after: asked.after }));
  if (fresh.problem) return;
  if (fresh.began !== began) {
    const other = began !== 0;
    [began, cleared] = [fresh.began, 0];
    if (other) { // another city, of which everything is new
      [entries, opened, asked, again] = [[], null, { after: 0, what: "" }, true];
      return;
    }
  }
  if (anew) entries = [];
  const kept = entries.filter((entry) => entry.number >= fresh.first);
  if (!sticking) parts.list.scrollTop -= (entries.length - kept.length) * height;
  entries = [...kept, ...fresh.entries];
  asked.after = fresh.last;
  names = fresh.names;
  if (opened && !entries.some((entry) => entry.number === opened.number)) opened = null;
  nameKinds();
  draw();
}

const atEnd = () => parts.list.scrollHeight - parts.list.scrollTop - parts.list.clientHeight < height;
const openAt = () => (opened ? entries.findIndex((entry) => entry.number === opened.number) : -1);

/** Draws the rows that are seen, the one that is open and the one that has the focus, each in its place. */
function draw() {
  if (!isSeen()) return;
  parts.empty.hidden = entries.length > 0;
  const open = openAt();
  const extra = parts.rows.querySelector(".wire-whole")?.offsetHeight ?? 0;
  const tall = open < 0 ? 0 : extra;
  parts.rows.style.height = entries.length * height + tall + "px";
  if (sticking) parts.list.scrollTop = parts.list.scrollHeight;
  const top = parts.list.scrollTop;
  const rowAt = (place) => Math.floor((open >= 0 && place > (open + 1) * height ? Math.max((open + 1) * height, place - tall) : place) / height);
  const first = Math.max(0, rowAt(top) - around);
  const last = Math.min(entries.length, rowAt(top + parts.list.clientHeight) + around + 1);
  const focused = entries.findIndex((entry) => String(entry.number) === document.activeElement?.closest?.(".wire-row")?.dataset.key);
  const shown = new Set([open, focused, entries.length - 1]);
  for (let at = first; at < last; at++) shown.add(at);
  const places = [...shown].filter((at) => at >= 0).sort((a, b) => a - b);
  redraw(parts.rows, places.map((at) => ({ key: String(entries[at].number), look: lookOf(at === open, entries[at]), build: () => row(entries[at], at === open) })));
  if (!entries.some((entry) => entry.number === current)) current = 0;
  places.forEach((at, index) => place(parts.rows.children[index], at, open >= 0 && at > open ? tall : 0));
  if (open >= 0 && parts.rows.querySelector(".wire-whole").offsetHeight !== extra) draw();
}

const lookOf = (isOpen, entry) => JSON.stringify([entry.number, isOpen && opened.number, word("wire_all")]);

function place(element, at, below) {
  element.style.top = at * height + below + "px";
  element.setAttribute("aria-setsize", entries.length);
  element.setAttribute("aria-posinset", at + 1);
  const number = entries[at].number;
  element.firstChild.tabIndex = number === (current || entries.at(-1).number) ? 0 : -1;
}

function row(entry, isOpen) {
  const element = make("li", `wire-row ${entry.kind}`);
  const button = makeButton("wire-line", "", "", () => toggle(entry));
  button.setAttribute("aria-expanded", isOpen);
  button.onfocus = () => { current = entry.number; };
  const arrow = make("span", "wire-way", entry.kind === "call" ? "↑" : "↓");
  arrow.setAttribute("aria-hidden", "true");
  const first = make("span", "wire-first");
  first.append(arrow, make("span", "unseen-words", word(entry.kind === "call" ? "wire_call" : "wire_update") + " "), make("b", "", entry.name), " ", make("span", "wire-words", entry.words), " ", code(entry));
  const about = [when(entry.at), entry.title, entry.kind === "call" ? took(entry.took) : "", ...entry.faults.map(fault)];
  button.append(first, " ", make("span", "wire-second", about.filter(Boolean).join(" · ")));
  element.append(button);
  if (isOpen) element.append(wholeOf(opened));
  return element;
}

function code({ kind, code }) {
  if (kind !== "call") return "";
  return make("span", "wire-code" + (code === 200 ? "" : " bad"), code ? String(code) : word("wire_no_answer"));
}

const locale = () => (document.documentElement.lang === "en" ? "en-GB" : "id");
const when = (at) => new Date(at).toLocaleTimeString(locale(), { hour12: false });
const took = (span) => (span < 1 ? "< 1 ms" : `${Math.round(span).toLocaleString(locale())} ms`);
const fault = (kind) => word({ slow: "wire_slow", before: "wire_before", after: "wire_after" }[kind] ?? "wire_ordered");

/** The bodies of an entry, and the line that does a call once more. */
function wholeOf(whole) {
  const element = make("div", "wire-whole");
  const add = (title, body) => element.append(make("h3", "", word(title)), make("pre", "", JSON.stringify(body, null, 2)));
  add(whole.kind === "call" ? "wire_params" : "wire_content", whole.params);
  if (whole.uploads) add("wire_uploads", whole.uploads);
  if (whole.answer) add("wire_answer", whole.answer);
  if (whole.curl) element.append(makeButton("", word("wire_curl"), "", () => copy(whole.curl)));
  return element;
}

function copy(text) {
  navigator.clipboard.writeText(text).then(() => page.toast(word("copied")), () => page.toast(word("failed")));
}

async function toggle(entry) {
  if (opened?.number === entry.number) opened = null;
  else {
    const whole = await page.ask("api/wire/" + entry.number);
    if (whole.problem) return page.toast(word(whole.problem));
    sticking = false;
    opened = whole;
  }
  draw();
  if (opened) show(entry.number);
}

/** Brings a row into view, and so into the page. */
function show(number) {
  const at = entries.findIndex((entry) => entry.number === number);
  const open = openAt();
  const top = at * height + (open >= 0 && at > open ? parts.rows.querySelector(".wire-whole").offsetHeight : 0);
  const { scrollTop, clientHeight } = parts.list;
  if (top < scrollTop) parts.list.scrollTop = top;
  else if (top + 2 * height > scrollTop + clientHeight) parts.list.scrollTop = top + 2 * height - clientHeight;
  draw();
}

function move(event) {
  if (event.key === "Escape" && opened) {
    event.stopPropagation();
    current = opened.number;
    opened = null;
    draw();
    return focus(current);
  }
  const line = event.target.closest(".wire-line");
  if (!line) return;
  const at = entries.findIndex((entry) => String(entry.number) === line.parentElement.dataset.key);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: entries.length - 1 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  if (!entries[next]) return;
  sticking = false;
  show(entries[next].number);
  focus(entries[next].number);
}

function focus(number) {
  parts.rows.querySelector(`[data-key="${number}"] .wire-line`)?.focus({ preventScroll: true });
  draw();
}

const words = {
  id: {
    wire_kind: "Jenis", wire_all: "Semua jenis", wire_calls: "Panggilan bot", wire_all_calls: "Semua panggilan", wire_updates: "Kabar untuk bot",
    wire_all_updates: "Semua kabar", wire_here: "Obrolan ini saja", wire_pause: "Jeda", wire_clear: "Kosongkan", wire_empty: "Belum ada yang lewat.",
    wire_call: "Panggilan", wire_update: "Kabar", wire_params: "Parameter", wire_content: "Isi", wire_uploads: "Berkas", wire_answer: "Jawaban",
    wire_curl: "Salin sebagai curl", wire_no_answer: "tanpa jawaban", wire_slow: "diperlambat", wire_before: "putus sebelum dikerjakan",
    wire_after: "dikerjakan, lalu putus", wire_ordered: "gangguan buatan", wire_gone: "Catatan ini tidak disimpan lagi.",
  },
  en: {
    wire_kind: "Kind", wire_all: "All kinds", wire_calls: "Calls of the bot", wire_all_calls: "All calls", wire_updates: "Updates for the bot",
    wire_all_updates: "All updates", wire_here: "This chat only", wire_pause: "Pause", wire_clear: "Clear", wire_empty: "Nothing has passed yet.",
    wire_call: "Call", wire_update: "Update", wire_params: "Parameters", wire_content: "Content", wire_uploads: "Files", wire_answer: "Answer",
    wire_curl: "Copy as curl", wire_no_answer: "no answer", wire_slow: "slowed down", wire_before: "broken before it was done",
    wire_after: "done, then broken", wire_ordered: "fault on order", wire_gone: "This entry is not kept any more.",
  },
};
