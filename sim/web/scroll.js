// The messages of the open chat, of which only a window is in the page. It is fetched anew where one reads.

import { word, day } from "./words.js";
import { make, redraw } from "./make.js";
import { bubble, dayLine, unreadLine } from "./bubbles.js";

const find = (id) => document.getElementById(id);
const step = 40; // messages fetched at once
const most = 120; // messages in the page at most
const parts = "a[href], button, [role=button], pre"; // of a message, that the keyboard reaches
const gap = 10 * 60; // seconds after which one person's messages stand apart

let page = null;
let here = null; // {messages, first, total} of what is in the page
let opening = true; // nothing of this chat has been drawn yet
let target = 0; // the message to be brought into view
let sticking = true; // one reads at the end
let gliding = false; // on the way to the end
let fetching = false;
let unreadFrom = 0; // the message above which the line stands
let readUpto = 0;
let current = null; // the item whose buttons the Tab key reaches; the others are reached with the arrow keys

const scroll = () => find("scroll");
const atEnd = () => scroll().scrollHeight - scroll().scrollTop - scroll().clientHeight < 60 && !hasLater();
const hasLater = () => here && here.first + here.messages.length < here.total;

/** What to ask the server for, so that it gives the window where one reads. */
export function span() {
  if (target) return { around: target, limit: step };
  if (!here?.messages.length || (sticking && !hasLater())) return { limit: step };
  const from = here.messages[0].id - 1;
  return { after: from, limit: Math.min(here.messages.length + (hasLater() ? 0 : step), most) };
}

/** Forgets the chat that was open. */
export function leave() {
  here = null;
  [opening, target, sticking, unreadFrom, readUpto] = [true, 0, true, 0, 0];
  find("messages").replaceChildren();
}

/** Takes up a window that the server gave: in the place of the present one, or before or after it. */
export function take(chat, where = "whole") {
  const fresh = { messages: chat.messages, first: chat.first ?? 0 };
  fresh.total = chat.total ?? fresh.first + chat.messages.length;
  if (where !== "whole" && here) {
    const known = new Set(fresh.messages.map((message) => message.id));
    const kept = here.messages.filter((message) => !known.has(message.id));
    if (where === "before") fresh.messages = [...fresh.messages, ...kept].slice(0, most);
    else {
      const all = [...kept, ...fresh.messages];
      fresh.messages = all.slice(-most);
      fresh.first -= kept.length - (all.length - fresh.messages.length);
    }
  }
  here = fresh;
}

/** What else to ask for before anything is drawn: a chat is opened where one has not read on, however far up that is. */
export function instead(chat) {
  if (!opening || target || !chat.unread || !here.first || here.messages[0].id <= chat.read + 1) return null;
  return { around: chat.read + 1, limit: step };
}

/** Draws the window; what is read stays where it is. */
export function draw(chat, unread) {
  const element = scroll();
  if (opening) unreadFrom = here.messages.find((message) => message.id > chat.read && !message.mine && unread)?.id ?? 0;
  const held = sticking ? null : anchor();
  element.setAttribute("aria-busy", opening || Boolean(target) || held !== null);
  redraw(find("messages"), itemsOf(chat));
  if (!current?.isConnected) enter(find("messages").querySelector(":scope > li:focus-within") ?? find("messages").lastElementChild);
  if (target) jumpTo(target);
  else if (opening && find("unread-line")) {
    element.scrollTop = find("unread-line").offsetTop - 60;
    sticking = atEnd();
  }
  else if (sticking) element.scrollTop = element.scrollHeight;
  else if (held) hold(held);
  target = 0;
  if (here.messages.length) opening = false;
  look(unread);
  requestAnimationFrame(() => element.setAttribute("aria-busy", "false"));
}

/** Puts an item where it was. What does not move is not touched, for that would end a smooth scroll. */
function hold({ id, top }) {
  const moved = (document.getElementById(id)?.getBoundingClientRect().top ?? top) - top;
  if (Math.abs(moved) >= 1) scroll().scrollTop += moved;
}

/** Lets the Tab key reach the buttons of one message only, for there may be hundreds. */
function enter(item) {
  for (const [one, reached] of [[current, -1], [item, 0]]) {
    for (const part of one?.querySelectorAll(parts) ?? []) part.tabIndex = reached;
  }
  current = item;
}

/** The message at the top of what is seen, and where. */
function anchor() {
  const top = scroll().getBoundingClientRect().top;
  for (const item of find("messages").children) {
    const place = item.getBoundingClientRect();
    if (place.bottom > top && item.id.startsWith("m")) return { id: item.id, top: place.top };
  }
  return null;
}

function itemsOf(chat) {
  const items = [];
  const add = (key, look, build) => items.push({ key, look: word("language") + look, build });
  const groups = grouped(here.messages);
  let before = "";
  groups.forEach((messages, at) => {
    const [message] = messages;
    if (message.when.day !== before) add("day" + message.when.day, "", () => dayLine(message.when.day));
    before = message.when.day;
    if (message.id === unreadFrom) add("unread", "", unreadLine);
    const place = { begins: !together(groups[at - 1], messages), ends: !together(messages, groups[at + 1]) };
    add("m" + message.id, JSON.stringify([messages, place]), () => outOfReach(bubble(messages, place, page)));
  });
  if (!items.length) add("empty", String(chat.started), () => make("li", "service", word(chat.started ? "empty" : "not_started")));
  return items;
}

function outOfReach(item) {
  for (const part of item.querySelectorAll(parts)) part.tabIndex = -1;
  return item;
}

/** Puts the messages of an album together. */
function grouped(messages) {
  const groups = [];
  for (const message of messages) {
    const last = groups.at(-1);
    if (message.album && last?.[0].album === message.album && last[0].who === message.who) last.push(message);
    else groups.push([message]);
  }
  return groups;
}

/** Whether two messages stand together as one person's. */
function together(one, other) {
  if (!one || !other) return false;
  const [a, b] = [one.at(-1), other[0]];
  if (a.service || b.service || a.who !== b.who || a.name !== b.name || b.id === unreadFrom) return false;
  return Math.abs(seconds(b.when) - seconds(a.when)) < gap;
}

function seconds(at) {
  return Date.parse(`${at.day}T${at.time.replace(".", ":")}:00Z`) / 1000;
}

/** Brings a message into view, fetching what lies around it if it is not in the page. */
export async function go(id) {
  if (itemOf(id)) return jumpTo(id, true);
  target = id;
  sticking = false;
  await page.refresh();
}

/** The item of a message; one of an album stands under the album's first. */
function itemOf(id) {
  return document.getElementById("m" + id) ?? document.getElementById("photo" + id)?.closest(".message");
}

function jumpTo(id, smoothly) {
  const item = itemOf(id);
  if (!item) return page.toast(word("no_such_message"));
  sticking = false;
  item.scrollIntoView({ block: "center", behavior: smoothly && !calm() ? "smooth" : "instant" });
  item.classList.remove("found");
  void item.offsetWidth; // lets the flash begin again
  item.classList.add("found");
  item.focus({ preventScroll: true });
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Goes to the latest message. */
export async function toEnd() {
  sticking = true;
  if (hasLater()) {
    here = null;
    await page.refresh();
    return;
  }
  gliding = true;
  setTimeout(() => { gliding = false; }, 600);
  scroll().scrollTo({ top: scroll().scrollHeight, behavior: calm() ? "instant" : "smooth" });
}

/** The messages that are in the page. */
export const messages = () => here?.messages ?? [];

/** The message whose list item has this id. */
export const messageOf = (id) => messages().find((message) => "m" + message.id === id);

/** Says that something of one's own was said: one reads at the end from now on. */
export function said() {
  unreadFrom = 0;
  sticking = true;
  if (hasLater()) here = null;
}

/** Keeps the end in view when something below the messages changes its height. */
export function stay() {
  if (sticking) scroll().scrollTop = scroll().scrollHeight;
}

/** Looks at what is seen: fetches more near an edge, shows the way to the end, and tells what has been read. */
function look(unread = page.unread()) {
  if (!here || opening) return;
  const element = scroll();
  const below = element.scrollHeight - element.scrollTop - element.clientHeight;
  const near = element.clientHeight * 1.5;
  find("to-end").hidden = below < 240 && !hasLater();
  find("to-end-count").textContent = unread || "";
  if (!fetching && here.first > 0 && element.scrollTop < near) more("before", here.messages[0].id);
  else if (!fetching && hasLater() && below < near) more("after", here.messages.at(-1).id);
  if (unread && !document.hidden) read();
}

async function more(where, id) {
  fetching = true;
  const was = sticking;
  sticking = false;
  await page.fetch({ [where]: id, limit: step }, where);
  sticking = was && !hasLater();
  fetching = false;
  requestAnimationFrame(() => look());
}

let waiting = 0;
/** Tells the server up to where one has read, after a moment. */
function read() {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    const bottom = scroll().getBoundingClientRect().bottom;
    const seen = [...find("messages").children].findLast((item) => item.id.startsWith("m") && item.getBoundingClientRect().top < bottom - 12);
    if (!seen) return;
    const group = grouped(here?.messages ?? []).find(([message]) => "m" + message.id === seen.id);
    const upto = group?.at(-1).id ?? 0;
    if (upto <= readUpto || document.hidden) return;
    readUpto = upto;
    page.read(upto);
  }, 150);
}

/** Connects the list: scrolling, and the arrow keys that go from message to message. */
export function begin(given) {
  page = given;
  let drawn = 0;
  scroll().addEventListener("scroll", () => {
    sticking = atEnd() || gliding;
    cancelAnimationFrame(drawn);
    drawn = requestAnimationFrame(() => look());
  }, { passive: true });
  new ResizeObserver(stay).observe(scroll());
  find("to-end").onclick = toEnd;
  scroll().onkeydown = moveFocus;
  find("messages").addEventListener("focusin", (event) => enter(event.target.closest("#messages > li")));
  document.addEventListener("visibilitychange", () => look());
}

function moveFocus(event) {
  const item = event.target.closest?.("#messages > li");
  if (event.target !== scroll() && !item) return;
  if (event.key === "End" && (!item || event.target === item)) { event.preventDefault(); return toEnd(); }
  const list = [...find("messages").querySelectorAll(":scope > li[tabindex]")];
  let next = null;
  if (event.key === "ArrowUp") next = item ? list[list.indexOf(item) - 1] : list.at(-1);
  else if (event.key === "ArrowDown") next = list[list.indexOf(item) + 1];
  else if (event.key === "Enter" && event.target === item && item.querySelector(".more")) next = item.querySelector(".more").click();
  else return;
  event.preventDefault();
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "nearest" });
}
