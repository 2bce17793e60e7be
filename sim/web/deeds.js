// What can be done with a message: reply, edit, copy. A small menu beside it.

import { word } from "./words.js";
import { makeButton, sign } from "./make.js";

const find = (id) => document.getElementById(id);

/** Opens the menu at an element, or at a point that was pressed. */
export function open(message, page, at, point) {
  const menu = find("deeds");
  const deed = (name, call) => {
    const button = makeButton("", word(name), "", () => { menu.hidePopover(); call(); });
    button.setAttribute("role", "menuitem");
    button.prepend(sign(name));
    return button;
  };
  const deeds = [deed("reply", () => page.reply(message))];
  if (message.mine && !message.poll) deeds.push(deed("change", () => page.change(message)));
  if (message.text) deeds.push(deed("copy", () => page.copy(message.text)));
  menu.replaceChildren(...deeds);
  menu.showPopover();
  const place = at.getBoundingClientRect();
  const [x, y] = point ?? [place.left, place.bottom + 4];
  menu.style.left = Math.max(8, Math.min(x, innerWidth - menu.offsetWidth - 8)) + "px";
  menu.style.top = Math.max(8, Math.min(y, innerHeight - menu.offsetHeight - 8)) + "px";
  deeds[0].focus();
}

/** Connects the menu's keys, and what opens it: a tap on a phone, the right button on a desk. `of` finds an item's message. */
export function begin(page, of) {
  const menu = find("deeds");
  menu.onkeydown = (event) => {
    const all = [...menu.children];
    const at = all.indexOf(document.activeElement);
    const next = { ArrowDown: all[(at + 1) % all.length], ArrowUp: all[(at - 1 + all.length) % all.length], Home: all[0], End: all.at(-1) }[event.key];
    if (event.key === "Tab") menu.hidePopover();
    if (event.key === "Escape") event.stopPropagation();
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
  const messageAt = (event) => {
    const body = event.target.closest(".message .body");
    return body && !event.target.closest("a, button, [role=button], .pre") && of(body.closest("li").id);
  };
  find("messages").addEventListener("click", (event) => {
    if (!matchMedia("(pointer: coarse)").matches || getSelection().toString()) return;
    const message = messageAt(event);
    if (message) open(message, page, event.target, [event.clientX, event.clientY]);
  });
  find("messages").addEventListener("contextmenu", (event) => {
    const message = messageAt(event);
    if (!message || getSelection().toString()) return;
    event.preventDefault();
    open(message, page, event.target, [event.clientX, event.clientY]);
  });
  find("messages").addEventListener("dblclick", (event) => {
    const message = messageAt(event);
    if (!message) return;
    getSelection().removeAllRanges();
    page.reply(message);
  });
}
