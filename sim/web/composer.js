// Where a message is written: its text, what it answers or changes, and its files.

import { word } from "./words.js";
import { make } from "./make.js";
import * as attach from "./attach.js";
import * as commands from "./commands.js";
import * as scroll from "./scroll.js";
import { draftOf, keepDraft } from "./drafts.js";

const find = (id) => document.getElementById(id);
let about = null; // {kind: "reply" | "change", message}
let place = null; // {person, chat, thread} of what is written
let act = null;

/** Goes to a chat, where what was begun there is found again. */
export function move(to) {
  if (place && about?.kind !== "change") keep();
  place = to;
  about = null;
  attach.clear();
  commands.hide();
  setText(to.chat ? draftOf(to.person, to.chat, to.thread) : "");
  draw();
}

function keep() {
  keepDraft(place.person, place.chat, place.thread, find("text").value);
}

/** Puts something into the text, to be completed. */
export function write(text) {
  setText(text);
  find("text").focus();
  find("text").setSelectionRange(text.length, text.length);
}

function setText(text) {
  find("text").value = text;
  grow();
}

/** Begins a reply to a message, or a change of one's own. */
export function take(kind, message, focus = true) {
  if (kind === "change") {
    keep();
    attach.clear();
    setText(message.text);
  } else if (about?.kind === "change") setText(draftOf(place.person, place.chat, place.thread));
  about = { kind, message };
  draw();
  if (focus) find("text").focus();
}

/** Gives up what was begun, one thing at a time; tells whether there was any. */
export function cancel() {
  if (!about) return false;
  if (about.kind === "change") setText(draftOf(place.person, place.chat, place.thread));
  about = null;
  draw();
  return true;
}

/** What a reply is being written to, 0 for none. */
export const replyingTo = () => (about?.kind === "reply" ? about.message.id : 0);

export function draw() {
  for (const [id, name] of [["text", "write"], ["send", "send"], ["clip", "attach"], ["slash", "menu"], ["about-cancel", "cancel"]]) {
    find(id).setAttribute("aria-label", word(name));
  }
  find("text").placeholder = word("write");
  find("clip").hidden = about?.kind === "change";
  find("about").hidden = !about;
  if (about) {
    const title = about.kind === "reply" ? `${word("replying")} ${about.message.name}` : word("changing");
    find("about-text").replaceChildren(make("b", "", title), make("span", "", about.message.text || about.message.file?.name || word("photo")));
    find("about").querySelector("use").setAttribute("href", about.kind === "reply" ? "#sign-reply" : "#sign-change");
  }
  ready();
  scroll.stay();
}

function ready() {
  find("send").classList.toggle("ready", find("text").value.trim() !== "" || attach.attachedFiles().length > 0);
}

function grow() {
  const text = find("text");
  text.style.height = "auto";
  text.style.height = Math.min(text.scrollHeight + 2, 160) + "px";
  ready();
  scroll.stay();
}

async function send() {
  const text = find("text").value.trim();
  const files = attach.attachedFiles();
  if (!text && !files.length) return;
  const fields = { text, thread: place.thread, message: about?.message.id ?? 0, file: files };
  const here = place;
  const change = about?.kind === "change";
  if (!await act(change ? "edit" : "say", fields)) return;
  keepDraft(here.person, here.chat, here.thread, change ? draftOf(here.person, here.chat, here.thread) : "");
  if (here !== place) return;
  about = null;
  attach.clear();
  setText(change ? draftOf(here.person, here.chat, here.thread) : "");
  draw();
  if (!change) scroll.said();
}

function keys(event) {
  if (event.isComposing || commands.key(event)) return;
  if (event.key === "Enter" && !event.shiftKey && !matchMedia("(pointer: coarse)").matches) {
    event.preventDefault();
    send();
  }
  if (event.key === "ArrowUp" && !find("text").value && !about) {
    const last = scroll.messages().findLast((message) => message.mine && message.text && !message.service && !message.poll);
    if (!last) return;
    event.preventDefault();
    take("change", last);
  }
}

/** Connects the composer: `given` sends a form to the server, `tell` shows a toast. */
export function begin(given, tell) {
  act = given;
  find("composer").onsubmit = (event) => { event.preventDefault(); send(); };
  find("about-cancel").onclick = () => { cancel(); find("text").focus(); };
  find("text").oninput = () => {
    grow();
    commands.fit(find("text").value);
    if (about?.kind !== "change") keep();
  };
  find("text").onkeydown = keys;
  attach.begin(draw, tell);
  commands.begin(write);
}
