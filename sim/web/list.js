// The list of chats.

import { word, day, time } from "./words.js";
import { make, face, redraw } from "./make.js";
import { draftOf } from "./drafts.js";

const find = (id) => document.getElementById(id);

/** Draws the chats of a person; `open` is called with the one that is pressed. */
export function draw(state, chosen, open) {
  redraw(find("chats"), state.chats.map((chat) => {
    const draft = chat.id === chosen ? "" : draftOf(state.person, chat.id);
    const shown = { chat, draft, open: chat.id === chosen, today: state.clock.day, language: word("language") };
    return { key: String(chat.id), look: JSON.stringify(shown), build: () => item(shown, open) };
  }));
  const buttons = [...find("chats").querySelectorAll("button")];
  const current = buttons.find((one) => one === document.activeElement) ?? buttons.find((one) => one.getAttribute("aria-current")) ?? buttons[0];
  for (const button of buttons) button.tabIndex = button === current ? 0 : -1;
}

function item({ chat, draft, open: isOpen, today }, open) {
  const element = make("li");
  const button = make("button", "chat");
  button.type = "button";
  if (isOpen) button.setAttribute("aria-current", "true");
  const words = make("div", "words");
  const first = make("div", "line-one");
  first.append(make("b", "", chat.title), make("time", "", chat.when ? when(chat.when, today) : ""));
  const second = make("div", "line-two");
  second.append(lastLine(chat, draft));
  if (chat.unread) {
    const badge = make("span", "badge", chat.unread > 999 ? "999+" : String(chat.unread));
    badge.append(make("span", "unseen-words", " " + word("unread")));
    second.append(badge);
  }
  words.append(first, second);
  button.append(face(chat.title, chat.id), words);
  button.onclick = () => open(chat.id);
  element.append(button);
  return element;
}

function lastLine(chat, draft) {
  const line = make("span", "last");
  if (draft) line.append(make("span", "draft", word("draft") + ": "), draft);
  else {
    if (chat.from) line.append(make("span", "from", chat.from + ": "));
    line.append(chat.last || word(chat.when ? "photo" : "empty"));
  }
  return line;
}

function when(at, today) {
  return at.day === today ? time(at) : day(at.day, true);
}

/** Puts the focus on the chat that is open, or on the first. */
export function focus() {
  find("chats").querySelector("[tabindex='0']")?.focus();
}

/** Connects the arrow keys. */
export function begin() {
  find("chats").onkeydown = (event) => {
    const buttons = [...find("chats").querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    const next = { ArrowDown: buttons[at + 1], ArrowUp: buttons[at - 1], Home: buttons[0], End: buttons.at(-1) }[event.key];
    if (!next) return;
    event.preventDefault();
    for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
    next.focus();
  };
}
