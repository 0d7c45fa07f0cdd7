// The desk: the field that a scanner types into, and going on when the network is gone. Then
// receipts are checked here and accepted ones kept until they can be sent (decision 20).

const page = document.getElementById("without-network");
const form = document.getElementById("scan");
const field = form.elements.code;
const RETRY = 15 * 1000;
const PATIENCE = 4 * 1000;

// ------------------------------------------------------------------- the field

// A scanner types wherever the focus is: a digit that nothing else takes is meant for the field.
document.addEventListener("keydown", (event) => {
  const isDigit = /^[0-9۰-۹٠-٩]$/.test(event.key);
  if (!isDigit || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.closest?.("input, textarea, select, dialog")) return;
  field.focus();
});

// After an act the next receipt comes. Not where a finger would be given a keyboard for it.
document.addEventListener("htmx:afterSettle", (event) => {
  const isAct = event.detail.requestConfig?.verb === "post";
  if (isAct && matchMedia("(hover: hover)").matches) field.focus({ preventScroll: true });
});

// The list comes anew by itself, but not for nobody. (htmx may not evaluate a condition of its own.)
document.addEventListener("htmx:beforeRequest", (event) => {
  if (document.hidden && event.detail.requestConfig.verb === "get") event.preventDefault();
});

// -------------------------------------------------------- the rest needs its parts

const parts = ["receipt", "unsent", "ed25519"].map((name) => import(page.dataset[name]));
Promise.all(parts).then(goOnWithoutNetwork, () => {}); // an old browser: the plain form is left

function goOnWithoutNetwork([receipts, { Unsent, send }, ed25519]) {
  const { office } = page.dataset;
  const unsent = new Unsent(office);
  const keys = page.dataset.keys.split(" ").map(bytesOf);
  // Drawn hidden by the server: without a network not even their icons would come.
  const verdicts = [...page.querySelectorAll(".verdict")];
  const networkGone = document.getElementById("network-gone");
  // The clock of the device may be wrong; ours was right when the page was made.
  const clockIsOff = Date.parse(page.dataset.now) - Date.now();
  const now = () => Date.now() + clockIsOff;
  let isGone = false;
  let isAsking = false;
  let isSending = false;
  let mustSignIn = false;
  let judged = null;
  let listed = "";

  // ---------------------------------------------------------------- the network

  // A device may be connected to a box that has no network behind it: only asking tells.
  async function isReachable() {
    if (!navigator.onLine) return false;
    const giveUp = new AbortController();
    const timer = setTimeout(() => giveUp.abort(), PATIENCE);
    try {
      const request = { method: "HEAD", cache: "no-store", signal: giveUp.signal };
      return (await fetch(page.dataset.alive, request)).ok;
    } catch {
      return false;
    } finally {
      clearTimeout(timer);
    }
  }

  async function look() {
    isGone = !(await isReachable());
    networkGone.hidden = !isGone;
    return !isGone;
  }

  async function lookAndSend() {
    const wasGone = isGone;
    if (!(await look())) return;
    await sendAll();
    if (wasGone) refreshQueue();
  }

  window.addEventListener("online", lookAndSend);
  window.addEventListener("offline", lookAndSend);
  document.addEventListener("htmx:sendError", lookAndSend);
  setInterval(() => (isGone || unsent.waiting().length) && lookAndSend(), RETRY);

  // Whoever leaves the page without a network has no way back to it.
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[href]");
    if (!isGone || !link || link.hash) return;
    event.preventDefault();
    if (await look()) location.assign(link.href);
    else networkGone.scrollIntoView({ block: "center" });
  });

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (!isGone) return;
    event.preventDefault();
    if (event.detail.requestConfig.verb === "post") {
      networkGone.scrollIntoView({ block: "center" });
    }
  });

  function refreshQueue() {
    const queue = document.getElementById("queue");
    const asked = { source: queue, target: queue };
    if (queue) window.htmx?.ajax("GET", queue.getAttribute("hx-get"), asked);
  }

  // ------------------------------------------------------------------ the verdict

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isAsking || !field.value.trim()) return;
    isAsking = field.readOnly = true; // what comes meanwhile must not change what was sent
    if (await look()) return form.submit();
    const number = receipts.plainNumber(field.value);
    const verdict = await judge(number);
    isAsking = field.readOnly = false;
    show(verdict);
    if (receipts.isShort(number)) field.select();
    else field.value = "";
  });

  // The browser's "back" brings the page as it was left: waiting.
  window.addEventListener("pageshow", () => {
    isAsking = field.readOnly = false;
  });

  async function judge(number) {
    if (receipts.isShort(number)) return { kind: "unknown", ...CODE_NEEDS_NETWORK };
    if (!window.crypto?.subtle) return { kind: "unknown", ...DEVICE_CANNOT_CHECK };
    const receipt = receipts.readReceipt(number);
    if (!receipt) return { kind: "wrong", ...NOT_A_RECEIPT };
    if (!(await receipts.isGenuine(receipt, keys, ed25519))) return { kind: "forged", ...FORGED };
    const said = receipts.fieldsOf(receipt);
    const hour = receipts.hourOf(said.startsAt);
    const when = `${receipts.dayInWords(said.startsAt)}، ساعت ${hour}`;
    if (said.office !== office) return { kind: "wrong", ...otherOffice(receipts.persian(said.office), when) };
    const at = now();
    const [day, today] = [said.startsAt, at].map(receipts.dayOf);
    if (day < today) return { kind: "wrong", ...dayBefore(when) };
    if (day > today) return { kind: "wrong", ...otherDay(when) };
    const before = unsent.all().find((each) => isOf(each, said.reference));
    if (before) {
      return { kind: "wrong", ...alreadyHere(receipts.hourOf(Date.parse(before.at))) };
    }
    const [tail, cases] = [said.tail, said.cases].map(receipts.persian);
    return { kind: "right", name: said.name, tail, cases, hour, number, at };
  }

  function isOf(kept, reference) {
    return whoIs(kept).reference === reference;
  }

  function whoIs(kept) {
    return receipts.fieldsOf(receipts.readReceipt(kept.receipt));
  }

  function show(verdict) {
    judged = verdict;
    document.getElementById("desk-said").hidden = true;
    verdicts.forEach((each) => (each.hidden = each.id !== `verdict-${verdict.kind}`));
    const shown = verdicts.find((each) => !each.hidden);
    fill(shown, verdict);
    shown.querySelector("button").focus();
    shown.scrollIntoView({ block: "nearest" });
  }

  page.addEventListener("click", (event) => {
    const { does } = event.target.closest("[data-does]")?.dataset ?? {};
    if (does) close();
    if (does === "accept") accept(judged);
  });

  function close() {
    verdicts.forEach((each) => (each.hidden = true));
    field.focus();
  }

  function accept({ number, at, name }) {
    try {
      unsent.keep(number, new Date(at).toISOString());
    } catch {
      return show({ kind: "unknown", ...DEVICE_KEEPS_NOTHING });
    }
    say(`${name} پذیرش شد؛ شماره‌اش وقتی داده می‌شود که اینترنت برگردد.`);
    list();
    lookAndSend();
  }

  // ------------------------------------------------------------ what is not sent yet

  async function sendAll() {
    if (isSending) return;
    isSending = true;
    const token = form.elements.csrfmiddlewaretoken.value;
    const sent = [];
    mustSignIn = false;
    for (const one of unsent.waiting()) {
      const answer = await send(one, page.dataset.later, office, token);
      mustSignIn = answer === "sign in";
      if (typeof answer === "string") break;
      if (answer.ok) {
        unsent.forget(one);
        sent.push(`${whoIs(one).name}، شمارهٔ ${receipts.persian(answer.number)}`);
      } else unsent.refuse(one, answer);
    }
    isSending = false;
    list();
    if (!sent.length) return;
    say(`فرستاده شد: ${sent.join("؛ ")}.`);
    refreshQueue();
  }

  // Drawn only when it changed: what stands there is read out each time it is drawn.
  function list() {
    const waiting = unsent.waiting();
    const toList = JSON.stringify([unsent.all(), mustSignIn]);
    if (toList === listed) return;
    listed = toList;
    const box = document.getElementById("unsent");
    box.hidden = !waiting.length;
    fill(box, { count: receipts.persian(waiting.length) });
    box.querySelector("[data-if=sign-in]").hidden = !mustSignIn;
    box.querySelector("[data-if=waits]").hidden = mustSignIn;
    draw(box.querySelector("ul"), waiting, "unsent-line");
    draw(document.getElementById("refused-later"), unsent.refused(), "refused-line");
  }

  function draw(place, kept, template) {
    const lines = kept.map((one) => {
      const line = document.getElementById(template).content.cloneNode(true);
      const said = whoIs(one);
      const hour = receipts.hourOf(said.startsAt);
      fill(line, { name: said.name, hour, title: one.title, why: one.why });
      line.querySelector("button")?.addEventListener("click", () => {
        unsent.forget(one);
        list();
        field.focus();
      });
      return line;
    });
    place.replaceChildren(...lines);
  }

  function say(what) {
    const line = document.getElementById("desk-said");
    line.hidden = false;
    fill(line, { what });
  }

  document.addEventListener("submit", (event) => {
    const isSignOut = event.target.getAttribute("action") === page.dataset.signOut;
    const many = unsent.waiting().length;
    if (!isSignOut || !many) return;
    const question = `${receipts.persian(many)} پذیرش هنوز فرستاده نشده و در همین دستگاه می‌ماند تا یکی از همکاران این دفتر وارد شود. خارج می‌شوید؟`;
    if (!confirm(question)) event.preventDefault();
  });

  list();
  lookAndSend();
}

// <b data-says="name">: what stands there.
function fill(part, words) {
  part.querySelectorAll("[data-says]").forEach((place) => {
    if (place.dataset.says in words) place.textContent = words[place.dataset.says];
  });
}

// ------------------------------------------------------------------------- words

const CODE_NEEDS_NETWORK = {
  title: "کد بدون اینترنت بررسی نمی‌شود",
  why: "کد رهگیری و کد ملی را فقط با اینترنت می‌شود پیدا کرد. اگر رسید دارد، کد تصویری آن را بخوانید. وگرنه نام و ساعت آمدنش را روی برگهٔ چاپی بنویسید و وقتی اینترنت برگشت پذیرش کنید.",
};
const DEVICE_CANNOT_CHECK = {
  title: "این دستگاه امضا را بررسی نمی‌کند",
  why: "مرورگر قدیمی است یا نشانی سامانه با https باز نشده است. نام و ساعت آمدنش را روی برگهٔ چاپی بنویسید و وقتی اینترنت برگشت پذیرش کنید.",
};
const DEVICE_KEEPS_NOTHING = {
  title: "این دستگاه چیزی نگه نمی‌دارد",
  why: "مرورگر اجازهٔ نگه داشتن نمی‌دهد یا پر است. نام و ساعت آمدنش را روی برگهٔ چاپی بنویسید و وقتی اینترنت برگشت پذیرش کنید.",
};
const NOT_A_RECEIPT = {
  title: "این نوشته رسید نوبت نیست",
  why: "شاید رقمی از آن نخوانده مانده است. کد تصویری رسید را یک بار دیگر بخوانید.",
};
const FORGED = {
  title: "امضای این رسید درست نیست",
  why: "یا بد خوانده شده یا این سامانه آن را نداده است. یک بار دیگر بخوانید؛ اگر باز همین شد، نام و شمارهٔ کارت را روی برگهٔ چاپی بنویسید تا با اینترنت بررسی شود.",
};

function bytesOf(base64) {
  return Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0));
}

function otherOffice(code, when) {
  return {
    title: "این رسید برای دفتر دیگری است",
    why: `نوبت ${when}، در دفتری با کد ${code} است. همین‌جا می‌تواند در صف حضوری بنشیند؛ نوبت آن‌جا را باید خودش حذف کند.`,
  };
}

function dayBefore(when) {
  return {
    title: "زمان این نوبت گذشته است",
    why: `نوبت برای ${when} بود. اگر هنوز کار دارد، در صف حضوری بنشیند.`,
  };
}

function otherDay(when) {
  return {
    title: "روزش امروز نیست",
    why: `نوبت برای ${when} است؛ همان روز بیاید. اگر امروز کار دارد، در صف حضوری بنشیند.`,
  };
}

function alreadyHere(hour) {
  return {
    title: "پیش‌تر پذیرش شده است",
    why: `با همین رسید ساعت ${hour} در همین دستگاه پذیرش شد. کارت ملی را دوباره نگاه کنید.`,
  };
}
