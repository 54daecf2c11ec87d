"use strict";
// The clerk's page. Everything that comes from outside is set as text, never as markup.
const $ = id => document.getElementById(id);
const page = { token: "", catalogue: null, filter: "todo", chosen: null, services: new Map(), busy: false };

// ---- asking the server -------------------------------------------------------------------

// The token comes in the address once; it then lives in this tab alone.
function takeToken() {
  const given = new URLSearchParams(location.search).get("token");
  if (given) {
    sessionStorage.setItem("token", given);
    history.replaceState(null, "", location.pathname);
  }
  return given || sessionStorage.getItem("token") || "";
}

async function ask(path, body) {
  const headers = { Authorization: "Bearer " + page.token };
  if (body) headers["Content-Type"] = "application/json";
  const answer = await fetch(path, { method: body ? "POST" : "GET", headers, body: body && JSON.stringify(body) });
  const value = await answer.json();
  if (!answer.ok) throw new Error(value.title || answer.statusText);
  return value;
}

// ---- making elements ---------------------------------------------------------------------

function make(tag, text, attributes = {}) {
  const e = document.createElement(tag);
  e.textContent = text;
  for (const [name, value] of Object.entries(attributes)) e.setAttribute(name, value);
  return e;
}

// Chinese with English under it.
function words(tag, pair, attributes) {
  const e = make(tag, pair[0], attributes);
  if (pair[1]) e.append(make("small", pair[1]));
  return e;
}

const both = text => text ? [text.zh, text.en] : ["", ""];
const badge = state => words("span", STATES[state] || [state, ""], { class: "state " + state });

function time(text) {
  const t = new Date(text);
  return isNaN(t) ? text : t.toLocaleString("zh-CN", { hour12: false, dateStyle: "short", timeStyle: "short" });
}

const day = text => text.replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3");

function fact(list, pair, value, note) {
  const div = make("div", "", value.length > 16 ? { class: "wide" } : {}), dd = make("dd", value);
  if (note) dd.append(make("small", note));
  div.append(words("dt", pair), dd);
  list.append(div);
}

// ---- the catalogue -----------------------------------------------------------------------

const service = code => (page.catalogue.services || []).find(s => s.code === code);
const fieldsOf = s => ((s && s.pages) || []).flatMap(p => p.fields);
const material = (s, id) => ((s && s.materials) || []).find(m => m.id === id);
const materialWords = (s, id) => both((material(s, id) || { name: { zh: id, en: "" } }).name);

function valueWords(field, value) {
  const choice = ((field && field.choices) || []).find(c => c.value === value);
  if (choice) return both(choice.label);
  if (field && field.kind === "yes_no") return value === "yes" ? ["是", "Yes"] : ["否", "No"];
  if (field && field.kind === "date") return [day(value), ""];
  return [field && field.kind === "amount" ? value + " 元" : value, ""];
}

function serviceWords(item) {
  const code = page.services.get(item.id), s = service(code);
  if (s) return both(s.short_name);
  return code ? [code, ""] : KINDS[item.kind] || [item.kind, ""];
}

// ---- the list ----------------------------------------------------------------------------

function row(item) {
  const tr = make("tr", "", { "aria-selected": String(page.chosen === item.id), "data-id": item.id });
  const open = words("button", serviceWords(item), { type: "button" }), first = make("td", ""), last = make("td", "");
  first.append(open);
  last.append(badge(item.state));
  if (item.has_alarm) last.append(make("span", "警报 alarm", { class: "late" }));
  if (item.revisit_by) last.append(make("span", `${item.revisit_by} 前回访 call back`, { class: item.revisit_late ? "late" : "how" }));
  if (item.days_left < 0) last.append(make("span", `超期 ${-item.days_left} 天 late`, { class: "late" }));
  tr.append(first, make("td", item.receipt, { class: "number" }), make("td", time(item.submitted_at)), last);
  tr.addEventListener("click", () => showItem(item.id));
  return tr;
}

// Which service an item is about is inside the seal: asked once for each.
async function learnServices(items) {
  const unknown = items.map(i => i.id).filter(id => !page.services.has(id)).slice(0, 100);
  if (!unknown.length) return;
  const outlines = await ask("outlines?ids=" + unknown.join(","));
  for (const [id, code] of Object.entries(outlines)) page.services.set(id, code);
}

function showFilters(items) {
  const buttons = Object.entries(FILTERS).map(([name, f]) => {
    const count = f.states ? items.filter(i => f.states.includes(i.state)).length : items.length;
    const b = words("button", [f.words[0] + " " + count, f.words[1]], { type: "button", "aria-pressed": String(page.filter === name), "data-filter": name });
    b.addEventListener("click", () => { page.filter = name; refresh(); });
    return b;
  });
  $("filters").replaceChildren(...buttons);
}

// The row that has the focus keeps it: the list is made anew all the time.
function showRows(items) {
  const focused = document.activeElement.closest && document.activeElement.closest("#rows tr");
  $("rows").replaceChildren(...items.map(row));
  const again = focused && $("rows").querySelector(`[data-id="${CSS.escape(focused.dataset.id)}"] button`);
  if (again) again.focus();
}

async function refresh() {
  try {
    const { items, more } = await ask("items");
    let trouble = "";
    await learnServices(items).catch(e => { trouble = e.message; });
    const states = FILTERS[page.filter].states, shown = states ? items.filter(i => states.includes(i.state)) : items;
    const text = JSON.stringify([items, more, trouble, page.filter, page.chosen, page.services.size]);
    if (text === page.shown) return;
    page.shown = text;
    showFilters(items);
    showRows(shown);
    $("empty").hidden = shown.length > 0;
    $("more").hidden = !more;
    $("summary").textContent = trouble;
  } catch (e) {
    page.shown = "";
    $("summary").textContent = e.message;
  }
}

// ---- one item ----------------------------------------------------------------------------

function drawing(ink, name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const width = Number(ink.width) || 1, height = Number(ink.height) || 1;
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", name);
  for (const points of ink.strokes || []) {
    const line = document.createElementNS(svg.namespaceURI, "polyline");
    const list = points.map(p => Number(p[0]) + "," + Number(p[1]));
    line.setAttribute("points", (list.length === 1 ? [list[0], list[0]] : list).join(" ")); // a dot is a line of no length
    svg.append(line);
  }
  return svg;
}

function showEnvelope(o) {
  const e = o.envelope, list = $("envelope");
  list.replaceChildren();
  fact(list, ["办件编号", "Number"], e.receipt);
  fact(list, ["业务编号", "Reference"], e.server_ref);
  fact(list, ["提交", "Handed in"], time(e.submitted_at), BASES[e.clock_basis]);
  fact(list, ["收到", "Arrived"], time(e.received_at));
  fact(list, ["终端", "Kiosk"], e.kiosk);
}

function residentText(key, text) {
  return key === "sex" ? SEXES[text] || text : key === "birth" ? day(text) : text;
}

function showResident(resident) {
  const list = $("resident");
  list.replaceChildren();
  if (!resident) {
    fact(list, ["申请人", "Applicant"], "未出示证件", "Without a card");
    return;
  }
  for (const [key, pair] of Object.entries(RESIDENT))
    if (resident[key]) fact(list, pair, residentText(key, String(resident[key])));
}

// In the order of the form; what the catalogue does not know comes last.
function inOrder(answers, fields) {
  const place = name => (fields.findIndex(f => f.name === name) + 1) || Infinity;
  return Object.entries(answers || {}).sort(([a], [b]) => place(a) === place(b) ? 0 : place(a) - place(b));
}

function showAnswers(item, s) {
  const list = $("answers"), fields = fieldsOf(s);
  list.replaceChildren();
  if (item.withdraw) fact(list, ["撤回的申请", "Application withdrawn"], item.withdraw.receipt);
  for (const [name, value] of inOrder(item.form, fields)) {
    const field = fields.find(f => f.name === name), [zh, en] = valueWords(field, String(value));
    fact(list, field ? both(field.label) : [name, ""], zh, en);
  }
  $("inks").replaceChildren(...inOrder(item.ink, fields).map(([name, ink]) => {
    const field = fields.find(f => f.name === name), figure = make("figure", "");
    figure.append(words("figcaption", field ? both(field.label) : [name, ""]), drawing(ink, name));
    return figure;
  }));
}

function showInside(item) {
  const s = service(item.manifest.item_code);
  showInsisted(item, s);
  showResident(item.resident);
  showAnswers(item, s);
  showPapers(item, s);
  $("promise").textContent = [item.promise, ...(item.gaps || []).map(g => g.promise)].filter(Boolean).map(p => p.text).join("\n");
  $("signed").replaceChildren($("signed").firstElementChild);
  $("signed").hidden = !item.signature;
  if (item.signature) $("signed").append(drawing(item.signature, "签名 Signature"));
}

function fill(o) {
  const item = o.item, s = item && service(item.manifest.item_code);
  chosen.service = s;
  $("title").replaceChildren(...words("span", s ? both(s.name) : KINDS[o.envelope.kind] || [o.envelope.kind, ""]).childNodes);
  $("state").replaceChildren(badge(o.state));
  $("trouble").textContent = o.error || "";
  showEnvelope(o);
  $("inside").hidden = !item;
  if (item) showInside(item);
  showChildren(o);
  showOwner(o, s);
  showWaivers(o, s);
  showRating(o);
  showCalls(o);
  $("none").hidden = true;
  $("item").hidden = false;
}

async function showItem(id) {
  page.chosen = id;
  try {
    const o = await ask("item?id=" + encodeURIComponent(id));
    if (page.chosen === id) fill(o);
  } catch (e) {
    $("trouble").textContent = e.message;
  }
  refresh();
}

async function begin() {
  page.token = takeToken();
  try {
    page.catalogue = await ask("catalogue");
    await showDay();
  } catch (e) {
    $("summary").textContent = e.message;
    return;
  }
  await refresh();
  setInterval(refresh, 1500);
}

$("decision").addEventListener("submit", confirmStep);
begin();
