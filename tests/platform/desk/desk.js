"use strict";
// The clerk's page. Everything that comes from outside is set as text, never as markup.
const token = new URLSearchParams(location.search).get("token") || "";
const states = {
  received: "已收件", correction_requested: "待补正", accepted: "已受理", not_accepted: "不予受理",
  in_review: "办理中", suspended: "挂起", granted: "办结（准予）", denied: "办结（不予）",
};
const steps = {
  received: ["correction_requested", "accepted", "not_accepted"],
  correction_requested: ["correction_requested", "accepted", "not_accepted"],
  accepted: ["correction_requested", "granted", "denied"],
  in_review: ["correction_requested", "granted", "denied"],
};
let catalogue = null, chosen = null;
const $ = id => document.getElementById(id);

async function ask(path, body) {
  const separator = path.includes("?") ? "&" : "?";
  const how = body ? { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" } } : {};
  const answer = await fetch(path + separator + "token=" + encodeURIComponent(token), how);
  const value = await answer.json();
  if (!answer.ok) throw new Error(value.title || answer.statusText);
  return value;
}

function make(tag, text, attributes = {}) {
  const e = document.createElement(tag);
  e.textContent = text;
  for (const [name, value] of Object.entries(attributes)) e.setAttribute(name, value);
  return e;
}

function stateBadge(state) {
  return make("span", states[state] || state, { class: "state " + state });
}

function time(text) {
  return new Date(text).toLocaleString("zh-CN", { hour12: false });
}

async function refresh() {
  try {
    const { items } = await ask("items");
    const rows = items.map(i => {
      const row = document.createElement("tr");
      row.setAttribute("aria-selected", String(chosen === i.id));
      const number = document.createElement("td"), open = make("button", i.receipt, { type: "button", "data-id": i.id });
      number.append(open);
      const state = document.createElement("td");
      state.append(stateBadge(i.state));
      row.append(number, make("td", time(i.received_at)), state);
      row.addEventListener("click", () => show(i.id));
      return row;
    });
    $("rows").replaceChildren(...rows);
    $("empty").hidden = items.length > 0;
    $("summary").textContent = items.length + " 件 · " + items.filter(i => i.state === "received").length + " 件待处理";
  } catch (e) {
    $("summary").textContent = e.message;
  }
}

const service = code => (catalogue.services || []).find(s => s.code === code);

function* fieldsOf(s) {
  for (const page of (s && s.pages) || []) yield* page.fields;
}

function valueText(field, value) {
  const choice = ((field && field.choices) || []).find(c => c.value === value);
  return choice ? choice.label.zh : value === "yes" ? "是" : value === "no" ? "否" : value;
}

function fact(list, label, value) {
  list.append(make("dt", label), make("dd", value));
}

function drawInk(ink) {
  $("ink").hidden = !ink;
  if (!ink) return;
  const svg = $("signature"), name = "http://www.w3.org/2000/svg";
  svg.setAttribute("viewBox", `0 0 ${ink.width} ${ink.height}`);
  svg.replaceChildren(...ink.strokes.map(points => {
    const line = document.createElementNS(name, "polyline");
    line.setAttribute("points", points.map(p => p[0] + "," + p[1]).join(" "));
    line.setAttribute("fill", "none");
    line.setAttribute("stroke", "#18222f");
    line.setAttribute("stroke-width", "6");
    line.setAttribute("stroke-linecap", "round");
    return line;
  }));
}

function materialName(s, id) {
  const material = ((s && s.materials) || []).find(m => m.id === id);
  return material ? material.name.zh : id;
}

function fill(opened) {
  const item = opened.item, manifest = item.manifest, s = service(manifest.item_code), list = $("fields");
  $("title").textContent = (s ? s.name.zh : manifest.item_code) + " · " + manifest.receipt;
  $("facts").replaceChildren(stateBadge(opened.state));
  list.replaceChildren();
  if (item.resident) {
    fact(list, "姓名", item.resident.name || item.resident.english_name || "");
    fact(list, "身份证号", item.resident.number);
  }
  const fields = [...fieldsOf(s)];
  for (const [name, value] of Object.entries(item.form || {})) {
    const field = fields.find(f => f.name === name);
    fact(list, field ? field.label.zh : name, valueText(field, value));
  }
  drawInk(item.signature);
  const boxes = (item.materials || []).map(m => {
    const label = make("label", ""), box = make("input", "", { type: "checkbox", value: m.id });
    label.append(box, " " + materialName(s, m.id));
    return label;
  });
  $("materials").replaceChildren($("materials").firstElementChild, ...boxes);
  for (const b of $("buttons").children) b.disabled = !(steps[opened.state] || []).includes(b.dataset.state);
}

async function show(id) {
  chosen = id;
  $("item").hidden = false;
  $("trouble").textContent = "";
  try {
    const opened = await ask("item?id=" + encodeURIComponent(id));
    if (opened.error) throw new Error(opened.error);
    fill(opened);
  } catch (e) {
    $("trouble").textContent = e.message;
  }
  refresh();
}

async function decide(state) {
  const missing = state === "correction_requested" ? [...$("materials").querySelectorAll("input:checked")].map(b => b.value) : [];
  const due = missing.length ? new Date(Date.now() + 14 * 86400000).toISOString().slice(0, 19) + "Z" : "";
  try {
    await ask("decide", { id: chosen, state, note: $("note").value, missing, due });
    $("note").value = "";
    await show(chosen);
  } catch (e) {
    $("trouble").textContent = e.message;
  }
}

$("buttons").addEventListener("click", e => {
  const button = e.target.closest("button");
  if (button) decide(button.dataset.state);
});

ask("catalogue").then(c => { catalogue = c; return refresh(); }).catch(e => { $("summary").textContent = e.message; });
setInterval(() => { if (catalogue) refresh(); }, 1500);
