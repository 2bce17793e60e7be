// Making and redrawing elements.

/** Makes an element with a class, and with text that is never read as HTML. */
export function make(kind, name = "", text = "") {
  const element = document.createElement(kind);
  if (name) element.className = name;
  if (text) element.textContent = text;
  return element;
}

/** Makes a button with a name for those who cannot see its sign. */
export function makeButton(name, text, label, pressed) {
  const button = make("button", name, text);
  button.type = "button";
  if (label) button.setAttribute("aria-label", label);
  button.onclick = pressed;
  return button;
}

/** Makes one of the signs that stand in index.html. */
export function sign(name) {
  const space = "http://www.w3.org/2000/svg";
  const element = document.createElementNS(space, "svg");
  const use = document.createElementNS(space, "use");
  use.setAttribute("href", "#sign-" + name);
  element.setAttribute("aria-hidden", "true");
  element.append(use);
  return element;
}

/** The colour of a person's name and face. */
export function tint(id) {
  return "tint" + (Math.abs(id) % 7);
}

export function initials(name) {
  return name.split(/\s+/).filter((part) => /^\p{L}/u.test(part)).slice(0, 2).map((part) => part[0].toUpperCase()).join("");
}

/** The round picture of a person or a group. */
export function face(title, id) {
  const element = make("div", "face " + tint(id), initials(title));
  element.setAttribute("aria-hidden", "true");
  return element;
}

const pressable = "a[href], button, input, [tabindex]";

/**
 * Redraws a list: `items` are {key, look, build}. An element is built anew only when its look (a string) has changed, and
 * nothing that stays is moved; whoever had the focus inside keeps it.
 */
export function redraw(parent, items) {
  const old = new Map([...parent.children].map((element) => [element.dataset.key, element]));
  const focused = parent.contains(document.activeElement) ? document.activeElement : null;
  const kept = focused && placeOf(parent, focused);
  let next = parent.firstElementChild;
  for (const { key, look, build } of items) {
    let element = old.get(key);
    if (element?.dataset.look !== look) {
      const fresh = build();
      fresh.dataset.key = key;
      fresh.dataset.look = look;
      if (element === next) next = next?.nextElementSibling ?? null;
      element?.remove();
      element = fresh;
    }
    old.delete(key);
    if (element === next) next = next.nextElementSibling;
    else parent.insertBefore(element, next);
  }
  for (const element of old.values()) element.remove();
  if (kept && !parent.contains(document.activeElement)) refocus(parent, kept);
}

/** Where something focused stands: in which item, and which of its pressable parts it is. */
function placeOf(parent, focused) {
  let item = focused;
  while (item.parentElement !== parent) item = item.parentElement;
  const at = [...parent.children].indexOf(item);
  return { key: item.dataset.key, at, part: [...item.querySelectorAll(pressable)].indexOf(focused) };
}

function refocus(parent, { key, at, part }) {
  const items = [...parent.children];
  const item = items.find((one) => one.dataset.key === key) ?? items[Math.min(at, items.length - 1)];
  const parts = item ? [...item.querySelectorAll(pressable)] : [];
  (parts[Math.min(part, parts.length - 1)] ?? item ?? parent).focus({ preventScroll: true });
}
