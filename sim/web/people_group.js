// The group that is open: the bot in it, its members, its topics, and what it may become.

import { make, makeButton, redraw } from "./make.js";

const parts = {};
let page;
let shown = null;

/** The word for what a member is, "" for an ordinary one. */
export function roleOf(member) {
  if (!member) return "";
  if (member.hidden) return "people_anonymous";
  return { creator: "people_creator_of", administrator: "people_admin_of" }[member.status] ?? "";
}

export function build(given, section, { say, form, field }) {
  page = given;
  parts.all = make("div", "people-group");
  parts.title = make("h3");
  parts.bot = make("p", "tools-state");
  parts.botAs = makeButton("", "", "", () => page.act("people/bot", { as: shown.bot === "administrator" ? "member" : "administrator" }));
  parts.botIn = makeButton("", "", "", () => page.act("people/bot", { as: inside() ? "none" : "member" }));
  parts.upgrade = say("button", "people_upgrade");
  parts.upgrade.type = "button";
  parts.upgrade.onclick = upgrade;
  const row = make("div", "tools-row");
  row.append(parts.botIn, parts.botAs, parts.upgrade);
  parts.members = make("ul", "people-list");
  parts.who = make("select");
  parts.who.name = "member";
  parts.all.append(parts.title, parts.bot, row, say("h4", "people_members"), parts.members);
  parts.add = form(parts.all, "people_add", [field("people_members", parts.who)], "people_add_do",
    (filled) => page.act("people/add", { member: filled.elements.member.value }));
  parts.topicsTitle = say("h4", "people_topics");
  parts.topics = make("ul", "people-list");
  const name = Object.assign(make("input"), { name: "name", required: true, maxLength: 128, autocomplete: "off" });
  parts.all.append(parts.topicsTitle, parts.topics);
  parts.topic = form(parts.all, "people_topic_do", [field("people_topic_name", name)], "people_topic_do", async (filled) => {
    const made = await page.act("people/topic", { name: name.value });
    if (!made) return;
    filled.reset();
    location.hash = `#${page.state().person}/${shown.id}/${made.thread}`;
  });
  section.append(parts.all);
}

const inside = () => ["member", "administrator"].includes(shown.bot);

export function draw(state, given) {
  shown = given;
  parts.all.hidden = !shown.id;
  if (!shown.id) return;
  parts.title.textContent = page.word("people_group", state.chats.find((chat) => chat.id === shown.id)?.title ?? "");
  parts.bot.textContent = page.word(!inside() ? "people_bot_out" : shown.bot === "administrator" ? "people_bot_admin" : "people_bot_in");
  parts.bot.classList.toggle("off", !inside());
  parts.botIn.textContent = page.word(inside() ? "people_bot_remove" : "people_bot_add");
  parts.botAs.textContent = page.word(shown.bot === "administrator" ? "people_bot_demote" : "people_bot_promote");
  parts.upgrade.hidden = shown.kind !== "group";
  drawMembers(state);
  drawAdd(state);
  drawTopics(state);
}

function drawMembers(state) {
  const names = new Map(state.people.map((one) => [one.id, one.name]));
  redraw(parts.members, shown.members.map((member) => {
    const name = names.get(member.id) ?? "";
    const self = member.id === state.person;
    return { key: String(member.id), look: JSON.stringify([member, name, self, page.word("people_members")]), build: () => {
      const item = make("li", "people-row");
      const words = make("span", "people-words");
      const role = roleOf(member);
      words.append(make("b", "", name), make("span", "", role && page.word(role)));
      item.append(words);
      const leads = member.status === "administrator";
      if (member.status !== "creator") item.append(small(page.word(leads ? "people_demote" : "people_promote"), name,
        () => page.act("people/promote", { member: member.id, on: leads ? 0 : 1 })));
      if (self || member.status !== "creator") item.append(small(page.word(self ? "people_leave" : "people_remove"), name,
        () => page.act("people/remove", { member: member.id })));
      return item;
    } };
  }));
}

/** A small button whose name also says whom or what it is about. */
function small(text, about, pressed) {
  return makeButton("plain people-small", text, `${text}: ${about}`, pressed);
}

function drawAdd(state) {
  const here = new Set(shown.members.map((member) => member.id));
  const outside = state.people.filter((one) => !here.has(one.id) && !one.gone);
  parts.add.parentElement.hidden = !outside.length;
  const signature = JSON.stringify(outside.map((one) => [one.id, one.name]));
  if (parts.who.dataset.signature === signature) return;
  parts.who.dataset.signature = signature;
  parts.who.replaceChildren(...outside.map((one) => new Option(one.name, one.id)));
}

function drawTopics(state) {
  const topics = (state.chat?.id === shown.id && state.chat.topics) || [];
  parts.topic.parentElement.hidden = !shown.forum;
  parts.topicsTitle.hidden = !shown.forum || !topics.length;
  redraw(parts.topics, topics.map((topic) => ({ key: String(topic.id), look: JSON.stringify([topic.name, page.word("people_topics")]), build: () => {
    const item = make("li", "people-row");
    item.append(make("span", "people-words", topic.name), small(page.word("people_topic_drop"), topic.name, () => page.act("people/droptopic", { thread: topic.id })));
    return item;
  } })));
}

async function upgrade() {
  const grown = await page.act("people/upgrade", {});
  if (grown) location.hash = `#${page.state().person}/${grown.chat}`;
}

/** Adds the bot to the open group and hands it the code of a ?startgroup link. */
export async function openLink(code) {
  if (!shown?.id) {
    page.toast(page.word("people_link_group"));
    return false;
  }
  if (!inside() && !await page.act("people/bot", { as: "member" })) return false;
  return page.act("say", { text: `/start@${page.state().bot} ${code}`.trim() });
}
