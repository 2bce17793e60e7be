// Where a message is written: its text, what it answers or changes, and its file.

import { word } from "./words.js";
import { make } from "./bubbles.js";

const find = (id) => document.getElementById(id);
let about = null; // {kind: "reply" | "change", message}

/** Changes something below the messages and stays at their end if that is where one was reading. */
function stayAtEnd(change) {
  const scroll = find("scroll");
  const atEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
  change();
  if (atEnd) scroll.scrollTop = scroll.scrollHeight;
}

/** Puts a command into the text, to be completed. */
export function write(text) {
  find("menu").hidden = true;
  find("text").value = text + " ";
  find("text").focus();
  grow();
}

/** Begins a reply to a message, or a change of one's own. */
export function take(kind, message, focus = true) {
  if (kind === "change" || about?.kind === "change") find("text").value = kind === "change" ? message.text : "";
  if (kind === "change") find("file").value = "";
  about = { kind, message };
  draw();
  grow();
  if (focus) find("text").focus();
}

/** Forgets what was begun. */
export function clear() {
  about = null;
  find("text").value = "";
  find("file").value = "";
  find("menu").hidden = true;
  draw();
  grow();
}

export function draw() {
  for (const [id, name] of [["text", "write"], ["send", "send"], ["clip", "attach"], ["slash", "menu"], ["about-cancel", "cancel"]]) {
    find(id).setAttribute("aria-label", word(name));
  }
  find("text").placeholder = word("write");
  find("clip").hidden = about?.kind === "change";
  const lines = [];
  if (about) {
    const title = about.kind === "reply" ? `${word("replying")} ${about.message.name}` : word("changing");
    lines.push(make("b", "", title), make("span", "", about.message.text || about.message.file?.name));
  }
  const file = find("file").files[0];
  if (file) lines.push(make("b", "", word("attached")), make("span", "", file.name));
  stayAtEnd(() => {
    find("about").hidden = lines.length === 0;
    find("about-text").replaceChildren(...lines);
  });
}

function grow() {
  const text = find("text");
  stayAtEnd(() => {
    text.style.height = "auto";
    text.style.height = Math.min(text.scrollHeight + 2, 140) + "px";
  });
}

/** Connects the composer: `act` sends a form to the server, `thread` gives the topic that is open. */
export function begin(act, thread) {
  const send = async () => {
    const text = find("text").value.trim();
    const file = find("file").files[0];
    if (!text && !file) return;
    const fields = { text, thread: thread(), message: about?.message.id ?? 0 };
    if (file) fields.file = file;
    if (!await act(about?.kind === "change" ? "edit" : "say", fields)) return;
    clear();
    find("scroll").scrollTop = find("scroll").scrollHeight;
  };
  find("composer").onsubmit = (event) => { event.preventDefault(); send(); };
  find("about-cancel").onclick = () => { if (about?.kind === "change") clear(); about = null; find("file").value = ""; draw(); };
  find("file").onchange = draw;
  find("clip").onkeydown = (event) => { if (event.key === "Enter" || event.key === " ") find("file").click(); };
  find("text").oninput = () => { grow(); find("menu").hidden = find("text").value !== "/"; };
  find("text").onkeydown = (event) => {
    if (event.key === "Enter" && !event.shiftKey && matchMedia("(pointer: fine)").matches) { event.preventDefault(); send(); }
    if (event.key === "Escape") find("about-cancel").click();
  };
}
