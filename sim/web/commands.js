// The bot's commands: the whole menu behind the button, and those that fit while one is typed.

import { word } from "./words.js";
import { make } from "./make.js";

const find = (id) => document.getElementById(id);
let menu = []; // [{command, description}] of this chat and this person
let shown = [];
let at = 0;
let byButton = false;
let choose = null;

/** Takes up the menu of the chat that is open. */
export function take(commands) {
  menu = commands;
  find("slash").hidden = !menu.length;
  find("menu").setAttribute("aria-label", word("menu"));
  if (!find("menu").hidden) fit(find("text").value, true);
}

/**
 * Shows the commands that fit what is being typed: those that begin so, then those that have it within. The first one is
 * chosen, unless the one that was stays.
 */
export function fit(text, stays = byButton) {
  const typed = text.match(/^\/([A-Za-z0-9_]*)$/)?.[1].toLowerCase();
  if (typed === undefined && !byButton) return hide();
  const begun = menu.filter((one) => one.command.startsWith(typed ?? ""));
  const within = menu.filter((one) => !begun.includes(one) && typed?.length > 1 && (one.command + " " + one.description).toLowerCase().includes(typed));
  const before = shown[at]?.command;
  shown = [...begun, ...within];
  at = Math.max(0, shown.findIndex((one) => one.command === before && stays));
  if (!shown.length) return hide();
  find("menu").hidden = false;
  draw();
}

function draw() {
  find("menu").replaceChildren(...shown.map((command, index) => {
    const option = make("div", "option");
    option.id = "command" + index;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", index === at);
    option.append(make("b", "", "/" + command.command), make("span", "", command.description));
    option.onclick = () => pick(index);
    option.onpointerdown = (event) => event.preventDefault(); // the text keeps the focus
    return option;
  }));
  find("menu").children[at].scrollIntoView({ block: "nearest" });
  find("slash").setAttribute("aria-expanded", "true");
  find("text").setAttribute("aria-activedescendant", "command" + at);
}

export function hide() {
  byButton = false;
  shown = [];
  find("menu").hidden = true;
  find("slash").setAttribute("aria-expanded", "false");
  find("text").removeAttribute("aria-activedescendant");
}

function pick(index) {
  const { command } = shown[index];
  hide();
  choose("/" + command + " ");
}

/** Takes a key while the menu is shown; tells whether it was meant for the menu. */
export function key(event) {
  if (find("menu").hidden) return false;
  const whole = find("text").value === "/" + shown[at].command;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    at = (at + (event.key === "ArrowDown" ? 1 : -1) + shown.length) % shown.length;
    draw();
  } else if (event.key === "Tab" && !event.shiftKey || event.key === "Enter" && !whole) pick(at);
  else if (event.key === "Escape") hide();
  else return false;
  event.preventDefault();
  event.stopPropagation();
  return true;
}

/** Connects the button; `chosen` is called with the command that is to be written. */
export function begin(chosen) {
  choose = chosen;
  find("slash").onclick = () => {
    if (!find("menu").hidden) return hide();
    byButton = true;
    at = 0;
    find("text").focus();
    fit(find("text").value);
  };
}
