"use strict";
// Bookings, and joint visits of bundles among them: confirmed, moved to another half-day of their calendar, or cancelled. A visit
// that has no time yet stands first; it ends with its part alone. Everything from outside is set as text.
const BOOKING_STATES = { received: "待确认 To confirm", confirmed: "已确认 Confirmed", cancelled: "已取消 Cancelled", asked: "等县里定时间 To be set",
  full: "选的半天已满，要另定 Was full: to be set", returned: "群众退了时间，要另定 Given back: to be set", kept: "已上门 Done" };
const HALVES = { am: "上午 am", pm: "下午 pm" };
const OPEN_ENDED = ["asked", "full", "returned"];

const halfWords = (day, half) => `${day.replace(/^(....)(..)(..)$/, "$1-$2-$3")} ${HALVES[half] || half}`;

function decide(words, state, run) {
  const b = document.createElement("button");
  b.textContent = words;
  b.dataset.state = state;
  b.addEventListener("click", () => run().then(refresh).catch(say));
  return b;
}

// The half-days of its calendar that have a place left, the wished one first if it is among them.
function choose(b, calendars) {
  const e = document.createElement("select"), own = calendars.find(c => c.name === b.calendar), wished = `${b.day}:${b.half}`;
  const free = (own ? own.halves : []).filter(h => h.free > 0 && (OPEN_ENDED.includes(b.state) || `${h.day}:${h.half}` !== wished));
  e.setAttribute("aria-label", "半天 Half-day");
  for (const h of free) {
    const o = new Option(`${halfWords(h.day, h.half)}（余 ${h.free} left）`, `${h.day}:${h.half}`);
    o.selected = o.value === wished;
    e.append(o);
  }
  return e;
}

function bookingActs(b, calendars) {
  if (["cancelled", "kept"].includes(b.state)) return [""];
  const halves = choose(b, calendars), acts = [];
  if (b.state === "received") acts.push(decide("确认 Confirm", "confirmed", () => ask("bookings/decide", { id: b.id, state: "confirmed" })));
  if (halves.options.length) {
    acts.push(halves, decide(OPEN_ENDED.includes(b.state) ? "定这个时间 Set" : "改到 Move", "moved", () => {
      const [day, half] = halves.value.split(":");
      halves.blur();
      return ask("bookings/decide", { id: b.id, state: "confirmed", day, half });
    }));
  } else {
    acts.push(Object.assign(document.createElement("span"), { className: "late", textContent: "这些天都满了 No half-day is left" }));
  }
  if (!b.part[0]) acts.push(decide("取消 Cancel", "cancelled", () => ask("bookings/decide", { id: b.id, state: "cancelled" })));
  return acts;
}

function showBookings({ bookings, calendars }) {
  $("bookings").replaceChildren(...bookings.map(b => {
    const what = (names.get(b.service) || b.service) + (b.part[0] ? `：${b.part[0]} ${b.part[1]}` : "");
    const when = b.day ? (b.state === "asked" || b.state === "full" ? "想要 wished " : "") + halfWords(b.day, b.half) : "—";
    const tr = row([when, what, b.receipt, BOOKING_STATES[b.state] || b.state], ...bookingActs(b, calendars));
    tr.dataset.receipt = b.receipt;
    if (OPEN_ENDED.includes(b.state)) tr.className = "waiting-for-day";
    return tr;
  }));
}
