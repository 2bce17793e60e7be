// A text with its formatting, as Telegram shows it.

import { word } from "./words.js";
import { make, makeButton } from "./make.js";

const kinds = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre", blockquote: "blockquote",
  expandable_blockquote: "blockquote" };

/** Puts a text with its entities, whose offsets count as JavaScript's strings do, into an element. */
export function fill(element, text, entities, page, from = 0, to = text.length) {
  let at = from;
  for (let index = 0; index < entities.length; index++) {
    const entity = entities[index];
    if (entity.offset < at || entity.offset >= to) continue;
    const end = Math.min(entity.offset + entity.length, to);
    element.append(text.slice(at, entity.offset));
    const part = partOf(entity, text.slice(entity.offset, end), page);
    fill(part.inside ?? part, text, entities.slice(index + 1), page, entity.offset, end);
    element.append(part);
    at = end;
    // A block ends its line by itself.
    if (/^(PRE|BLOCKQUOTE|DIV)$/.test(part.tagName) && text[at] === "\n") at++;
  }
  element.append(text.slice(at, to));
}

function partOf(entity, part, page) {
  switch (entity.type) {
    case "url":
    case "text_link":
      return link(entity.url ?? part, page);
    case "email":
      return link("mailto:" + part, page);
    case "phone_number":
      return link("tel:" + part.replace(/[^+\d]/g, ""), page);
    case "bot_command":
      return command(part, page);
    case "mention":
    case "text_mention":
    case "hashtag":
    case "cashtag":
      return make("span", "mark");
    case "spoiler":
      return spoiler();
    case "pre":
      return code(entity.language, part);
    case "expandable_blockquote":
      return expandable();
  }
  return make(kinds[entity.type] ?? "span");
}

function link(target, page) {
  const element = make("a");
  element.href = /^[a-z]+:/i.test(target) ? target : "https://" + target;
  element.rel = "noopener";
  element.onclick = (event) => { event.preventDefault(); page.openLink(element.href); };
  return element;
}

function command(part, page) {
  const element = make("a", "command");
  element.href = "#";
  element.setAttribute("role", "button");
  element.onclick = (event) => { event.preventDefault(); page.command(part); };
  return element;
}

function spoiler() {
  const element = make("span", "spoiler");
  element.tabIndex = 0;
  element.setAttribute("role", "button");
  element.setAttribute("aria-label", word("spoiler"));
  element.onclick = element.onkeydown = (event) => {
    if (element.classList.contains("open") || event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation(); // what lies under it is not meant
    element.classList.add("open");
    for (const name of ["role", "aria-label", "tabindex"]) element.removeAttribute(name);
  };
  return element;
}

function code(language, part) {
  const element = make("div", "pre");
  const top = make("div", "pre-top");
  top.append(make("span", "", language ?? ""), makeButton("plain", word("copy"), "", () => navigator.clipboard.writeText(part)));
  element.inside = make("pre");
  element.append(top, element.inside);
  return element;
}

/** A quotation of which three lines are shown until it is opened. */
function expandable() {
  const element = make("blockquote", "folded");
  element.inside = make("div", "inside");
  const button = makeButton("plain", word("expand"), "", () => {
    const folded = element.classList.toggle("folded");
    button.setAttribute("aria-expanded", !folded);
    button.textContent = word(folded ? "expand" : "collapse");
  });
  button.setAttribute("aria-expanded", "false");
  element.append(element.inside, button);
  return element;
}
