// What was begun to be written, per person and chat. It is forgotten with the tab.

const key = (person, chat, thread = 0) => ["draft", person, chat, thread].join("/");

export function draftOf(person, chat, thread) {
  return sessionStorage.getItem(key(person, chat, thread)) ?? "";
}

export function keepDraft(person, chat, thread, text) {
  if (text.trim()) sessionStorage.setItem(key(person, chat, thread), text);
  else sessionStorage.removeItem(key(person, chat, thread));
}
