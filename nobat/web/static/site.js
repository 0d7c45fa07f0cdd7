// The one script of the site. Every page works without it; it only saves steps.
"use strict";

document.documentElement.classList.add("js");

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("select[data-narrowed-by]").forEach(narrowByAnother);
  arrive(document);
});

// Parts of a page that htmx brings get the same care as the page itself.
document.addEventListener("htmx:load", (event) => arrive(event.target));

function arrive(part) {
  part.querySelector(".error-summary")?.focus();
  document.querySelectorAll(".cal").forEach(oneTabStop);
}

// ------------------------------------------------------------------ forms

// <select data-narrowed-by="province"> with <optgroup data-of="07">: only the groups of what
// the other select says. Groups are taken out, because some browsers cannot hide them.
function narrowByAnother(select) {
  const other = select.form.elements[select.dataset.narrowedBy];
  const groups = [...select.querySelectorAll("optgroup[data-of]")];

  function narrow() {
    const chosen = select.value;
    groups.forEach((group) => group.remove());
    select.append(...groups.filter((group) => !other.value || group.dataset.of === other.value));
    select.value = [...select.options].some((option) => option.value === chosen) ? chosen : "";
  }

  other.addEventListener("change", narrow);
  // A county chosen from the whole list says its province too.
  select.addEventListener("change", () => {
    const group = select.selectedOptions[0]?.closest("optgroup[data-of]");
    if (group && !other.value) {
      other.value = group.dataset.of;
      narrow();
    }
  });
  // The browser's "back" fills fields in after this script has run.
  window.addEventListener("pageshow", narrow);
  narrow();
}

// <select data-submit>: choosing is asking.
document.addEventListener("change", (event) => {
  if (event.target.matches("select[data-submit]")) event.target.form.requestSubmit();
});

// ---------------------------------------------------------------- printing

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

// ------------------------------------------------------------------- menus

document.addEventListener("click", (event) => {
  document.querySelectorAll(".menu[open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest(".menu[open]");
  if (event.key !== "Escape" || !menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// ---------------------------------------------------------------- calendar

const DAY = 24 * 60 * 60 * 1000;

function freeDays(calendar) {
  return [...calendar.querySelectorAll("a.day")];
}

function dayOf(link) {
  return Date.parse(new URL(link.href).searchParams.get("day"));
}

// One Tab stop: the chosen day, else the first free one; arrows go on from there.
function oneTabStop(calendar) {
  const days = freeDays(calendar);
  const stop =
    days.find((day) => day === document.activeElement) ||
    days.find((day) => day.hasAttribute("aria-current")) ||
    days[0];
  days.forEach((day) => (day.tabIndex = day === stop ? 0 : -1));
}

document.addEventListener("keydown", (event) => {
  const from = event.target.closest("a.day");
  if (!from || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  const to = dayTowards(event.key, from, freeDays(from.closest(".cal")));
  if (to === undefined) return;
  event.preventDefault();
  if (to === null) return;
  from.tabIndex = -1;
  to.tabIndex = 0;
  to.focus();
});

// Lands only on free days. undefined: not a key of ours; null: no free day that way.
function dayTowards(key, from, days) {
  const now = dayOf(from);
  // 0 is Saturday. The epoch was a Thursday, which is 5 here.
  const weekday = (time) => (time / DAY + 5) % 7;
  const saturday = now - weekday(now) * DAY;
  const after = days.filter((day) => dayOf(day) > now);
  const before = days.filter((day) => dayOf(day) < now).reverse();
  const sameWeek = days.filter((day) => dayOf(day) >= saturday && dayOf(day) < saturday + 7 * DAY);
  const sameWeekday = (day) => weekday(dayOf(day)) === weekday(now);
  switch (key) {
    case "ArrowLeft":
      return after[0] ?? null;
    case "ArrowRight":
      return before[0] ?? null;
    case "ArrowDown":
      return after.find(sameWeekday) ?? null;
    case "ArrowUp":
      return before.find(sameWeekday) ?? null;
    case "Home":
      return sameWeek[0];
    case "End":
      return sameWeek.at(-1);
    case "PageDown":
      return nearestInMonth(after, from, now + 30 * DAY);
    case "PageUp":
      return nearestInMonth(before, from, now - 30 * DAY);
  }
}

// Each month is one group of rows.
function nearestInMonth(days, from, wanted) {
  const month = days.find((day) => day.closest("tbody") !== from.closest("tbody"))?.closest("tbody");
  const far = (day) => Math.abs(dayOf(day) - wanted);
  return (
    days.filter((day) => day.closest("tbody") === month).sort((a, b) => far(a) - far(b))[0] ?? null
  );
}
