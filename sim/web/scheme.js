// Light and dark: as the device has it, until one is chosen here.

import { word } from "./words.js";

const find = (id) => document.getElementById(id);
const device = matchMedia("(prefers-color-scheme: dark)");
const isDark = () => (localStorage.getItem("scheme") ?? (device.matches ? "dark" : "light")) === "dark";

function apply() {
  const chosen = localStorage.getItem("scheme");
  if (chosen) document.documentElement.dataset.scheme = chosen;
  else delete document.documentElement.dataset.scheme;
}

/** Names the switch in the language of the page. */
export function draw() {
  const name = word(isDark() ? "to_light" : "to_dark");
  find("scheme").setAttribute("aria-label", name);
  find("scheme").title = name;
  find("scheme").querySelector("use").setAttribute("href", isDark() ? "#sign-sun" : "#sign-moon");
}

export function begin() {
  apply();
  device.onchange = draw;
  find("scheme").onclick = () => {
    localStorage.setItem("scheme", isDark() ? "light" : "dark");
    apply();
    draw();
  };
}
