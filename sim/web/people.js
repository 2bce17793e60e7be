// Being anyone: becoming a person, what that person can do, and new people and groups.

import { make, makeButton, face, redraw } from "./make.js";
import { peopleWords } from "./people_words.js";
import * as group from "./people_group.js";

const find = (id) => document.getElementById(id);
const spoken = []; // [element, name of its word], said anew in the page's language
const parts = {};
let page;

export function begin(given) {
  page = given;
  page.addWords(peopleWords);
  const style = make("link");
  style.rel = "stylesheet";
  style.href = "people.css";
  document.head.append(style);
  const section = find("tools-people");
  buildBecome(section);
  buildThis(section);
  group.build(page, section, { say, form, field });
  buildNew(section);
  buildGroup(section);
  buildLink(section);
  buildSure();
  new MutationObserver(update).observe(section, { attributes: true, attributeFilter: ["hidden"] });
  new MutationObserver(update).observe(find("tools"), { attributes: true, attributeFilter: ["hidden"] });
  page.changed(update);
  update();
}

/** Makes an element that says one of the page's words in the language of the page. */
function say(kind, name, className = "") {
  const element = make(kind, className);
  spoken.push([element, name]);
  return element;
}

/** Makes a form that can be folded away; its button says `deed`. */
function form(section, title, fields, deed, done) {
  const fold = make("details", "people-fold");
  const element = make("form", "people-form");
  const button = say("button", deed, "tools-main");
  element.append(...fields, button);
  element.onsubmit = async (event) => {
    event.preventDefault();
    button.disabled = true;
    await done(element);
    button.disabled = false;
  };
  const summary = make("summary");
  summary.append(say("h3", title));
  fold.append(summary, element);
  section.append(fold);
  return element;
}

/** Puts a name above something to fill in. */
function field(name, input) {
  const label = make("label", "people-field");
  label.append(say("span", name), input);
  return label;
}

function input(name, more = {}) {
  return Object.assign(make("input"), { name, type: "text", autocomplete: "off", ...more });
}

function check(name, word, checked) {
  const label = make("label", "people-check");
  label.append(input(name, { type: "checkbox", value: "1", defaultChecked: checked }), say("span", word));
  return label;
}

function choice(name, options) {
  const element = make("select");
  element.name = name;
  for (const [value, word] of options) {
    const option = word ? say("option", word) : make("option", "", value);
    option.value = value;
    element.append(option);
  }
  return element;
}

/** Goes on as somebody else: in the group that is open if they are in it, else in their own list of chats. */
export function become(person, chat = 0) {
  location.hash = `#${person}/${chat}`;
}

function buildBecome(section) {
  parts.people = make("ul", "people-list");
  section.append(say("h3", "people_become"), parts.people);
}

function drawBecome(state, shown) {
  const members = new Map(shown.members.map((member) => [member.id, member]));
  redraw(parts.people, state.people.map((someone) => {
    const role = group.roleOf(members.get(someone.id));
    const now = someone.id === state.person;
    return { key: String(someone.id), look: JSON.stringify([someone, role, now, shown.id, page.word("people_you")]), build: () => {
      const item = make("li");
      const button = makeButton("people-person", "", "", () => become(someone.id, members.has(someone.id) ? shown.id : 0));
      if (now) button.setAttribute("aria-current", "true");
      const words = make("span", "people-words");
      words.append(make("b", "", someone.name), make("span", "", noteOf(someone, role, now)));
      button.append(face(someone.name, someone.id), words);
      item.append(button);
      return item;
    } };
  }));
}

function noteOf({ username, started, blocked, gone }, role, now) {
  const state = gone ? "person_gone" : blocked ? "person_blocked" : started ? "" : "person_new";
  return [now && page.word("people_you"), role && page.word(role), state && page.word(state), username && "@" + username].filter(Boolean).join(" · ");
}

function buildThis(section) {
  parts.who = make("h3");
  parts.start = say("button", "people_start");
  parts.start.onclick = () => page.act("say", { chat: page.state().person, text: "/start" });
  parts.block = makeButton("", "", "", () => page.act("people/block", { on: person().blocked ? 0 : 1 }));
  parts.vanish = say("button", "people_vanish", "people-danger");
  parts.vanish.onclick = sure;
  for (const button of [parts.start, parts.vanish]) button.type = "button";
  parts.hidden = check("hidden", "people_hidden", false);
  parts.hidden.firstChild.onchange = async (event) => {
    if (!await page.act("people/hide", { on: event.target.checked ? 1 : 0 })) event.target.checked = !event.target.checked;
  };
  const row = make("div", "tools-row");
  row.append(parts.start, parts.block, parts.vanish);
  section.append(parts.who, row, parts.hidden);
}

const person = () => page.state().people.find((one) => one.id === page.state().person) ?? { name: "" };

function drawThis(state, shown) {
  const { name, started, blocked, gone } = person();
  parts.who.textContent = page.word("people_this", name);
  parts.start.hidden = started || gone;
  parts.block.hidden = gone || !started;
  parts.block.textContent = page.word(blocked ? "people_unblock" : "people_block");
  parts.vanish.hidden = gone;
  parts.hidden.hidden = !(shown.leads && shown.kind === "supergroup") || gone;
  parts.hidden.firstChild.checked = shown.members.some((member) => member.id === state.person && member.hidden);
}

function buildSure() {
  parts.sure = make("dialog");
  parts.sureText = make("p");
  parts.sureText.id = "people-sure";
  parts.sure.setAttribute("aria-labelledby", "people-sure");
  const answer = make("form", "tools-row");
  answer.method = "dialog";
  for (const [value, name] of [["", "people_no"], ["yes", "people_yes"]]) answer.append(Object.assign(say("button", name), { value }));
  parts.sure.append(parts.sureText, answer);
  parts.sure.onclose = () => parts.sure.returnValue === "yes" && page.act("people/vanish", {});
  document.body.append(parts.sure);
}

function sure() {
  parts.sureText.textContent = page.word("people_vanish_sure", person().name);
  parts.sure.returnValue = "";
  parts.sure.showModal();
}

function buildNew(section) {
  const languages = choice("language", [["id"], ["en"]]);
  languages.options[0].textContent = "Indonesia";
  languages.options[1].textContent = "English";
  form(section, "people_new", [field("people_name", input("name", { required: true, maxLength: 64 })),
    field("people_username", input("username", { maxLength: 33 })), field("people_language", languages), check("started", "people_started", true)],
  "people_new_do", async (filled) => {
    const name = filled.elements.name.value;
    const made = await page.act("people/new", Object.fromEntries(new FormData(filled)));
    if (!made) return;
    filled.reset();
    page.toast(page.word("people_made", name.trim()));
  });
}

function buildGroup(section) {
  parts.others = make("div", "people-checks");
  const others = make("fieldset", "people-field");
  others.append(say("legend", "people_who"), parts.others);
  form(section, "people_new_group", [field("people_title", input("title", { required: true, maxLength: 128 })),
    field("people_kind", choice("kind", [["group", "people_kind_group"], ["supergroup", "people_kind_supergroup"], ["forum", "people_kind_forum"]])),
    others, check("bot", "people_with_bot", true)],
  "people_group_do", async (filled) => {
    const values = new FormData(filled);
    const made = await page.act("people/group", { title: values.get("title"), kind: values.get("kind"), bot: values.get("bot") ?? 0, members: values.getAll("member").join(",") });
    if (!made) return;
    filled.reset();
    become(page.state().person, made.chat);
  });
}

function drawOthers(state) {
  redraw(parts.others, state.people.filter((one) => one.id !== state.person && !one.gone).map((one) => ({ key: String(one.id), look: one.name, build: () => {
    const label = make("label", "people-check");
    label.append(input("member", { type: "checkbox", value: one.id }), make("span", "", one.name));
    return label;
  } })));
}

function buildLink(section) {
  form(section, "people_link", [field("people_link_text", input("link", { required: true, placeholder: "https://t.me/…?start=…" }))], "people_link_do",
    async (filled) => { if (await openLink(filled.elements.link.value.trim())) filled.reset(); });
}

/** Opens a deep link to the bot as Telegram does: ?start in the private chat, ?startgroup in the group that is open. */
async function openLink(text) {
  const state = page.state();
  const link = /^[\w-]+$/.test(text) ? `https://t.me/${state.bot}?start=${text}` : text;
  const whole = /^[a-z]+:\/\//i.test(link) ? link : "https://" + link;
  const url = URL.canParse(whole) ? new URL(whole) : null;
  if (!url || !/^(www\.)?t(elegram)?\.me$/.test(url.hostname) || url.pathname.slice(1).toLowerCase() !== state.bot.toLowerCase()) {
    page.toast(page.word("people_link_bad"));
    return false;
  }
  const code = url.searchParams.get("startgroup");
  if (code !== null) return group.openLink(code);
  become(state.person, state.person);
  return page.act("say", { chat: state.person, text: ("/start " + (url.searchParams.get("start") ?? "")).trim() });
}

const visible = () => !find("tools").hidden && !find("tools-people").hidden;
let asking = false;
let again = false;

/** Asks who is in the open group while this is seen; one question at a time. */
async function update() {
  for (const [element, name] of spoken) element.textContent = page.word(name);
  if (!page.state() || !visible()) return;
  if (asking) { again = true; return; }
  asking = true;
  do {
    again = false;
    const { person: id, chat } = page.state();
    const shown = await page.ask("api/people?" + new URLSearchParams({ person: id, chat: chat?.id ?? 0 }));
    if (!shown.problem) draw(shown);
  } while (again);
  asking = false;
}

function draw(shown) {
  const state = page.state();
  drawBecome(state, shown);
  drawThis(state, shown);
  group.draw(state, shown);
  drawOthers(state);
}
