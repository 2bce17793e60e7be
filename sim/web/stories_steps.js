// How a step of a story is written on the page.

import { make, sign } from "./make.js";
import { word, day } from "./words.js";

/** What a step is, by its kind: [who it is about, the word for what happens, what that word names]. */
const kinds = {
  "press": ["who", "story_press", "buttons"], "press old": ["who", "story_press_old", "buttons"],
  "forge button": ["who", "story_forge", "buttons"], "forge data": ["who", "story_forge", "text"],
  "joins": ["who", "story_joins"], "leaves": ["who", "story_leaves"], "adds": ["who", "story_adds"], "takes out of": ["who", "story_takes_out"],
  "adds the bot to": ["who", "story_adds_bot"], "removes the bot from": ["who", "story_removes_bot"],
  "becomes an administrator of": ["who", "story_promotes"], "is no administrator of": ["who", "story_demotes"],
  "blocks the bot": ["who", "story_blocks"], "unblocks the bot": ["who", "story_unblocks"], "deletes the account": ["who", "story_vanishes"],
  "opens the link in the log": ["who", "story_link"], "becomes a supergroup": ["", "story_upgrade"], "topic is deleted": ["", "story_drop_topic"],
  "the clock is set back to": ["story_clock", "story_set_back", "moment"], "the machine sleeps until": ["story_clock", "story_sleeps", "moment"],
  "restarts": ["story_program", "story_restart"], "is killed": ["story_program", "story_kill"], "dies": ["story_program", "story_die"],
  "stops": ["story_program", "story_halt"], "starts": ["story_program", "story_start"],
  "fault": ["story_line", "story_fault", "line"], "the faults end": ["story_line", "story_faults_end"],
  "the line breaks": ["story_line", "story_breaks"], "the line is mended": ["story_line", "story_mended"],
  "bot edits": ["story_bot", "story_edits"], "buttons": ["", "story_buttons", "buttons"], "no buttons": ["", "story_no_buttons", "buttons"],
  "nothing": ["", "story_nothing"], "anything": ["", "story_anything"], "never": ["", "story_never", "on"],
};

/** Kinds of which what is said stands under the head. */
const saying = new Set(["say", "edit", "bot", "bot edits", "card", "toast", "one toast"]);

function actor(step) {
  switch (step.kind) {
    case "say": case "edit": return step.who;
    case "bot": return word("story_bot");
    case "card": return word("story_card", step.on);
    case "toast": case "one toast": return word("story_toast");
    case "at": case "pass": return word("story_clock");
  }
  const [about] = kinds[step.kind] ?? [""];
  return about === "who" ? step.who || word("story_bot") : about && word(about);
}

/** Where it happens: a group and topic, or somebody's private chat. */
function where(step) {
  if (step.place) return step.private && step.place === step.who ? "" : step.place;
  return step.acts && ["say", "edit", "press", "press old"].includes(step.kind) ? word("story_says_private") : "";
}

/** What happens, in the page's words. */
function happens(step) {
  const parts = [];
  const [, name, names] = kinds[step.kind] ?? [];
  const named = { buttons: (step.buttons ?? []).map((label) => `[${label}]`).join(" "), moment: moment(step), line: step.line.replace(/^fault /, "") };
  if (name) parts.push(word(name, names ? named[names] ?? step[names] : "").trim());
  if (step.kind === "at") parts.push(moment(step));
  if (step.kind === "pass") parts.push(step.line);
  if (step.kind === "edit") parts.push(word("story_edit", step.on));
  else if (step.on && step.kind === "say" || step.on && step.kind === "bot") parts.push(word("story_replying", step.on));
  else if (step.on && step.kind.startsWith("press")) parts.push(word("story_on", step.on));
  if (step.files?.length) parts.push(word("story_sending", step.files.join(", ")));
  return parts.join(", ");
}

function moment(step) {
  const [, date, clock] = step.line.match(/(?:(\d{4}-\d\d-\d\d) )?(\d\d:\d\d(?::\d\d)?)/) ?? [];
  const time = (clock ?? "").replace(":", document.documentElement.lang === "id" ? "." : ":");
  return date ? `${day(date)}, ${time}` : time;
}

/** Draws a step: who and where, what happens or is said, and its English gloss. `mark` is "", "met" or "unmet". */
export function drawStep(step, mark = "") {
  const element = make("div", "story-step" + (step.acts ? "" : " expects"));
  const head = make("p", "story-head");
  if (mark) {
    const sign_ = sign(mark === "met" ? "check" : "close");
    sign_.classList.add("story-" + mark);
    head.append(sign_, make("span", "unseen-words", word("story_" + mark) + ": "));
  }
  const who = actor(step);
  if (who) head.append(make("b", "", who));
  const place = where(step);
  if (place) head.append(make("span", "story-place", place));
  const what = happens(step);
  if (what) head.append(make("span", "story-what", what));
  element.append(head);
  if (saying.has(step.kind) && step.text) element.append(make("p", "story-text", step.text));
  if (step.gloss) {
    const gloss = make("p", "story-gloss", step.gloss);
    gloss.lang = "en";
    element.append(gloss);
  }
  return element;
}

/** Draws what came instead of what was expected. */
export function drawFault(fault) {
  const element = make("div", "story-fault");
  const reason = make("p", "", fault.reason);
  reason.lang = "en";
  element.append(make("b", "", word(fault.there ? "story_there" : "story_there_not")));
  element.append(fault.there ? make("pre", "", fault.there.replace(/^ {4}/gm, "")) : reason);
  return element;
}
