// How one message looks.

import { word, day, time } from "./words.js";

/** Makes an element with a class, and with text that is never read as HTML. */
export function make(kind, name = "", text = "") {
  const element = document.createElement(kind);
  if (name) element.className = name;
  if (text) element.textContent = text;
  return element;
}

const kindOfEntity = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote", spoiler: "span" };

/** Puts the text with its entities, whose offsets count as JavaScript's strings do, into the element. */
function fill(element, text, entities, from, to, page) {
  let at = from;
  for (let index = 0; index < entities.length; index++) {
    const entity = entities[index];
    if (entity.offset < at || entity.offset >= to) continue;
    const end = Math.min(entity.offset + entity.length, to);
    element.append(text.slice(at, entity.offset));
    const part = elementOf(entity, text.slice(entity.offset, end), page);
    fill(part, text, entities.slice(index + 1), entity.offset, end, page);
    element.append(part);
    at = end;
  }
  element.append(text.slice(at, to));
}

function elementOf(entity, part, page) {
  if (entity.type === "url" || entity.type === "text_link") {
    const link = make("a");
    const target = entity.url ?? part;
    link.href = /^[a-z]+:/i.test(target) ? target : "https://" + target;
    link.onclick = (event) => { event.preventDefault(); page.openLink(link.href); };
    return link;
  }
  if (entity.type === "bot_command") {
    const command = make("a", "command");
    command.href = "#";
    command.onclick = (event) => { event.preventDefault(); page.compose(part); };
    return command;
  }
  if (entity.type === "mention" || entity.type === "text_mention" || entity.type === "hashtag") return make("span", "mark");
  const element = make(kindOfEntity[entity.type] ?? "span");
  if (entity.type === "spoiler") {
    element.className = "spoiler";
    element.onclick = () => element.classList.add("open");
  }
  return element;
}

/** The colour of a person's name and face. */
export function tint(id) {
  return "tint" + (Math.abs(id) % 6);
}

export function initials(name) {
  return name.split(/\s+/).filter((part) => /^\p{L}/u.test(part)).slice(0, 2).map((part) => part[0].toUpperCase()).join("");
}

/** One message as a list item. `page` is what pressing on it calls. */
export function bubble(message, page) {
  const item = make("li", "message" + (message.mine ? " mine" : "") + (message.bot ? " from-bot" : ""));
  item.id = "m" + message.id;
  if (message.service) {
    item.className = "service";
    item.append(make("span", "", word("service_" + message.service, message.text)));
    return item;
  }
  const body = make("div", "body");
  if (!message.mine && !page.isPrivate()) body.append(make("div", "name " + tint(message.who), message.name));
  if (message.quote) body.append(quote(message.quote));
  if (message.file) body.append(file(message.file));
  const text = make("div", "text");
  fill(text, message.text, message.entities ?? [], 0, message.text.length, page);
  const notes = [message.unseen && word("unseen"), message.edited && word("edited"), time(message.when)];
  text.append(make("span", "time", notes.filter(Boolean).join(" · ")));
  body.append(text);
  if (message.reaction) body.append(make("span", "reaction", message.reaction));
  body.onclick = (event) => {
    if (!event.target.closest("a, .spoiler")) item.classList.toggle("touched");
  };
  item.append(body);
  if (message.buttons?.length) item.append(keyboard(message, page));
  item.append(actions(message, page));
  return item;
}

function quote(quoted) {
  const element = make("a", "quote");
  element.href = "#m" + quoted.id;
  element.onclick = (event) => {
    event.preventDefault();
    const target = document.getElementById("m" + quoted.id);
    target?.scrollIntoView({ block: "center" });
    target?.animate([{ background: "#cfe3da" }, { background: "transparent" }], 1200);
  };
  element.append(make("b", "", quoted.name), make("span", "", quoted.text || word("photo")));
  return element;
}

function file(shown) {
  const source = "api/file?id=" + encodeURIComponent(shown.id);
  const link = make("a", shown.photo ? "photo" : "file");
  link.href = source;
  if (shown.photo) {
    const picture = make("img");
    picture.src = source;
    picture.alt = shown.name || word("photo");
    if (shown.width) Object.assign(picture, { width: shown.width, height: shown.height });
    link.target = "_blank";
    link.append(picture);
    return link;
  }
  link.download = shown.name;
  link.append(make("b", "", shown.name), make("span", "", size(shown.size)));
  return link;
}

function size(bytes) {
  if (bytes < 1024) return bytes + " B";
  return bytes < 1024 * 1024 ? Math.round(bytes / 1024) + " KB" : (bytes / 1024 / 1024).toFixed(1) + " MB";
}

function keyboard(message, page) {
  const rows = make("div", "keyboard");
  for (const row of message.buttons) {
    const line = make("div", "line");
    for (const shown of row) {
      const button = make("button", shown.url ? "link" : "", shown.text);
      button.type = "button";
      button.onclick = () => page.press(message, shown, button);
      line.append(button);
    }
    rows.append(line);
  }
  return rows;
}

function actions(message, page) {
  const line = make("div", "actions");
  const reply = make("button", "", word("reply"));
  reply.type = "button";
  reply.onclick = () => page.reply(message);
  line.append(reply);
  if (message.mine) {
    const change = make("button", "", word("change"));
    change.type = "button";
    change.onclick = () => page.change(message);
    line.append(change);
  }
  return line;
}

/** The line between two days. */
export function dayLine(text) {
  const item = make("li", "day");
  item.append(make("span", "", day(text)));
  return item;
}
