// Stories: playing one in the place of the city, and keeping as one what was done by hand.

import { make, makeButton, redraw } from "./make.js";
import { storyWords } from "./stories_words.js";
import { drawStep, drawFault } from "./stories_steps.js";
import * as bar from "./stories_bar.js";

const find = (id) => document.getElementById(id);
const parts = {};
let page;
let titles = []; // of all stories
let shown = null; // the story on the page
let noted = { recorded: 0, recording: false };
let steps = []; // of the story on the page
let followed = ""; // where the page was last led

export async function begin(given) {
  page = given;
  page.addWords(storyWords);
  const style = make("link");
  style.rel = "stylesheet";
  style.href = "stories.css";
  document.head.append(style);
  buildSure();
  bar.build(page, { direct, again: () => sure(() => play(shown.name, shown.speed || 1)), save: openSaving });
  build(find("tools-stories"));
  const look = new MutationObserver(() => { update(); draw(); });
  for (const id of ["tools", "tools-stories"]) look.observe(find(id), { attributes: true, attributeFilter: ["hidden"] });
  page.changed(() => { draw(); update(); });
  const answer = await page.ask("api/stories");
  titles = answer.stories ?? [];
  await update(true);
  draw();
}

const visible = () => !find("tools").hidden && !find("tools-stories").hidden;

let asking = false;
let again = false;

/** Asks how the story stands, while there is one or somebody looks for one; one question at a time. */
async function update(always = false) {
  if (!always && !shown && !visible()) return;
  if (asking) { again = true; return; }
  asking = true;
  do {
    again = false;
    const answer = await page.ask("api/story");
    if (answer.problem) continue;
    noted = answer;
    if (answer.story && !steps.length) steps = (await page.ask("api/story/steps")).steps ?? [];
    shown = answer.story;
    draw();
    follow();
  } while (again);
  asking = false;
}

/** Opens the person and the chat of the step that was played last. */
function follow() {
  if (!shown?.chat || !bar.follows() || shown.mode === "left") return;
  const to = { person: shown.person, chat: shown.chat, thread: shown.thread };
  const place = JSON.stringify([to, shown.done]);
  if (place === followed) return;
  followed = place;
  page.show(to);
}

function play(name, speed, paused = false) {
  return page.act("story/play", { name, speed, paused });
}

async function direct(deed, speed = "") {
  if (deed === "leave" && !(await sure())) return;
  await page.act("story/direct", { do: deed, speed });
  await update();
}

/** Asks before something that was done by hand in a story is given up. */
function buildSure() {
  parts.sure = make("dialog");
  parts.question = make("p");
  parts.question.id = "story-question";
  parts.sure.setAttribute("aria-labelledby", "story-question");
  const form = make("form", "tools-row");
  form.method = "dialog";
  parts.no = make("button");
  parts.no.value = "";
  parts.yes = make("button");
  parts.yes.value = "yes";
  form.append(parts.no, parts.yes);
  parts.sure.append(parts.question, form);
  document.body.append(parts.sure);
}

async function sure(then = () => true) {
  await update(true);
  if (shown?.mode !== "left" || !noted.recorded) return then();
  parts.question.textContent = page.word("story_sure", noted.recorded);
  parts.no.textContent = page.word("story_no");
  parts.yes.textContent = page.word("story_yes");
  parts.sure.returnValue = "";
  parts.sure.showModal();
  await new Promise((closed) => parts.sure.addEventListener("close", closed, { once: true }));
  return parts.sure.returnValue === "yes" && then();
}

function build(section) {
  parts.intro = make("p", "tools-hint");
  parts.find = make("input", "story-find");
  parts.find.type = "search";
  parts.find.oninput = draw;
  parts.list = make("ul", "story-list");
  parts.empty = make("p", "tools-hint");
  parts.choice = make("div");
  parts.choice.append(parts.intro, parts.find, parts.list, parts.empty);
  parts.title = make("h3");
  parts.title.lang = "en";
  parts.about = make("p", "tools-hint story-about");
  parts.about.lang = "en";
  parts.all = make("h4");
  parts.steps = make("ol", "story-steps");
  parts.playing = make("div");
  parts.playing.append(parts.title, parts.about, parts.all, parts.steps);
  section.append(buildSaving(), parts.playing, parts.choice);
}

function buildSaving() {
  parts.saving = make("details", "people-fold story-saving");
  const summary = make("summary");
  parts.save = make("h3");
  summary.append(parts.save);
  parts.form = make("form", "people-form");
  parts.hint = make("p", "tools-hint");
  parts.label = make("label", "people-field");
  parts.name = make("span");
  parts.wanted = Object.assign(make("input"), { type: "text", maxLength: 120, autocomplete: "off" });
  parts.label.append(parts.name, parts.wanted);
  parts.download = make("button", "tools-main");
  parts.result = make("div", "story-result");
  parts.result.setAttribute("role", "status");
  parts.form.append(parts.hint, parts.label, parts.download, parts.result);
  parts.form.onsubmit = (event) => { event.preventDefault(); save(); };
  parts.saving.append(summary, parts.form);
  return parts.saving;
}

function openSaving() {
  page.openTools("stories");
  parts.saving.open = true;
  parts.saving.scrollIntoView();
  parts.wanted.focus();
}

async function save() {
  parts.download.disabled = true;
  parts.result.replaceChildren(make("p", "", page.word("story_trying")));
  const saved = await page.act("story/save", { title: parts.wanted.value });
  parts.download.disabled = false;
  parts.result.replaceChildren();
  if (!saved) return;
  const link = make("a");
  link.href = URL.createObjectURL(new Blob([saved.text], { type: "text/plain" }));
  link.download = saved.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  parts.result.append(make("p", saved.wrong ? "story-unmet" : "story-met", page.word(saved.wrong ? "story_holds_not" : "story_holds", saved.name)));
  if (!saved.wrong) return;
  const why = make("pre", "", saved.wrong);
  why.lang = "en";
  parts.result.append(why);
}

function draw() {
  bar.draw(shown, steps);
  if (!visible()) return;
  drawSaving();
  parts.playing.hidden = !shown;
  if (shown) drawPlaying();
  drawChoice();
}

function drawSaving() {
  const possible = noted.recording;
  parts.saving.hidden = shown && !possible; // a story that is played is a story already
  parts.save.textContent = page.word("story_save");
  parts.hint.textContent = possible ? `${page.word("story_save_hint")} ${page.word("story_recorded", noted.recorded)}` : page.word("story_unrecorded");
  parts.name.textContent = page.word("story_title");
  parts.download.textContent = page.word("story_download");
  parts.label.hidden = parts.download.hidden = !possible;
}

function drawPlaying() {
  parts.title.textContent = shown.title;
  parts.about.textContent = shown.about;
  parts.about.hidden = !shown.about;
  parts.all.textContent = page.word("story_all");
  const language = page.word("language");
  redraw(parts.steps, steps.map((step, at) => {
    const fault = shown.failed.find((one) => one.step === at);
    const mark = at >= shown.done ? "" : fault ? "unmet" : step.acts ? "" : "met";
    const now = at === shown.done - 1;
    return { key: String(at), look: JSON.stringify([mark, at < shown.done, now, fault, language]), build: () => drawRow(step, mark, at, now, fault) };
  }));
  if (parts.steps.dataset.done === String(shown.done) || shown.mode === "left") return;
  parts.steps.dataset.done = shown.done;
  parts.steps.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
}

function drawRow(step, mark, at, now, fault) {
  const row = make("li", at < shown.done ? "done" : "");
  if (now) row.setAttribute("aria-current", "step");
  row.append(drawStep(step, mark));
  if (fault) row.append(drawFault(fault));
  return row;
}

function drawChoice() {
  parts.intro.textContent = page.word("story_intro");
  parts.find.placeholder = page.word("story_find");
  parts.find.setAttribute("aria-label", page.word("story_find"));
  const words = parts.find.value.toLowerCase().split(/\s+/).filter(Boolean);
  const fitting = titles.filter((one) => words.every((part) => `${one.title} ${one.about} ${one.name}`.toLowerCase().includes(part)));
  parts.empty.textContent = page.word("story_none_found");
  parts.empty.hidden = fitting.length > 0;
  redraw(parts.list, fitting.map((one) => ({ key: one.name, look: page.word("language"), build: () => drawTitle(one) })));
}

function drawTitle(one) {
  const row = make("li");
  const fold = make("details", "story-fold");
  const summary = make("summary");
  const title = make("span", "story-name", one.title);
  title.lang = "en";
  summary.append(title, make("span", "story-size", page.word("story_steps", one.steps)));
  fold.append(summary);
  if (one.about) {
    const about = make("p", "tools-hint", one.about);
    about.lang = "en";
    fold.append(about);
  }
  const start = (speed, paused) => sure(() => play(one.name, speed, paused));
  const keys = make("div", "tools-row");
  keys.append(makeButton("tools-main", page.word("story_play"), "", () => start(1)),
    makeButton("", page.word("story_step"), "", () => start(1, true)), makeButton("", page.word("story_at_once"), "", () => start(0)));
  fold.append(keys);
  row.append(fold);
  return row;
}
