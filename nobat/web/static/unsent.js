// Check-ins made without a network, kept on this device until the system has answered each.
// Of each only the receipt's digits and the moment are kept, and of a refused one its reason.

const PATIENCE = 15 * 1000;

export class Unsent {
  constructor(office) {
    this.key = `unsent-check-ins-${office}`;
  }

  // Read anew each time: a second tab keeps its own in the same place.
  all() {
    return JSON.parse(localStorage.getItem(this.key) || "[]");
  }

  waiting() {
    return this.all().filter((each) => !each.title);
  }

  refused() {
    return this.all().filter((each) => each.title);
  }

  // Throws where the device keeps nothing.
  keep(receipt, at) {
    this.write([...this.all(), { receipt, at }]);
  }

  forget(one) {
    this.write(this.all().filter((each) => !isSame(each, one)));
  }

  refuse(one, { title, why }) {
    this.write(this.all().map((each) => (isSame(each, one) ? { ...each, title, why } : each)));
  }

  write(list) {
    if (list.length) localStorage.setItem(this.key, JSON.stringify(list));
    else localStorage.removeItem(this.key);
  }
}

function isSame(one, other) {
  return one.receipt === other.receipt && one.at === other.at;
}

// What became of it: {ok: true, number}, {ok: false, title, why}, "sign in", or "later".
export async function send(one, address, office, token) {
  const body = new URLSearchParams({ ...one, office, csrfmiddlewaretoken: token });
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), PATIENCE);
  try {
    const request = { method: "POST", body, redirect: "manual", signal: giveUp.signal };
    const response = await fetch(address, request);
    // A session that has ended leads to the sign-in; a page from before it is refused.
    if (response.type === "opaqueredirect" || response.status === 403) return "sign in";
    const answer = await response.json();
    return typeof answer.ok === "boolean" ? answer : "later";
  } catch {
    return "later";
  } finally {
    clearTimeout(timer);
  }
}
