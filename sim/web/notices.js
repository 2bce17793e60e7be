// What is said in passing, and what must be confirmed.

const find = (id) => document.getElementById(id);
let end = 0;

/** Shows a line for a few seconds. */
export function toast(text) {
  const element = find("toast");
  element.textContent = text;
  element.hidePopover();
  element.showPopover();
  clearTimeout(end);
  end = setTimeout(() => element.hidePopover(), 4000);
}

/** Shows a text until it is confirmed. */
export function showAlert(text) {
  find("alert-text").textContent = text;
  find("alert").showModal();
}
