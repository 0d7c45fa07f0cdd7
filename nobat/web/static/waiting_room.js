// The waiting room: asks how many have been let in, says the place in line, and goes on when it
// is one's turn. What is asked is the same for everybody; only this page knows its own number.

const room = document.getElementById("waiting-room");
const place = room.querySelector(".waiting__place");
const words = room.querySelector("[role=status]");
const number = Number(room.dataset.number);
const SOONEST = 2; // seconds
const LATEST = 30;
const SPREAD = 8; // at the opening, everybody learns the own number at another moment

ask();

async function ask() {
  const says = await answer();
  if (says && isTurn(says)) return goOn(says);
  const wait = says ? show(says) : LATEST;
  const soon = Math.min(Math.max(wait / 4, SOONEST), LATEST);
  setTimeout(ask, soon * (0.75 + Math.random() / 2) * 1000);
}

async function answer() {
  try {
    const response = await fetch(room.dataset.now, { credentials: "omit" });
    return response.ok ? await response.json() : null;
  } catch {
    return null; // the network is gone: the place is not
  }
}

function isTurn(says) {
  if (!says.open) return true;
  return number ? number <= says.admitted : says.opens_in <= 0;
}

function goOn(says) {
  const spread = says.open && !number ? SPREAD : 1;
  setTimeout(() => location.reload(), Math.random() * spread * 1000);
}

// Returns how many seconds are left.
function show(says) {
  if (!number) {
    say(`${inWords(says.opens_in)} دیگر قرعه کشیده می‌شود.`);
    return says.opens_in;
  }
  place.textContent = (number - says.admitted).toLocaleString("fa-IR");
  const seconds = (number - says.admitted) / says.rate + says.opens_in;
  say(`${inWords(seconds)} دیگر نوبت ورود شماست.`);
  return seconds;
}

// Screen readers hear it when it changes, and only then.
function say(sentence) {
  if (words.textContent !== sentence) words.textContent = sentence;
}

function inWords(seconds) {
  const minutes = Math.round(seconds / 60);
  return minutes ? `حدود ${minutes.toLocaleString("fa-IR")} دقیقه` : "کمتر از یک دقیقه";
}
