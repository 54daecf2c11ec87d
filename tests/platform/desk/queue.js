"use strict";
// The clerk's page for the queue and for bookings. Everything from outside is set as text.
const $ = id => document.getElementById(id);
const given = new URLSearchParams(location.search).get("token");
if (given) {
  sessionStorage.setItem("token", given);
  history.replaceState(null, "", location.pathname);
}
const token = given || sessionStorage.getItem("token") || "";
let shown = "", names = new Map();

async function ask(path, body) {
  const headers = { Authorization: "Bearer " + token };
  if (body) headers["Content-Type"] = "application/json";
  const answer = await fetch(path, { method: body ? "POST" : "GET", headers, body: body && JSON.stringify(body) });
  const value = await answer.json();
  if (!answer.ok) throw new Error(value.title || answer.statusText);
  return value;
}

function row(cells, ...buttons) {
  const tr = document.createElement("tr");
  for (const text of cells) {
    const td = document.createElement("td");
    td.textContent = text;
    tr.append(td);
  }
  if (buttons.length) {
    const td = document.createElement("td");
    td.append(...buttons);
    tr.append(td);
  }
  return tr;
}

const WHY = { deadline: "期限将到 A deadline", health: "健康或安全 Health or safety", death: "有人去世 A death", travel: "即将离开 Leaving", matter: "事项本身紧急 The matter itself" };

function urgentButton(number, urgent, words) {
  const b = document.createElement("button");
  b.textContent = words;
  b.dataset.urgent = urgent;
  b.addEventListener("click", () => ask("queue/urgent", { number, urgent, by: "窗口 " + $("counter").value.trim() }).then(refresh).catch(say));
  return b;
}

// What is urgent is confirmed by whoever asks about it; the number stays where it is otherwise.
function waitingRow(t) {
  const order = t.urgent === "confirmed" ? "加急 urgent" : t.urgent === "said" ? "自述紧急 says urgent" : t.first ? "优先 first" : "";
  const tr = row([t.number, names.get(t.theme) || t.theme, order + (t.why && t.urgent !== "refused" ? "：" + WHY[t.why] : ""), String(t.minutes)],
    ...(t.urgent === "said" ? [urgentButton(t.number, true, "确认加急 Confirm"), urgentButton(t.number, false, "按一般 Not urgent")] : [""]));
  tr.dataset.number = t.number;
  tr.className = t.urgent;
  return tr;
}

function say(e) { $("summary").textContent = e.message; }

async function refresh() {
  if (document.activeElement && document.activeElement.tagName === "SELECT") return; // somebody chooses a half-day
  const [queue, bookings] = await Promise.all([ask("queue"), ask("bookings")]);
  const text = JSON.stringify([queue, bookings]);
  if (text === shown) return;
  shown = text;
  $("summary").textContent = queue.known ? "" : "county-open 没有应答，人数不全 does not answer: not all are shown";
  $("waiting").replaceChildren(...queue.waiting.map(waitingRow));
  showBookings(bookings);
}

async function callNext(lane) {
  try {
    const { number } = await ask("queue/next", { counter: $("counter").value.trim(), themes: [], lane });
    $("now").textContent = number || "没有人在等 Nobody is waiting";
    await refresh();
  } catch (error) {
    say(error);
  }
}
$("queue-call").addEventListener("submit", e => {
  e.preventDefault();
  callNext("");
});
$("next-urgent").addEventListener("click", () => callNext("urgent"));

async function begin() {
  const catalogue = await ask("catalogue");
  for (const t of catalogue.themes) names.set(t.id, t.name.zh);
  for (const s of catalogue.services) names.set(s.code, s.short_name.zh);
  await refresh();
  setInterval(() => refresh().catch(say), 2000);
}
begin().catch(say);
