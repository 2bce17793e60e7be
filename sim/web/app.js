// The page: what is chosen, what the server knows, and what pressing something does.

import { word, addWords, switchLanguage, applyWords, moment, day, time } from "./words.js";
import { make, makeButton, tint, initials, redraw } from "./make.js";
import { connect, ask, inTurn } from "./line.js";
import * as composer from "./composer.js";
import * as commands from "./commands.js";
import * as deeds from "./deeds.js";
import * as files from "./files.js";
import * as list from "./list.js";
import * as panel from "./panel.js";
import * as scheme from "./scheme.js";
import * as scroll from "./scroll.js";
import { toast, showAlert } from "./notices.js";

const find = (id) => document.getElementById(id);
const chosen = { person: 0, chat: 0, thread: 0 };
const listeners = []; // of the tools
let state = null;
let asked = 0; // the last message whose question was taken up

const page = {
  refresh, toast,
  isPrivate: () => chosen.chat === chosen.person,
  unread: () => state?.chat?.unread ?? 0, // in what is open
  fetch: (span, where) => inTurn(() => look(span, where)),
  read: (upto) => ask("api/read", form({ message: upto, thread: chosen.thread })),
  jump: scroll.go,
  reply: (message) => composer.take("reply", message),
  change: (message) => composer.take("change", message),
  deeds: (message, at, point) => deeds.open(message, page, at, point),
  copy: (text) => navigator.clipboard.writeText(text).then(() => toast(word("copied")), () => toast(word("failed"))),
  command: (text) => act("say", { text, thread: chosen.thread }).then((done) => done && scroll.said()),
  vote: (message, options) => act("vote", { message: message.id, options: options.join(",") }),
  async press(message, shown, button) {
    if (shown.url) return page.openLink(shown.url);
    if (shown.copy_text) return page.copy(shown.copy_text.text);
    if (button.classList.contains("waiting")) return;
    button.classList.add("waiting");
    button.setAttribute("aria-busy", "true");
    const answer = await act("press", { message: message.id, button: shown.text });
    button.classList.remove("waiting");
    button.removeAttribute("aria-busy");
    if (!answer) return;
    if (answer.url) return page.openLink(answer.url);
    if (answer.alert) showAlert(answer.text);
    else if (answer.text) toast(answer.text);
  },
  /** A deep link to the bot opens the private chat and says /start with what stands behind it. */
  async openLink(link) {
    const target = new URL(link, location.href);
    const toBot = /^(www\.)?t(elegram)?\.me$/.test(target.hostname) && target.pathname.slice(1).toLowerCase() === state.bot.toLowerCase();
    if (toBot && !target.searchParams.has("startgroup")) {
      await openChat(chosen.person);
      const payload = target.searchParams.get("start");
      if (payload !== null) await page.command(("/start " + payload).trim());
    } else if (toBot || !/^https?:$/.test(target.protocol) || /(^|\.)t\.me$/.test(target.hostname)) toast(word("link_elsewhere"));
    else window.open(target.href, "_blank", "noopener");
  },
};

const chatOf = () => state?.chats.find((one) => one.id === chosen.chat);

function form(fields) {
  const body = new FormData();
  for (const [name, value] of Object.entries({ person: chosen.person, chat: chosen.chat, ...fields })) {
    for (const one of [value].flat()) body.append(name, one);
  }
  return { method: "POST", body };
}

/** Sends a form to the server; what goes wrong is told, and null comes back. */
async function act(path, fields) {
  const answer = await ask("api/" + path, form(fields));
  if (!answer.problem) return answer;
  toast(word(answer.problem));
  return null;
}

function refresh() {
  return inTurn(() => look(scroll.span()));
}

/** Asks for the state with a window of the open chat, and draws it unless something else was opened meanwhile. */
async function look(span, where = "whole") {
  const { person, chat, thread } = chosen;
  const fresh = await ask("api/state?" + new URLSearchParams({ person, chat, thread, ...span }));
  if (fresh.problem || person !== chosen.person || chat !== chosen.chat || thread !== chosen.thread) return;
  state = { ...fresh, people: fresh.people ?? [], chats: fresh.chats ?? [] }; // a city that comes about has none at first
  chosen.person = state.person;
  if (!state.chat) chosen.chat = 0;
  else {
    scroll.take(state.chat, where);
    const other = scroll.instead(state.chat);
    if (other) return look(other);
  }
  const hash = hashOf(chosen);
  if (location.hash !== hash) history.replaceState(null, "", hash); // a tab that is loaded again stays where it was
  draw();
}

const hashOf = ({ person, chat, thread }) => `#${person}/${chat}${thread ? "/" + thread : ""}`;

function draw() {
  drawTop();
  panel.draw();
  scheme.draw();
  for (const call of listeners) call();
  list.draw(state, chosen.chat, openChat);
  document.body.classList.toggle("in-chat", state.chat !== null);
  document.querySelector(".talk").hidden = state.chat === null;
  const unread = state.chats.reduce((sum, chat) => sum + (chat.unread ?? 0), 0);
  document.title = (unread ? `(${unread}) ` : "") + (state.chat ? chatOf()?.title + " · " : "") + "Rembuk";
  if (state.chat) drawTalk();
}

function drawTop() {
  const people = find("person");
  const signature = JSON.stringify([state.people, word("language")]);
  if (people.dataset.signature !== signature) {
    people.dataset.signature = signature;
    people.replaceChildren(...state.people.map((someone) => new Option(nameOf(someone), someone.id)));
  }
  people.value = state.person;
  find("language").textContent = word("language");
  find("language").setAttribute("aria-label", word("language_name"));
  const short = make("span", "short");
  short.append(make("span", "", day(state.clock.day, true)), " ", make("b", "", time(state.clock)));
  find("now").replaceChildren(make("span", "long", moment(state.clock)), short);
}

/** A person's name, with what the bot would like to know. */
function nameOf({ name, started, blocked, gone }) {
  const note = gone ? "person_gone" : blocked ? "person_blocked" : started === false ? "person_new" : "";
  return note ? `${name} (${word(note)})` : name;
}

/** Opens a chat of the person, or none (0), or a topic of a chat. */
function openChat(id, thread = 0) {
  const to = { person: chosen.person, chat: id, thread };
  if (hashOf(to) !== location.hash) history.pushState(null, "", hashOf(to));
  return go(to);
}

/** Goes where the address says, which the browser's own buttons change as well. What has the focus keeps it when something else leads there. */
async function go(to, led = false) {
  const left = chosen.chat;
  Object.assign(chosen, to);
  composer.move(to);
  scroll.leave();
  await refresh();
  if (led) return;
  if (!to.chat && left) list.focus();
  else if (to.chat && to.chat !== left) (!matchMedia("(pointer: coarse)").matches && !find("composer").hidden ? find("text") : find("scroll")).focus();
}

function drawTalk() {
  const chat = chatOf();
  if (!chat) {
    toast(word("chat_moved"));
    return openChat(0);
  }
  find("face").className = "face " + tint(chat.id);
  find("face").textContent = initials(chat.title);
  find("title").textContent = chat.title;
  find("subtitle").textContent = page.isPrivate() ? word("bot") : `${word(chat.kind)}, ${state.chat.members} ${word("members")}`;
  find("scroll").setAttribute("aria-label", word("messages"));
  find("to-end").setAttribute("aria-label", word("to_end"));
  find("back").setAttribute("aria-label", word("back"));
  drawTopics();
  find("start").hidden = state.chat.started || !state.chat.living;
  find("composer").hidden = !state.chat.started || !state.chat.living;
  commands.take(state.chat.menu ?? []);
  composer.draw();
  scroll.draw(state.chat, page.unread());
  takeUpQuestion();
}

function drawTopics() {
  const topics = state.chat.topics ?? [];
  const others = topics.reduce((sum, topic) => sum + topic.unread, 0);
  const all = topics.length ? [{ id: 0, name: word("general"), unread: chatOf().unread - others }, ...topics] : [];
  find("topics").setAttribute("aria-label", word("topics"));
  redraw(find("topics"), all.map((topic) => ({ key: String(topic.id), look: JSON.stringify([topic, chosen.thread === topic.id, word("language")]), build: () => {
    const button = makeButton("", topic.name, "", () => openChat(chosen.chat, topic.id));
    button.setAttribute("aria-pressed", topic.id === chosen.thread);
    if (topic.unread) button.append(make("span", "badge", String(topic.unread)), make("span", "unseen-words", " " + word("unread")));
    return button;
  } })));
}

/** A message that asks for a reply opens the reply by itself, once, if it is the latest word of the bot. */
function takeUpQuestion() {
  const messages = scroll.messages();
  const last = messages.findLast((message) => message.bot && !message.service);
  if (!last?.asks || last.id <= asked || messages.some((message) => message.mine && message.quote?.id === last.id)) return;
  asked = last.id;
  composer.take("reply", last, document.activeElement === document.body);
}

function fromHash() {
  const [person, chat, thread] = location.hash.slice(1).split("/").map(Number);
  return { person: person || 0, chat: chat || 0, thread: thread || 0 };
}

find("person").onchange = (event) => {
  const inGroup = chosen.chat !== chosen.person;
  const person = Number(event.target.value);
  const to = { person, chat: inGroup ? chosen.chat : chosen.chat && person, thread: inGroup ? chosen.thread : 0 };
  asked = 0;
  history.pushState(null, "", hashOf(to));
  go(to).then(() => find("person").focus());
};
find("language").onclick = () => { switchLanguage(); applyWords(); draw(); };
find("clock").onclick = () => panel.open(true, "clock");
find("back").onclick = () => openChat(0);
find("start").onclick = () => act("say", { text: "/start" });
window.onpopstate = () => go(fromHash());
document.onkeydown = (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open], :popover-open:not(.toast)")) return;
  if (!composer.cancel() && chosen.chat) openChat(0);
};

scheme.begin();
files.begin();
list.begin();
scroll.begin(page);
composer.begin(act, toast);
deeds.begin(page, scroll.messageOf);
applyWords();
Object.assign(chosen, fromHash());
composer.move({ ...chosen });
await refresh();
await panel.begin({
  act, ask, word, addWords, state: () => state, refresh, toast, changed: (call) => listeners.push(call), openTools: (at) => panel.open(true, at),
  show(to) {
    history.replaceState(null, "", hashOf(to));
    return go(to, true);
  },
});
connect(refresh, () => toast(word("offline")));
