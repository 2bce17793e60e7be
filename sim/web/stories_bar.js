// The bar of the story that is played, above the chat: what happens, and what can be done with the story.

import { make, makeButton } from "./make.js";
import { drawStep, drawFault } from "./stories_steps.js";

const find = (id) => document.getElementById(id);
const paths = {
  pause: "M8 5v14M16 5v14", go: "M7 5l12 7-12 7z", next: "M5 5l10 7-10 7zM19 5v14", again: "M5 12a7 7 0 1 0 2.500-5.400M5 4v4h4",
  follow: "M2.500 12s3.500-6.500 9.500-6.500 9.500 6.500 9.500 6.500-3.500 6.500-9.500 6.500S2.500 12 2.500 12zM12 9.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5z",
  take: "M8 12V5.500a1.500 1.500 0 0 1 3 0V11M11 10.500v-6a1.500 1.500 0 0 1 3 0v6M14 11V6a1.500 1.500 0 0 1 3 0v8c0 4-2.500 6.500-6 6.500-2.800 0-4.200-1.300-5.600-4L3.800 13.600a1.500 1.500 0 0 1 2.600-1.500L8 14.500",
  stop: "M6 6l12 12M18 6L6 18",
};
const speeds = [0.5, 1, 2, 4, 0];
const parts = {};
let page;
let direct; // (deed, speed)

function sign(name) {
  const space = "http://www.w3.org/2000/svg";
  const element = document.createElementNS(space, "svg");
  const path = document.createElementNS(space, "path");
  element.setAttribute("viewBox", "0 0 24 24");
  element.setAttribute("aria-hidden", "true");
  path.setAttribute("d", paths[name]);
  element.append(path);
  return element;
}

function button(name, pressed) {
  const made = makeButton("plain", "", "", pressed);
  made.append(sign(name));
  if (name === "take") made.append(make("span"));
  parts[name] = made;
  return made;
}

/** Puts the bar above the page's chat. `doing` is {direct, again, save}. */
export function build(given, doing) {
  page = given;
  direct = doing.direct;
  parts.bar = make("section", "story-bar");
  parts.bar.id = "story-bar";
  parts.bar.hidden = true;
  parts.now = make("div", "story-now");
  parts.now.setAttribute("role", "status");
  parts.speed = make("select", "story-speed");
  parts.speed.onchange = () => direct("go", parts.speed.value);
  for (const speed of speeds) parts.speed.append(new Option("", speed));
  parts.count = make("span", "story-count");
  const keys = make("div", "story-keys");
  parts.save = makeButton("tools-main story-save", "", "", doing.save);
  keys.append(button("pause", () => direct("pause")), button("go", () => direct("go", parts.speed.value)), button("next", () => direct("step")),
    button("again", doing.again), parts.speed, parts.count, parts.save, button("follow", follow), button("take", () => direct("take")), button("stop", () => direct("leave")));
  parts.bar.append(parts.now, keys);
  document.querySelector("main").before(parts.bar);
}

export const follows = () => localStorage.getItem("story-follow") !== "no";

function follow() {
  localStorage.setItem("story-follow", follows() ? "no" : "yes");
  parts.follow.setAttribute("aria-pressed", follows());
  page.refresh();
}

/** Shows how the story stands: `shown` as the server tells it, `steps` all its steps. */
export function draw(shown, steps) {
  parts.bar.hidden = !shown;
  if (!shown) return;
  const hadFocus = parts.bar.contains(document.activeElement);
  const focused = document.activeElement;
  parts.bar.setAttribute("aria-label", page.word("story_bar"));
  for (const name of Object.keys(paths)) name_(parts[name], page.word("story_" + name));
  parts.speed.setAttribute("aria-label", page.word("story_speed"));
  for (const option of parts.speed.options) {
    option.textContent = option.value === "0" ? page.word("story_at_once") : option.value.replace("0.5", "½") + "×";
  }
  if (focused !== parts.speed) parts.speed.value = String(speeds.includes(shown.speed) ? shown.speed : 1);
  const { mode } = shown;
  const plays = mode === "playing";
  show({ pause: plays, go: mode === "paused", next: plays || mode === "paused", again: mode === "ended" || mode === "left",
    speed: plays || mode === "paused", follow: mode !== "left", count: mode !== "left", take: mode !== "left" && mode !== "preparing" && !shown.problem, save: mode === "left" });
  parts.follow.setAttribute("aria-pressed", follows());
  parts.take.lastChild.textContent = page.word("story_take");
  parts.save.textContent = page.word("story_save");
  parts.count.textContent = `${shown.done}/${shown.steps}`;
  drawNow(shown, steps);
  if (hadFocus && focused.hidden) (plays ? parts.pause : mode === "paused" ? parts.go : mode === "left" ? parts.save : parts.again).focus();
}

function name_(element, name) {
  element.setAttribute("aria-label", name);
  element.title = name;
}

function show(which) {
  for (const [name, shown] of Object.entries(which)) parts[name].hidden = !shown;
}

/** What is happening: the step that was played last, or how the story has ended. */
function drawNow(shown, steps) {
  const look = JSON.stringify([shown.mode === "playing" ? "" : shown.mode, shown.done, shown.failed, shown.problem, steps.length, page.word("language")]);
  if (parts.now.dataset.look === look) return;
  parts.now.dataset.look = look;
  const failed = shown.failed.find((fault) => fault.step === shown.done - 1);
  const lines = [];
  if (shown.problem) lines.push(make("p", "story-ending", page.word("story_problem")), drawFault({ reason: shown.problem }));
  else if (shown.mode === "preparing") lines.push(make("p", "story-ending", page.word("story_preparing")));
  else if (shown.mode === "left") lines.push(make("p", "story-ending", page.word("story_left")));
  else if (shown.mode === "ended") lines.push(make("p", "story-ending", shown.failed.length ? page.word("story_ended_badly", shown.failed.length) : page.word("story_ended")));
  const step = steps[shown.done - 1];
  if (step && !shown.problem && shown.mode !== "left" && (shown.mode !== "ended" || failed)) {
    lines.push(drawStep(step, failed ? "unmet" : step.acts ? "" : "met"));
    if (failed) lines.push(drawFault(failed));
  }
  if (!lines.length) lines.push(make("p", "story-ending", shown.title));
  parts.now.replaceChildren(...lines);
}
