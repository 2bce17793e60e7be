// The line to the server.

/** Asks the server and gives what it says; a line that does not work is a problem like any other. */
export async function ask(path, options = {}) {
  try {
    const answer = await fetch(path, options);
    return await answer.json();
  } catch {
    return { problem: "failed" };
  }
}

let last = Promise.resolve();

/** Does one thing after the other, so that what the server said later is drawn later. */
export function inTurn(work) {
  last = last.then(work, work);
  return last;
}

/** Calls `changed` whenever something has changed. A page in the background lets the line go, since a browser has few. */
export function connect(changed, broken) {
  let events = null;
  let asking = false;
  let again = false;
  const once = async () => {
    if (asking) { again = true; return; }
    asking = true;
    do { again = false; await changed(); } while (again);
    asking = false;
  };
  const open = () => {
    if (events || document.hidden) return;
    events = new EventSource("api/events");
    events.onmessage = once;
    events.onerror = broken;
  };
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) return open();
    events?.close();
    events = null;
  });
  open();
}
