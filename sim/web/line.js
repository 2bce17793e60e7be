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

/**
 * Calls `changed` whenever something has changed, and `broken` when the line is. A browser has few lines to one server: one of
 * its tabs listens and tells the others, and whoever is not seen leaves that to one that is.
 */
export function connect(changed, broken) {
  const others = new BroadcastChannel("changed");
  let turn = null; // to listen; one waits for it or has it
  let letGo = null;
  let asking = false;
  let again = false;
  const once = async () => {
    if (document.hidden) return;
    if (asking) { again = true; return; }
    asking = true;
    do { again = false; await changed(); } while (again);
    asking = false;
  };
  const listen = () => new Promise((done) => {
    const events = new EventSource("api/events");
    events.onmessage = () => { others.postMessage("changed"); once(); };
    events.onerror = () => { others.postMessage("broken"); broken(); };
    letGo = () => { events.close(); done(); };
  });
  const begin = () => {
    turn = new AbortController();
    if (navigator.locks) navigator.locks.request("events", { signal: turn.signal }, listen).catch(() => {}); // it was given up
    else listen(); // a page from another machine without a certificate has no locks
  };
  const end = () => {
    turn?.abort();
    letGo?.();
    turn = letGo = null;
  };
  others.onmessage = ({ data }) => { if (data === "changed") once(); else if (!document.hidden) broken(); };
  document.addEventListener("visibilitychange", () => {
    end();
    if (document.hidden) return;
    begin();
    once();
  });
  if (!document.hidden) begin();
}
