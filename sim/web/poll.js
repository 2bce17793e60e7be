// A poll: its question, its options, and how many chose them.

import { word } from "./words.js";
import { make, makeButton, sign } from "./make.js";

/**
 * A poll as {question, options: [{text, voters}], total, closed, multiple, anonymous, final, mine: [index]}. Counts are
 * shown to whoever has voted, and to all once it is closed.
 */
export function pollOf(message, page) {
  const poll = message.poll;
  const mine = poll.mine ?? [];
  const counted = poll.closed || mine.length > 0;
  const element = make("div", "poll");
  element.setAttribute("role", "group");
  element.setAttribute("aria-label", poll.question);
  element.append(make("b", "question", poll.question), make("div", "poll-kind", kindOf(poll)));
  const chosen = new Set();
  const send = poll.multiple && !counted ? makeButton("plain", word("poll_vote"), "", () => page.vote(message, [...chosen])) : null;
  poll.options.forEach((option, index) => {
    if (counted) return element.append(result(option, poll, mine.includes(index)));
    element.append(choice(option, poll.multiple, (button) => {
      if (!poll.multiple) return page.vote(message, [index]);
      if (!chosen.delete(index)) chosen.add(index);
      button.setAttribute("aria-checked", chosen.has(index));
      send.disabled = chosen.size === 0;
    }));
  });
  if (send) {
    send.disabled = true;
    element.append(send);
  }
  element.append(make("div", "poll-total", poll.total ? word("poll_total", String(poll.total)) : word("poll_nobody")));
  if (mine.length && !poll.closed && !poll.final) element.append(makeButton("plain", word("poll_retract"), "", () => page.vote(message, [])));
  return element;
}

function kindOf({ closed, anonymous, multiple }) {
  if (closed) return word("poll_closed");
  return word(anonymous ? "poll_anonymous" : "poll_public") + (multiple ? " · " + word("poll_multiple") : "");
}

function choice(option, multiple, pressed) {
  const button = makeButton("option", "", "", () => pressed(button));
  button.setAttribute("role", multiple ? "checkbox" : "button");
  if (multiple) button.setAttribute("aria-checked", "false");
  const box = make("span", multiple ? "box" : "circle");
  if (multiple) box.append(sign("check"));
  button.append(box, make("span", "", option.text));
  return button;
}

function result(option, poll, mine) {
  const share = poll.total ? Math.round((option.voters / poll.total) * 100) : 0;
  const element = make("div", "result" + (mine ? " chosen" : ""));
  const bar = make("span", "share");
  bar.style.width = Math.max(share, 1) + "%";
  const counts = make("span", "percent", share + "%");
  const words = make("span", "words", option.text);
  words.append(make("span", "voters", ` (${option.voters})`));
  if (mine) words.append(make("span", "unseen-words", ", " + word("poll_mine")));
  element.append(counts, words, bar);
  return element;
}
