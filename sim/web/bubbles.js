// How one message looks.

import { word, day, time } from "./words.js";
import { make, makeButton, face, tint, sign } from "./make.js";
import { fill } from "./text.js";
import { filesOf } from "./files.js";
import { pollOf } from "./poll.js";

/**
 * One message, or the messages of one album, as a list item. `place` says whether it begins and ends a run of messages of
 * one person. `page` is what pressing on it calls.
 */
export function bubble(messages, place, page) {
  const [message] = messages;
  const item = make("li");
  item.id = "m" + message.id;
  item.tabIndex = -1;
  if (message.service) {
    item.className = "service";
    item.append(make("span", "", word("service_" + message.service, message.text)));
    return item;
  }
  item.className = ["message", message.mine && "mine", message.bot && "from-bot", place.begins && "begins", place.ends && "ends", !message.mine && !page.isPrivate() && "faced"].filter(Boolean).join(" ");
  item.setAttribute("aria-label", `${message.mine ? word("you") : message.name}, ${time(message.when)}`);
  const column = make("div", "column");
  column.append(bodyOf(messages, place, page));
  if (message.buttons?.length) column.append(keyboard(message, page));
  item.append(column, more(message, page));
  return item;
}

function bodyOf(messages, place, page) {
  const [message] = messages;
  const spoken = messages.find((one) => one.text) ?? message;
  const body = make("div", "body");
  if (!message.mine && !page.isPrivate() && place.begins) body.append(make("div", "name " + tint(message.who), message.name));
  if (message.quote) body.append(quote(message.quote, page));
  const files = filesOf(messages);
  if (files.children.length) body.append(files);
  if (message.poll) body.append(pollOf(message, page));
  const text = make("div", "text");
  if (!message.poll) fill(text, spoken.text, spoken.entities ?? [], page);
  if (!message.poll && spoken.text) text.dir = "auto";
  const bare = files.querySelector(".photos") && !spoken.text;
  if (bare) body.classList.add("bare");
  text.append(notesOf(messages));
  body.append(text);
  if (place.ends && !message.mine && !page.isPrivate()) body.append(face(message.name, message.who));
  if (message.reaction) body.append(make("span", "reaction", message.reaction));
  return body;
}

/** When it was said, that it was changed, and that the bot does not see it. */
function notesOf(messages) {
  const notes = make("span", "notes");
  if (messages[0].unseen) notes.append(make("span", "unseen", word("unseen")), " · ");
  if (messages.some((one) => one.edited)) notes.append(word("edited"), " ");
  notes.append(make("time", "", time(messages.at(-1).when)));
  return notes;
}

function quote(quoted, page) {
  const element = makeButton("quote " + tint(quoted.who ?? 0), "", "", () => page.jump(quoted.id));
  element.append(make("b", "", quoted.name), make("span", "", quoted.text || word("photo")));
  return element;
}

function keyboard(message, page) {
  const rows = make("div", "keyboard");
  for (const row of message.buttons) {
    const line = make("div", "line");
    for (const shown of row) {
      const button = makeButton("", "", "", () => page.press(message, shown, button));
      button.append(make("span", "", shown.text));
      if (shown.url) button.append(sign("out"));
      else if (shown.copy_text) button.append(sign("copy"));
      line.append(button);
    }
    rows.append(line);
  }
  return rows;
}

/** The button beside a message that opens what can be done with it. */
function more(message, page) {
  const button = makeButton("more", "", word("more", message.name), () => page.deeds(message, button));
  button.setAttribute("aria-haspopup", "menu");
  button.append(sign("more"));
  return button;
}

/** The line between two days. */
export function dayLine(text) {
  const item = make("li", "day");
  item.append(make("span", "", day(text)));
  return item;
}

/** The line above what has not been read. */
export function unreadLine() {
  const item = make("li", "unread-line", word("unread_line"));
  item.id = "unread-line";
  return item;
}
