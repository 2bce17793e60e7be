// The page: what is chosen, what the server knows, and what pressing something does.

import { word, addWords, switchLanguage, applyWords, day, time, moment } from "./words.js";
import { make, bubble, dayLine, tint, initials } from "./bubbles.js";
import { connect, ask } from "./line.js";
import * as composer from "./composer.js";
import * as panel from "./panel.js";

const find = (id) => document.getElementById(id);
const [hashPerson, hashChat] = location.hash.slice(1).split("/").map(Number);
const chosen = { person: hashPerson || 0, chat: hashChat || 0, thread: 0, limit: 0 };
let state = null;
let asked = 0; // the last message whose question was taken up
let busy = 0;
const listeners = []; // of the tools

const page = {
  isPrivate: () => chosen.chat === chosen.person,
  compose: composer.write,
  reply: (message) => composer.take("reply", message),
  change: (message) => composer.take("change", message),
  async press(message, shown, button) {
    if (shown.url) return page.openLink(shown.url);
    if (shown.copy_text) return navigator.clipboard.writeText(shown.copy_text.text).then(() => toast(word("copied")));
    button.classList.add("waiting");
    const answer = await act("press", { message: message.id, button: shown.text });
    button.classList.remove("waiting");
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
      openChat(chosen.person);
      const payload = target.searchParams.get("start");
      if (payload !== null) await act("say", { text: ("/start " + payload).trim() });
    } else if (toBot || !/^https?:$/.test(target.protocol) || /(^|\.)t\.me$/.test(target.hostname)) toast(word("link_elsewhere"));
    else window.open(target.href, "_blank", "noopener");
  },
};

/** Sends a form to the server; what goes wrong is told, and null comes back. */
async function act(path, fields) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ person: chosen.person, chat: chosen.chat, ...fields })) form.append(name, value);
  const answer = await ask("api/" + path, { method: "POST", body: form });
  if (!answer.problem) return answer;
  toast(word(answer.problem));
  return null;
}

async function refresh() {
  const query = new URLSearchParams({ person: chosen.person, chat: chosen.chat, thread: chosen.thread, limit: chosen.limit });
  const fresh = await ask("api/state?" + query);
  if (fresh.problem) return;
  state = fresh;
  chosen.person = state.person;
  if (!state.chat) chosen.chat = 0;
  history.replaceState(null, "", `#${chosen.person}/${chosen.chat}`); // a tab that is loaded again stays where it was
  draw();
}

function draw() {
  drawTop();
  panel.draw();
  for (const call of listeners) call();
  drawChats();
  document.body.classList.toggle("in-chat", state.chat !== null);
  document.querySelector(".talk").hidden = state.chat === null;
  if (state.chat) drawTalk();
}

function drawTop() {
  const people = find("person");
  const signature = JSON.stringify(state.people);
  if (people.dataset.signature !== signature) {
    people.dataset.signature = signature;
    people.replaceChildren(...state.people.map((someone) => new Option(someone.name, someone.id)));
  }
  people.value = state.person;
  find("language").textContent = word("language");
  if (!busy) find("now").textContent = moment(state.clock);
  const next = find("next");
  next.disabled = state.next === null;
  next.textContent = state.next ? `${word("next")}: ${day(state.next.day, true)} ${time(state.next)}` : word("no_next");
  const input = find("date").to;
  input.min = `${state.clock.day}T${state.clock.time.replace(".", ":")}`;
  if (input.value < input.min) input.value = input.min;
}

function face(title, id) {
  const element = make("div", "face " + tint(id), initials(title));
  element.setAttribute("aria-hidden", "true");
  return element;
}

function drawChats() {
  find("chats").replaceChildren(...state.chats.map((chat) => {
    const item = make("li");
    const button = make("button", chat.id === chosen.chat ? "open" : "");
    const words = make("div", "words");
    const top = make("div", "line-one");
    top.append(make("b", "", chat.title), make("span", "time", chat.when ? when(chat.when) : ""));
    words.append(top, make("span", "last", (chat.from ? chat.from + ": " : "") + (chat.last || word(chat.when ? "photo" : "empty"))));
    button.append(face(chat.title, chat.id), words);
    button.onclick = () => openChat(chat.id);
    item.append(button);
    return item;
  }));
}

function when(at) {
  return at.day === state.clock.day ? time(at) : day(at.day, true);
}

function openChat(id) {
  Object.assign(chosen, { chat: id, thread: 0, limit: 0 });
  composer.clear();
  find("messages").replaceChildren();
  return refresh();
}

function drawTalk() {
  const chat = state.chats.find((one) => one.id === chosen.chat);
  if (!chat) return openChat(0);
  find("face").className = "face " + tint(chat.id);
  find("face").textContent = initials(chat.title);
  find("title").textContent = chat.title;
  find("subtitle").textContent = page.isPrivate() ? word("bot") : `${word(chat.kind)}, ${state.chat.members} ${word("members")}`;
  drawTopics();
  drawMessages();
  drawMenu();
  find("start").hidden = state.chat.started;
  find("composer").hidden = !state.chat.started || !state.chat.living;
  find("back").setAttribute("aria-label", word("back"));
  composer.draw();
}

function drawTopics() {
  const topics = state.chat.topics ?? [];
  const all = topics.length ? [{ id: 0, name: word("general") }, ...topics] : [];
  find("topics").replaceChildren(...all.map((topic) => {
    const button = make("button", "", topic.name);
    button.setAttribute("aria-pressed", topic.id === chosen.thread);
    button.onclick = () => { chosen.thread = topic.id; find("messages").replaceChildren(); refresh(); };
    return button;
  }));
}

/** Draws anew only the messages that have changed, so that what is read stays where it is. */
function drawMessages() {
  const scroll = find("scroll");
  const atEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80 || !find("messages").children.length;
  const old = new Map([...find("messages").children].map((item) => [item.dataset.signature, item]));
  const items = [];
  let before = "";
  const keep = (signature, build) => {
    const item = old.get(signature) ?? build();
    item.dataset.signature = signature;
    items.push(item);
  };
  if (state.chat.earlier) keep("earlier" + word("earlier"), earlierButton);
  for (const message of state.chat.messages) {
    if (message.when.day !== before) keep("day" + day(message.when.day), () => dayLine(message.when.day));
    before = message.when.day;
    keep(word("reply") + JSON.stringify(message), () => bubble(message, page));
  }
  if (!items.length) keep("empty" + word("empty"), () => make("li", "service", word(state.chat.started ? "empty" : "not_started")));
  const same = items.length === find("messages").children.length && items.every((item, at) => item === find("messages").children[at]);
  if (!same) find("messages").replaceChildren(...items);
  if (atEnd && !same) scroll.scrollTop = scroll.scrollHeight;
  takeUpQuestion();
}

function earlierButton() {
  const item = make("li", "service");
  const button = make("button", "", word("earlier"));
  button.onclick = () => { chosen.limit = state.chat.messages.length + 150; refresh(); };
  item.append(button);
  return item;
}

/** A message that asks for a reply opens the reply by itself, once, if it is the latest word of the bot. */
function takeUpQuestion() {
  const last = state.chat.messages.findLast((message) => message.bot);
  if (!last?.asks || last.id === asked || state.chat.messages.some((message) => message.mine && message.quote?.id === last.id)) return;
  asked = last.id;
  composer.take("reply", last, false);
}

function drawMenu() {
  const commands = state.chat.menu ?? [];
  find("slash").hidden = !commands.length;
  find("menu").replaceChildren(...commands.map((command) => {
    const button = make("button");
    button.append(make("b", "", "/" + command.command), make("span", "", command.description));
    button.onclick = () => { page.compose("/" + command.command); };
    return button;
  }));
}

async function moveClock(fields) {
  busy++;
  find("now").textContent = word("moving");
  document.querySelector(".clock").classList.add("busy");
  const moved = await act("clock", fields);
  busy--;
  document.querySelector(".clock").classList.toggle("busy", busy > 0);
  if (moved) await refresh();
  else draw();
}

let toastEnd = 0;
function toast(text) {
  find("toast").textContent = text;
  find("toast").hidden = false;
  clearTimeout(toastEnd);
  toastEnd = setTimeout(() => { find("toast").hidden = true; }, 4000);
}

function showAlert(text) {
  find("alert").querySelector("p").textContent = text;
  find("alert").showModal();
}

find("person").onchange = (event) => {
  const group = chosen.chat !== chosen.person;
  chosen.person = Number(event.target.value);
  openChat(group ? chosen.chat : chosen.chat && chosen.person);
};
find("language").onclick = () => { switchLanguage(); applyWords(); draw(); };
find("clock").onclick = () => {
  find("moves").hidden = !find("moves").hidden;
  find("clock").setAttribute("aria-expanded", !find("moves").hidden);
};
for (const button of document.querySelectorAll("[data-by]")) button.onclick = () => moveClock({ by: button.dataset.by });
find("date").onsubmit = (event) => { event.preventDefault(); moveClock({ by: "date", to: event.target.to.value }); };
find("back").onclick = () => openChat(0);
find("start").onclick = () => act("say", { text: "/start" });
find("slash").onclick = () => { find("menu").hidden = !find("menu").hidden; };
composer.begin(act, () => chosen.thread);
applyWords();
await refresh();
await panel.begin({ act, ask, word, addWords, state: () => state, refresh, toast, changed: (call) => listeners.push(call) });
connect(refresh, () => toast(word("offline")));
