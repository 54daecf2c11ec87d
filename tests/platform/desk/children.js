"use strict";
// A bundle is one parent with children: each with its office, clock, delivery and what it waits for. Everything is set as text.
const CHILD_DELIVERIES = {
  post: ["邮寄", "by post"], pickup: ["自取", "collected"], account: ["打到账户", "paid out"],
  electronic: ["电子", "electronic"], none: ["不用取", "nothing to collect"],
};

// "office · 2 个工作日 · after 1 · way", in both languages.
function childLines(c) {
  const ways = (c.delivery || []).map(w => CHILD_DELIVERIES[w] || [w, w]), after = (c.after || []).join("、");
  const days = Number(c.promised_days) || 0;
  return [
    [c.department && c.department.name, days ? `${days} 个工作日` : "当场", after && `第 ${after} 件办好后`, ways.map(w => w[0]).join("或")],
    [days ? `${days} working days` : "on the spot", after && `after no. ${after}`, ways.map(w => w[1]).join(" or ")],
  ].map(parts => parts.filter(Boolean).join(" · "));
}

// A joint visit (SS-30): when the offices come. It is set and moved with the bookings.
const VISITS = { asked: ["等定时间", "to be set"], full: ["选的半天已满，要另定", "was full, to be set"], held: ["待确认", "to confirm"],
  confirmed: ["已约定", "confirmed"], moved: ["已改期", "moved"], returned: ["群众退了时间，要另定", "given back, to be set"] };

function visitLine(v) {
  const e = make("a", `上门：${[v.day, v.half === "pm" ? "下午" : v.half && "上午", v.hours].filter(Boolean).join(" ")} ${VISITS[v.state].join(" ")}`, { class: "how visit" });
  e.href = "queue.html";
  return e;
}

// Which papers the part waits for; a paper that no part names is everybody's.
function papersOf(c) {
  const names = (c.papers || []).map(id => materialWords(chosen.service, id));
  return names.length ? [`材料：${names.map(n => n[0]).join("、")}`, `papers: ${names.map(n => n[1]).join(", ")}`] : null;
}

function isOfPart(id) {
  const one = parts.children.find(c => c.no === parts.no);
  return !one || !one.papers || one.papers.includes(id);
}

// Which part the steps below are for; 0: all that may take them.
const parts = { of: null, no: 0, children: [] };

function partWords(p) {
  const t = p.case.timeline, left = t.days_left;
  const waits = (p.waits_for || []).length && p.case.allowed.length ? p.waits_for.join("、") : "";
  const isOpen = ["accepted", "accepted_gap", "in_review"].includes(p.case.state);
  return [
    [waits && `等第 ${waits} 件`, isOpen && left !== undefined && (left < 0 ? `超期 ${-left} 天` : `剩 ${left} 个工作日`), t.reason],
    [waits && `waits for no. ${waits}`, isOpen && left !== undefined && (left < 0 ? `${-left} days late` : `${left} working days left`)],
  ].map(list => list.filter(Boolean).join(" · "));
}

function partButton(o, no, pair) {
  const b = words("button", pair, { type: "button", class: "part", "data-part": String(no), "aria-pressed": String(parts.no === no) });
  b.addEventListener("click", () => { parts.no = no; showPart(o); });
  return b;
}

function partRow(o, p) {
  const child = (o.item && o.item.children || []).find(c => c.no === p.no), li = make("li", "");
  li.append(partButton(o, p.no, [`${p.no}  ${p.name[0]}`, p.name[1]]), badge(p.case.state));
  li.append(make("small", o.envelope.receipt + "." + p.no));
  li.append(words("span", child ? childLines(child) : p.office, { class: "how" }), words("span", partWords(p), { class: "stands" }));
  const papers = child && papersOf(child), owed = (p.case.timeline.owed || []).map(w => materialWords(chosen.service, w.material)[0] + " " + (w.due || ""));
  if (p.visit) li.append(visitLine(p.visit));
  if (papers) li.append(words("span", papers, { class: "how" }));
  if (owed.length) li.append(words("span", ["待补：" + owed.join("、"), "owed"], { class: "late" }));
  if (p.case.timeline.owner) li.append(make("span", "经办：" + p.case.timeline.owner.name + " " + p.case.timeline.owner.phone, { class: "how" }));
  if (p.case.has_alarm) li.append(make("span", "警报 alarm", { class: "late" }));
  return li;
}

// What was applied for, as long as the server does not hold the parts as cases of their own.
function childRow(o, c) {
  const li = make("li", `${c.no}  ${c.name}`);
  li.append(make("small", o.envelope.receipt + "." + c.no), words("span", childLines(c), { class: "how" }));
  return li;
}

// Times, steps and record of the whole, or of the part that is chosen.
function showPart(o) {
  const list = o.parts || [], one = list.find(p => p.no === parts.no), s = chosen.service;
  const all = make("li", "");
  if (!one) parts.no = 0;
  parts.children = o.item && o.item.children || [];
  all.append(partButton(o, 0, ["各件一起", "All parts"]), badge(o.state));
  const applied = list.length ? [] : o.item && o.item.children || [];
  $("children").replaceChildren(...(list.length ? [all] : []), ...list.map(p => partRow(o, p)), ...applied.map(c => childRow(o, c)));
  $("parts").hidden = !list.length && !applied.length;
  $("for").replaceChildren(...(one ? words("span", [`第 ${one.no} 件：${one.name[0]}`, `No. ${one.no}: ${one.name[1]}`]).childNodes
    : list.length ? words("span", ["各件一起：能走这一步的都走", "All parts that may take the step"]).childNodes : []));
  const shown = one ? { ...o, case: one.case } : o;
  showTimes(shown);
  showHolder(shown);
  showSteps(shown, s);
  showRecord(shown);
}

function showChildren(o) {
  if (parts.of !== o.id) parts.no = 0;
  parts.of = o.id;
  showPart(o);
}
