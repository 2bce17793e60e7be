// The clock: moving it, letting it run, and what will be said next.

import { make, makeButton, redraw } from "./make.js";
import { day, time, moment } from "./words.js";
import { toolsWords } from "./tools_words.js";
import * as faults from "./tools_faults.js";

const find = (id) => document.getElementById(id);
const speeds = [0, 1, 60, 600, 3600];
let page;
let world = "";
let shown = null; // what the server said last
const parts = {};

export function begin(given) {
  page = given;
  page.addWords(toolsWords);
  const style = make("link");
  style.rel = "stylesheet";
  style.href = "tools.css";
  document.head.append(style);
  buildClock(find("tools-clock"));
  faults.build(page, find("tools-faults"));
  const look = new MutationObserver(update);
  for (const id of ["tools", "tools-clock", "tools-faults"]) look.observe(find(id), { attributes: true, attributeFilter: ["hidden"] });
  page.changed(() => { draw(); update(); });
  draw();
  update();
}

const visible = () => !find("tools").hidden && (!find("tools-clock").hidden || !find("tools-faults").hidden);

let asking = false;
let again = false;

/** Asks how things stand while the tools are seen; one question at a time. */
async function update() {
  if (!visible()) return;
  if (asking) { again = true; return; }
  asking = true;
  do {
    again = false;
    const answer = await page.ask("api/tools");
    if (!answer.problem) shown = answer;
    draw();
  } while (again);
  asking = false;
}

/** Another city has taken the place of this one: every tab begins anew with it. */
function leaveAnotherWorld() {
  const now = page.state().world;
  if (world && now !== world) {
    history.replaceState(null, "", location.pathname);
    location.reload();
  }
  world = now;
}

function draw() {
  leaveAnotherWorld();
  drawClock();
  drawPace();
  faults.drawWords();
  if (!shown) return;
  drawMove();
  drawComing();
  faults.draw(shown);
}

function buildClock(section) {
  parts.now = make("p", "tools-now");
  parts.heading = make("div", "tools-heading");
  parts.heading.setAttribute("role", "status");
  parts.heading.hidden = true;
  parts.headingText = make("span");
  parts.halt = makeButton("", "", "", () => page.act("clock/halt", {}));
  parts.heading.append(parts.headingText, parts.halt);
  parts.hour = makeButton("", "", "", () => move({ by: "hour" }));
  parts.day = makeButton("", "", "", () => move({ by: "day" }));
  parts.next = makeButton("tools-wide", "", "", () => move({ by: "next" }));
  const moves = make("div", "tools-row");
  moves.append(parts.hour, parts.day, parts.next);
  section.append(parts.now, parts.heading, moves, buildDate(), buildPace(), ...buildComing());
}

function buildDate() {
  const form = make("form", "tools-row tools-date");
  const label = make("label");
  parts.dateLabel = make("span");
  parts.date = make("input");
  parts.date.type = "datetime-local";
  parts.date.required = true;
  label.append(parts.dateLabel, parts.date);
  parts.go = make("button");
  form.append(label, parts.go);
  form.onsubmit = (event) => {
    event.preventDefault();
    move({ by: "date", to: parts.date.value });
  };
  return form;
}

function buildPace() {
  const group = make("fieldset", "tools-pace");
  parts.paceTitle = make("legend");
  parts.speeds = speeds.map((speed) => {
    const label = make("label");
    const radio = make("input");
    Object.assign(radio, { type: "radio", name: "tools-speed", value: speed });
    radio.onchange = () => page.act("clock/run", { speed });
    const text = make("span");
    label.append(radio, text);
    return { speed, radio, text, label };
  });
  group.append(parts.paceTitle, ...parts.speeds.map((one) => one.label));
  return group;
}

function buildComing() {
  parts.comingTitle = make("h3");
  parts.comingTitle.id = "tools-coming";
  parts.coming = make("ol", "tools-coming");
  parts.coming.setAttribute("aria-labelledby", "tools-coming");
  return [parts.comingTitle, parts.coming];
}

/** Moves the clock; what is shown goes along, and nothing else moves it meanwhile. */
async function move(fields) {
  parts.busy = true;
  drawClock();
  await page.act("clock", fields);
  parts.busy = false;
  await page.refresh();
}

function drawClock() {
  const { word } = page;
  const { clock, next } = page.state();
  parts.now.textContent = moment(clock);
  parts.hour.textContent = word("tools_hour");
  parts.day.textContent = word("tools_day");
  parts.next.textContent = next ? word("tools_next", `${day(next.day, true)} ${time(next)}`) : word("tools_no_next");
  parts.dateLabel.textContent = word("tools_date");
  parts.go.textContent = word("tools_go");
  parts.date.min = `${clock.day}T${clock.time.replace(".", ":")}`;
  if (parts.date !== document.activeElement && parts.date.value < parts.date.min) parts.date.value = parts.date.min;
  const busy = Boolean(parts.busy || shown?.moving || shown?.building);
  for (const button of [parts.hour, parts.day, parts.go]) button.disabled = busy;
  parts.next.disabled = busy || !next;
}

/** A move that takes its time shows where it goes, and can be ended where it has come. */
function drawMove() {
  const { word } = page;
  parts.heading.hidden = !shown.moving && !shown.building;
  parts.halt.hidden = !shown.moving;
  parts.halt.textContent = word("tools_halt");
  parts.headingText.textContent = shown.building ? word("tools_building")
    : shown.moving ? word("tools_heading", `${day(shown.moving.day, true)} ${time(shown.moving)}`) : "";
}

function drawPace() {
  const { word } = page;
  parts.paceTitle.textContent = word("tools_pace");
  for (const one of parts.speeds) {
    one.text.textContent = one.speed ? word("tools_times", one.speed) : word("tools_pause");
    one.radio.checked = one.speed === (shown?.speed ?? 0);
  }
}

function drawComing() {
  const { word } = page;
  parts.comingTitle.textContent = word("tools_coming");
  let before = "";
  const items = shown.coming.map((one, at) => {
    const when = `${day(one.when.day, true)} ${time(one.when)}`;
    const first = when !== before; // what is said at one moment stands under one heading
    before = when;
    return { key: `${at}`, look: JSON.stringify(one) + word("tools_coming") + first, build: () => comingItem(one, first ? when : "") };
  });
  if (!items.length) items.push({ key: "none", look: word("tools_nothing"), build: () => make("li", "tools-none", word("tools_nothing")) });
  redraw(parts.coming, items);
}

function comingItem(one, when) {
  const { word } = page;
  const item = make("li", when ? "" : "tools-same");
  const about = make("span", "tools-about", [one.about, one.title].filter(Boolean).join(" "));
  const part = one.part ? word("tools_part_" + one.part) : "";
  const step = make("span", "tools-step", [part, stepWords(one.step)].filter(Boolean).join(" · "));
  if (when) item.append(make("b", "", when));
  item.append(about, step, make("span", "tools-to", word("tools_to", one.to.join(", "))));
  if (one.late) item.append(make("em", "", word("tools_late")));
  return item;
}

/** H-30 and its like stand as they are: every coordinator speaks so. */
function stepWords(step) {
  const { word } = page;
  const overdue = step.match(/^overdue\+(\d+)$/);
  if (overdue) return word("tools_step_overdue", overdue[1]);
  return /^H-/.test(step) ? step : word("tools_step_" + step);
}
