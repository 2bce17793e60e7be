// The tools beside the chat: a column on a desk, a sheet on a phone. What stands in its sections comes from other modules.

import { word } from "./words.js";

const find = (id) => document.getElementById(id);
const tabs = () => [...find("tools-tabs").children].filter((tab) => !tab.hidden);
const wide = matchMedia("(min-width: 1100px)");
const phone = matchMedia("(max-width: 779px)");

/**
 * Lets each module that is there fill its sections: begin(page) is called once. A section that stays empty has no tab.
 * page is {act(path, fields), ask(path), word(name, about), addWords(words), state(), refresh(), toast(text), changed(call), openTools(tab),
 * show(to)}; show leads to {person, chat, thread} without taking the focus along, and what is given to `changed` is called after every change of the state and of the page's language.
 */
export async function begin(page) {
  for (const name of ["tools", "people", "stories", "wire"]) {
    const module = await import(`./${name}.js`).catch((problem) => console.warn(String(problem)));
    await module?.begin(page);
  }
  for (const tab of find("tools-tabs").children) tab.hidden = !find(tab.getAttribute("aria-controls")).children.length;
  find("tools-open").hidden = !tabs().length;
  const last = localStorage.getItem("tools-tab");
  if (tabs().length) choose(tabs().find((tab) => tab.id === last) ?? tabs()[0]);
  if (wide.matches && tabs().length && localStorage.getItem("tools") !== "closed") open(false);
}

/** Opens the tools, at one of their tabs ("clock", "people", "faults", "stories", "wire") if it is named. */
export function open(focus = true, at = "") {
  find("tools").hidden = false;
  cover();
  find("tools-open").setAttribute("aria-expanded", "true");
  const tab = find("tab-" + at);
  if (tab && !tab.hidden) choose(tab);
  if (!focus) return;
  localStorage.setItem("tools", "open");
  tabs().find((one) => one.getAttribute("aria-selected") === "true")?.focus();
}

function close() {
  find("tools").hidden = true;
  cover();
  find("tools-open").setAttribute("aria-expanded", "false");
  localStorage.setItem("tools", "closed");
  find("tools-open").focus();
}

/** On a phone the tools lie over everything else, which cannot be reached meanwhile. */
function cover() {
  const covered = phone.matches && !find("tools").hidden;
  find("shade").hidden = !covered;
  for (const other of document.querySelectorAll(".top, .list, .talk")) other.inert = covered;
}

function choose(chosen) {
  for (const tab of find("tools-tabs").children) {
    const now = tab === chosen;
    tab.setAttribute("aria-selected", now);
    tab.tabIndex = now ? 0 : -1;
    find(tab.getAttribute("aria-controls")).hidden = !now;
  }
  localStorage.setItem("tools-tab", chosen.id);
}

/** Gives the parts of the frame their names in the language of the page. */
export function draw() {
  find("tools-close").setAttribute("aria-label", word("tools_close"));
  find("tools-open").setAttribute("aria-label", word("tools"));
}

find("tools-open").onclick = () => (find("tools").hidden ? open() : close());
find("tools-close").onclick = close;
find("shade").onclick = close;
phone.onchange = cover;
find("tools").onkeydown = (event) => {
  if (event.key !== "Escape") return;
  event.stopPropagation();
  close();
};
find("tools-tabs").onclick = (event) => {
  const tab = event.target.closest("[role=tab]");
  if (tab) choose(tab);
};
find("tools-tabs").onkeydown = (event) => {
  const shown = tabs();
  const step = { ArrowRight: 1, ArrowLeft: -1, Home: -shown.length, End: shown.length }[event.key];
  if (!step) return;
  event.preventDefault();
  const at = shown.indexOf(document.activeElement);
  const next = shown[Math.abs(step) > 1 ? (step > 0 ? shown.length - 1 : 0) : (at + step + shown.length) % shown.length];
  choose(next);
  next.focus();
};
