"use strict";
// What may be done with a case: exactly the steps of the statute's table that the server names, each with its article.
// Uses make(), words(), fact(), badge(), ask(), time(), material words of desk.js.
const chosen = { step: null, case: null };

// How the carrier says that it stands, and as of when.
const PARCELS = {
  unknown: "快递公司还没有消息 no word from the carrier", collected: "已取件 collected", under_way: "在路上 under way",
  delivered: "已送到 arrived", returned: "退回来了 CAME BACK",
};
function parcelWords(p) {
  return p ? PARCELS[p.state] + (p.as_of ? `（${time(p.as_of)}）` : "") : "";
}

function showTimes(o) {
  const c = o.case, list = $("times");
  $("clock").hidden = !c;
  list.replaceChildren();
  $("alarm").textContent = c && c.has_alarm ? "警报：有人想作第二次告知。Alarm: a second notice was tried." : "";
  if (!c) return;
  const t = c.timeline, sign = t.is_provisional ? "（暂定，明年假期未公布 provisional）" : "";
  fact(list, ["今天", "Today"], c.today);
  if (t.promised_by) fact(list, ["承诺", "Promised by"], t.promised_by, sign);
  if (t.legal_by) fact(list, ["法定", "Legal by"], t.legal_by);
  if (t.days_left !== undefined) fact(list, ["剩余工作日", "Working days left"], String(t.days_left), t.days_left < 0 ? "超期 late" : "");
  if (t.paused_since) fact(list, ["暂停自", "Stopped since"], t.paused_since);
  for (const p of t.owed || []) fact(list, ["待补", "Owed"], materialWords(chosen.service, p.material)[0], p.due);
  if (t.delivery) fact(list, ["送达", "Delivery"], DELIVERIES[t.delivery.kind].join(" "), [t.delivery.code, t.delivery.counter, t.delivery.tracking, parcelWords(t.delivery.parcel)].filter(Boolean).join(" · "));
}

function showRecord(o) {
  const record = o.case ? o.case.record : [];
  $("history").replaceChildren(...record.map(h => {
    const li = make("li", "");
    li.append(words("span", STEPS[h.what] || [h.what, ""], { class: "state" }), make("time", time(h.at)));
    li.append(make("span", [LANES[h.lane], h.article].filter(Boolean).join(" · "), { class: "how" }));
    if (h.reason) li.append(make("q", h.reason));
    if (h.note) li.append(make("q", h.note));
    return li;
  }));
}

// Which inputs a step asks for.
const NEEDS = {
  accept_gap: ["materials"], notify: ["materials", "days"], gap_closed: ["material"], gap_failed: ["material"],
  set_out: ["counter"], deliver: ["delivery"],
};

// Against these there are remedies: the kiosk says so with the reason (Administrative Reconsideration Law Art. 20).
const REFUSALS = ["deny", "refuse", "unlawful", "gap_failed"];

function showSteps(o, s) {
  chosen.step = null;
  chosen.case = o.case;
  const steps = o.case ? o.case.allowed : [];
  $("decision").hidden = !steps.length;
  $("ask").hidden = true;
  $("buttons").replaceChildren(...steps.map(step => {
    const b = words("button", STEPS[step.event], { type: "button", "data-event": step.event, "aria-pressed": "false" });
    b.append(make("small", step.article, { class: "article" }));
    b.addEventListener("click", () => choose(step, s));
    return b;
  }));
  fillChoices(o, s);
}

function fillChoices(o, s) {
  const owed = o.case && o.case.timeline.owed || [];
  $("missing").replaceChildren($("missing").firstElementChild, ...((s && s.materials) || []).map(m => {
    const label = words("label", both(m.name)), box = make("input", "", { type: "checkbox", value: m.id });
    label.dataset.how = m.how;
    label.prepend(box);
    return label;
  }));
  $("material").replaceChildren(...owed.map(p => make("option", materialWords(s, p.material)[0] + " " + (p.due || ""), { value: p.material })));
  $("kind").replaceChildren(...Object.entries(DELIVERIES).map(([kind, pair]) => make("option", pair.join(" "), { value: kind })));
  $("kind").onchange = showDelivery;
  for (const id of ["reason", "note", "tracking", "counter"]) $(id).value = "";
  $("changed").checked = false;
}

const isHandedOver = () => chosen.case.timeline.delivery && chosen.case.timeline.delivery.kind === "pickup";

function show(name, visible) {
  document.querySelector(`#ask [data-for="${name}"]`).hidden = !visible;
}

function showDelivery() {
  const isDelivery = chosen.step.event === "deliver" && !isHandedOver();
  show("delivery", isDelivery);
  show("tracking", isDelivery && $("kind").value === "post");
  show("counter", chosen.step.event === "set_out" || (isDelivery && $("kind").value === "pickup"));
}

function choose(step, s) {
  const needs = NEEDS[step.event] || [];
  chosen.step = step;
  for (const b of $("buttons").children) b.setAttribute("aria-pressed", String(b.dataset.event === step.event));
  for (const name of ["materials", "days", "material"]) show(name, needs.includes(name));
  show("reason", step.has_reason);
  show("changed", step.event === "notify" && chosen.case.notices > 0);
  // Only what the published guide lets follow may be a gap, and only what this part waits for.
  for (const label of $("missing").querySelectorAll("label")) label.hidden = step.event === "accept_gap" && (label.dataset.how !== "later" || !isOfPart(label.querySelector("input").value));
  $("remedy").hidden = !REFUSALS.includes(step.event);
  showDelivery();
  $("confirm").replaceChildren(...words("span", ["确认：" + STEPS[step.event][0], [STEPS[step.event][1], step.article].filter(Boolean).join(" · ")]).childNodes);
  $("ask").hidden = false;
}

function wish() {
  const event = chosen.step.event, line = id => $(id).value.replace(/\s+/g, " ").trim(), needs = NEEDS[event] || [];
  const body = { id: page.chosen, event, part: parts.no, note: line("note") };
  const mine = takesStep();
  if (mine) body.owner = mine;
  if (chosen.step.has_reason) body.reason = line("reason");
  if (needs.includes("materials"))
    body.materials = [...$("missing").querySelectorAll("label:not([hidden]) input:checked")].map(b => b.value);
  if (needs.includes("days")) body.days = Number($("days").value) || 0;
  if (needs.includes("material")) body.material = $("material").value;
  if (event === "notify" && $("changed").checked) body.has_changed = true;
  if (event === "set_out") body.delivery = { kind: "pickup", counter: line("counter") };
  if (event === "deliver" && !isHandedOver())
    body.delivery = { kind: $("kind").value, tracking: line("tracking"), counter: line("counter") };
  return body;
}

async function confirmStep(e) {
  e.preventDefault();
  if (page.busy || !chosen.step) return;
  if (chosen.step.has_reason && !$("reason").value.trim()) {
    $("trouble").textContent = "书面理由必填。A reason in writing is needed.";
    return;
  }
  page.busy = true;
  try {
    await ask("step", wish());
    $("trouble").textContent = "";
    await showItem(page.chosen);
  } catch (e) {
    const said = e.message;
    await showItem(page.chosen); // an alarm may have come of it
    $("trouble").textContent = said;
  } finally {
    page.busy = false;
  }
}

// ---- the county's day ----------------------------------------------------------------------

async function showDay() {
  const d = await ask("day");
  $("day").replaceChildren(make("span", "今天 " + d.today));
  if (!d.is_practice) return;
  const next = words("button", ["过一天", "Next day"], { type: "button" });
  next.addEventListener("click", async () => {
    await ask("day", { days: 1 });
    await showDay();
    if (page.chosen) await showItem(page.chosen);
  });
  $("day").append(next);
}
