// The bot stopped and started in view, faults on the line, and starting over.

import { make, makeButton, redraw } from "./make.js";

const kinds = ["before", "after", "429", "500"];
const delays = [500, 2000, 5000];
const counts = [1, 3, 10, 0];
let page;
const parts = {};
const texts = []; // of what stands still: [element, word, about]

export function build(given, section) {
  page = given;
  section.append(...buildBot(), ...buildFaults(), ...buildOver());
}

function say(element, word, about = "") {
  texts.push([element, word, about]);
  return element;
}

function buildBot() {
  parts.state = make("p", "tools-state");
  parts.state.setAttribute("role", "status");
  const deed = (name, style = "") => say(makeButton(style, "", "", () => page.act("program", { do: name })), "tools_" + name);
  parts.start = deed("start", "tools-main");
  parts.stop = deed("stop");
  parts.kill = deed("kill");
  const row = make("div", "tools-row");
  row.append(parts.start, parts.stop, parts.kill);
  return [say(make("h3"), "tools_bot"), parts.state, row, say(make("p", "tools-hint"), "tools_bot_hint")];
}

function buildFaults() {
  const slow = make("div", "tools-row");
  slow.setAttribute("role", "group");
  parts.slowTitle = say(make("span", "tools-label"), "tools_slow");
  parts.slowTitle.id = "tools-slow";
  slow.setAttribute("aria-labelledby", "tools-slow");
  slow.append(...delays.map((span) => say(makeButton("", "", "", () => page.act("fault", { kind: "slow", span })), "tools_seconds", span)));
  const meets = make("label", "tools-meets");
  parts.times = make("select");
  parts.times.append(...counts.map((count) => say(new Option("", count), count === 0 ? "tools_all" : count === 1 ? "tools_one" : "tools_many", count)));
  meets.append(say(make("span"), "tools_meets"), parts.times);
  const row = make("div", "tools-grid");
  row.append(...kinds.map((kind) => say(makeButton("", "", "", () => page.act("fault", { kind, times: parts.times.value })), "tools_" + kind)));
  row.append(say(makeButton("", "", "", () => page.act("fault", { kind: "cut" })), "tools_cut"));
  parts.on = make("ul", "tools-on");
  parts.heal = say(makeButton("tools-main", "", "", () => page.act("heal", {})), "tools_heal");
  parts.tally = make("dl", "tools-tally");
  return [say(make("h3"), "tools_break"), parts.slowTitle, slow, meets, row, say(make("h4"), "tools_on"), parts.on, parts.heal, parts.tally];
}

function buildOver() {
  const row = make("div", "tools-row");
  row.append(say(makeButton("", "", "", () => ask(false)), "tools_over_sample"), say(makeButton("", "", "", () => ask(true)), "tools_over_empty"));
  parts.sure = make("dialog");
  parts.sureText = make("p");
  parts.sureText.id = "tools-sure";
  parts.sure.setAttribute("aria-labelledby", "tools-sure");
  const form = make("form", "tools-row");
  form.method = "dialog";
  const no = say(make("button"), "tools_no");
  no.value = "";
  parts.yes = say(make("button", "tools-danger"), "tools_yes");
  form.append(no, parts.yes);
  parts.sure.append(parts.sureText, form);
  parts.sure.onclose = () => parts.sure.returnValue && page.act("over", { empty: parts.sure.returnValue === "empty" });
  document.body.append(parts.sure);
  return [say(make("h3"), "tools_over"), say(make("p", "tools-hint"), "tools_over_hint"), row];
}

function ask(empty) {
  parts.sureText.textContent = page.word(empty ? "tools_over_sure_empty" : "tools_over_sure");
  parts.yes.value = empty ? "empty" : "sample";
  parts.sure.returnValue = "";
  parts.sure.showModal();
}

/** Writes what does not change in the language of the page. */
export function drawWords() {
  const { word } = page;
  for (const [element, name, about] of texts) element.textContent = word(name, name === "tools_seconds" ? seconds(about) : about);
}

/** Shows how things stand, as /api/tools says it. */
export function draw(shown) {
  const { word } = page;
  drawState(shown);
  parts.start.disabled = shown.running || shown.building;
  parts.stop.disabled = parts.kill.disabled = !shown.running || shown.building;
  const on = shown.faults.map((fault, at) => {
    const text = `${word("tools_" + fault.kind)} · ${howLong(fault)}`;
    return { key: `${at}`, look: text, build: () => make("li", "", text) };
  });
  if (!on.length) on.push({ key: "none", look: word("tools_none_on"), build: () => make("li", "tools-none", word("tools_none_on")) });
  redraw(parts.on, on);
  parts.heal.disabled = !shown.faults.length;
  redraw(parts.tally, ["met", "repeated", "twice"].map((name) => ({
    key: name, look: word("tools_" + name) + shown[name], build: () => count(word("tools_" + name), shown[name]),
  })));
}

function drawState(shown) {
  const { word } = page;
  const state = word(shown.running ? "tools_running" : "tools_stopped");
  const text = shown.building ? word("tools_building") : shown.waiting ? `${state} · ${word("tools_waiting", shown.waiting)}` : state;
  if (parts.state.textContent !== text) parts.state.textContent = text;
  parts.state.classList.toggle("off", !shown.running);
}

function howLong(fault) {
  const { word } = page;
  if (fault.kind === "slow") return word("tools_seconds", seconds(fault.span));
  return fault.times ? word("tools_left", fault.times) : word("tools_until");
}

/** Half a second is 0,5 in Indonesian. */
function seconds(span) {
  return new Intl.NumberFormat(document.documentElement.lang).format(span / 1000);
}

function count(title, number) {
  const line = make("div");
  line.append(make("dt", "", title), make("dd", "", String(number)));
  return line;
}
