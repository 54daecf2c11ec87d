"use strict";
// A month on paper: what the platform has counted, and nothing counted here. null is what is not told.
const token = new URLSearchParams(location.search).get("token") || sessionStorage.getItem("token") || "";
sessionStorage.setItem("token", token);
history.replaceState(null, "", location.pathname);
const at = id => document.getElementById(id);
const number = n => (n === null || n === undefined ? "—" : String(n));
const tenths = n => (n === null || n === undefined ? "—" : (n / 10).toFixed(1));

async function ask(path) {
  const answer = await fetch(path, { headers: { Authorization: "Bearer " + token } });
  const o = await answer.json();
  if (!answer.ok) throw new Error(o.title);
  return o;
}

function element(tag, text, name) {
  const e = document.createElement(tag);
  e.textContent = text === undefined ? "" : text;
  if (name) e.className = name;
  return e;
}

function both(tag, [zh, en], name) {
  const e = element(tag, zh, name);
  if (en) e.append(element("small", en));
  return e;
}

function facts(id, list) {
  at(id).replaceChildren(...list.map(([words, value]) => {
    const div = element("div");
    div.append(both("dt", words), element("dd", value));
    return div;
  }));
}

// First column words, the others numbers; without rows one line that says so.
function table(id, heads, rows, sums) {
  const head = element("thead"), body = element("tbody"), tr = element("tr");
  tr.append(...heads.map((h, i) => both("th", h, i ? "count" : "")));
  head.append(tr);
  const line = (cells, name) => {
    const r = element("tr", "", name);
    r.append(...cells.map((c, i) => (i ? element("td", c, "count") : both("td", c))));
    return r;
  };
  body.append(...rows.map(r => line(r)));
  if (sums && rows.length) body.append(line(sums, "sums"));
  at(id).replaceChildren(head, body);
  at(id).hidden = !rows.length;
  at(id).parentElement.classList.toggle("none", !rows.length);
}

function words(id, head, o, name) {
  table(id, [head, ["次数", "Times"]], o.list.map(r => [name(r), number(r.count)]), [["合计", "all"], number(o.count)]);
}

function show(o) {
  const month = o.month.replace(/^(\d{4})(\d\d)$/, "$1 年 $2 月");
  at("title").textContent = `“最多跑一次”月报　${month}　${o.kiosk ? "终端 " + o.kiosk : "全区"}`;
  at("made").textContent = "统计时间 Made " + new Date(o.made).toLocaleString("sv-SE", { timeZone: "Asia/Shanghai" }).slice(0, 16);
  facts("trips", [[["办件", "Matters handed in"], number(o.trips.handed_in)], [["少跑的趟数", "Trips saved"], number(o.trips.saved)],
    [["又跑一趟的", "Second trips"], number(o.trips.second)], [["没有要群众交的材料", "Papers not asked for"], number(o.trips.papers_not_asked)],
    [["少填的表", "Forms spared"], number(o.trips.forms_spared)]]);
  const ways = Object.keys(WAYS);
  table("matters", [["事项", "Matter"], ...ways.map(w => WAYS[w])],
    o.matters.list.map(m => [[m.name, m.code], ...ways.map(w => number(m.ways[w]))]), [["合计", "all"], ...ways.map(w => number(o.matters.all[w]))]);
  const t = o.times;
  facts("times", [[["办结", "Decided"], number(t.decided)], [["在承诺时限内", "As promised"], number(t.in_promise)],
    [["超承诺、未超法定", "Later than promised, within the law"], number(t.in_law_only)], [["超过法定时限", "Later than the law allows"], number(t.past_law)],
    [["平均用了几个工作日", "Working days, on average"], tenths(t.taken_tenths)], [["平均承诺", "Promised, on average"], tenths(t.promised_tenths)],
    [["平均法定", "By law, on average"], tenths(t.by_law_tenths)]]);
  const r = o.ratings, grades = [["非常不满意", "very bad"], ["不满意", "bad"], ["基本满意", "fair"], ["满意", "good"], ["非常满意", "very good"]];
  table("ratings", [["评价", "Rating"], ["次数", "Times"]], grades.map((g, i) => [g, number(r.grades[i])]).reverse(),
    [["合计；平均 " + tenths(r.mean_tenths), "all; on average " + tenths(r.mean_tenths)], number(r.count)]);
  const u = o.unsettled;
  facts("unsettled", [[["登记", "Registered"], number(u.registered)], [["按期答复", "Answered in time"], number(u.in_time)],
    [["超期", "Late"], number(u.late)], [["期限还没有到", "Not due yet"], number(u.waiting)]]);
  words("causes", ["原因", "Reason"], u, x => causeWords("unsettled", x.cause));
  words("villages", ["村", "Village"], o.villages, x => [x.village || "其他地方", x.village ? "" : "elsewhere"]);
  words("services", ["帮了什么", "Helped with"], o.matters.services, x => SERVICES[x.service] || [x.service]);
  table("left", [["事项", "Matter"], ["页", "Page"], ["次数", "Times"]], o.left.map(l => [[l.name, l.code], causeWords("left", l.page).join(" "), number(l.count)]));
  table("faults", [["终端", "Kiosk"], ["部件", "Part"], ["次数", "Times"]], o.faults.map(f => [[f.kiosk], causeWords("fault", f.part).join(" "), number(f.count)]));
  at("paper").hidden = false;
}

function choices(o) {
  const options = [["", "全区 County"], ...o.kiosks.map(k => [k, k])];
  at("kiosk").replaceChildren(...options.map(([value, text]) => {
    const e = element("option", text);
    e.value = value;
    e.selected = value === o.kiosk;
    return e;
  }));
  at("month").value = o.month.replace(/^(\d{4})(\d\d)$/, "$1-$2");
}

async function load() {
  const query = new URLSearchParams();
  if (at("month").value) query.set("month", at("month").value.replace("-", ""));
  if (at("kiosk").value) query.set("kiosk", at("kiosk").value);
  try {
    const o = await ask("report?" + query);
    choices(o);
    show(o);
    at("summary").textContent = "";
  } catch (error) {
    at("paper").hidden = true;
    at("summary").textContent = error.message;
  }
}

at("choice").addEventListener("change", load);
at("choice").addEventListener("submit", e => e.preventDefault());
at("print").addEventListener("click", () => print());
load();
