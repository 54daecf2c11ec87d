"use strict";
// All kiosks of the county, the worst first. Hundreds of rows: each is made once and changed only when its kiosk has.
const lamps = { red: ["要处理", "needs work"], amber: ["留意", "look after"], green: ["正常", "well"], grey: ["停用", "not in service"] };
const order = ["red", "amber", "grey", "green"];
const rows = new Map(); // id -> { tr, text, kiosk }
let colour = "", chosen = "";
const $ = id => document.getElementById(id);

function ago(s) {
  if (s < 0) return ["从未", "never"];
  if (s < 90) return ["刚才", "just now"];
  if (s < 5400) return [Math.round(s / 60) + " 分钟前", Math.round(s / 60) + " min ago"];
  if (s < 172800) return [Math.round(s / 3600) + " 小时前", Math.round(s / 3600) + " h ago"];
  return [Math.round(s / 86400) + " 天前", Math.round(s / 86400) + " days ago"];
}

function lamp(word) {
  return both("span", lamps[word][0], lamps[word][1], "lamp " + word);
}

function cells(k) {
  const state = make("td"), who = make("td"), why = make("td", undefined, "why"), open = make("button", k.name || k.id);
  const first = k.reasons[0], more = k.reasons.length - 1, q = k.queue || {}, heard = ago(k.silent_s);
  state.append(lamp(k.colour));
  who.append(open);
  if (k.name) who.append(make("small", k.id));
  if (first) why.append(first.zh + (more > 0 ? "，另 " + more + " 项" : ""), make("small", first.en + (more > 0 ? ", and " + more + " more" : "")));
  return [state, who, make("td", k.place), both("td", heard[0], heard[1]), make("td", k.firmware || ""), make("td", q.queued ? String(q.queued) : ""), why];
}

// What the search looks at.
const words = k => [k.id, k.name, k.place, k.firmware || "", k.board || "", ...k.reasons.flatMap(r => [r.zh, r.en])].join(" ").toLowerCase();

function take(k) {
  const text = JSON.stringify({ ...k, silent_s: ago(k.silent_s)[1] });
  let row = rows.get(k.id);
  if (row && row.text === text) return;
  if (!row) {
    row = { tr: make("tr") };
    row.tr.dataset.id = k.id;
    rows.set(k.id, row);
  }
  Object.assign(row, { text, kiosk: k, words: words(k) });
  row.tr.replaceChildren(...cells(k));
}

function count() {
  const counts = { "": rows.size };
  for (const r of rows.values()) counts[r.kiosk.colour] = (counts[r.kiosk.colour] || 0) + 1;
  for (const b of $("colours").children) {
    b.querySelector("b").textContent = counts[b.dataset.colour] || 0;
    b.setAttribute("aria-pressed", b.dataset.colour === colour);
  }
}

function show() {
  const wanted = $("find").value.trim().toLowerCase();
  const fits = [...rows.values()].filter(r => (!colour || r.kiosk.colour === colour) && r.words.includes(wanted));
  fits.sort((a, b) => order.indexOf(a.kiosk.colour) - order.indexOf(b.kiosk.colour) || (a.kiosk.id < b.kiosk.id ? -1 : 1));
  const body = $("rows"), now = [...body.children];
  if (now.length !== fits.length || fits.some((r, i) => now[i] !== r.tr)) body.replaceChildren(...fits.map(r => r.tr));
  for (const r of rows.values()) r.tr.setAttribute("aria-selected", r.kiosk.id === chosen);
  $("empty").hidden = fits.length > 0;
  count();
}

async function refresh() {
  try {
    const { kiosks } = await ask("fleet");
    kiosks.forEach(take);
    show();
    say("");
  } catch (error) {
    say(error.message);
  }
}

// ---- one of them

function fact(zh, en, value) {
  const div = make("div");
  div.append(both("dt", zh, en), make("dd", value === undefined || value === "" ? "—" : String(value)));
  return div;
}

const metres = mm => mm === undefined || mm < 0 ? "" : (mm / 1000).toFixed(1) + " m";
const days = n => n === undefined ? "" : n < 0 ? "0" : n + " 天 days";
const updateStates = { none: "无 none", waiting: "等待 waiting", fetching: "下载中 fetching", checking: "核对中 checking", ready: "等待安装 ready to install", stuck: "停住 stuck" };
const outcomes = { installed: "已安装 installed", refused: "拒绝 refused", "fell-back": "已退回 fell back" };

const devices = { ok: "正常 ok", warning: "留意 look after", failed: "故障 failed", absent: "没找到 absent", "not-fitted": "没装 not fitted" };

function facts(k) {
  const h = k.health || {}, q = h.queue || {}, d = h.documents || {}, u = h.update || {}, last = u.last || {}, v = h.devices || {};
  return [
    fact("最近消息", "Last heard", ago(k.silent_s).join(" ")), fact("固件", "Firmware", h.firmware), fact("板型", "Board", h.board),
    fact("读卡器", "Card reader", devices[v.reader]), fact("打印机", "Printer", devices[v.printer]), fact("余纸", "Paper left", metres(h.paper_mm)),
    fact("键盘", "Keypad", devices[v.keypad]), fact("扫码器", "Scanner", devices[v.scanner]), fact("声音", "Sound", devices[v.sound]),
    fact("待送", "Waiting", q.queued), fact("最早的等了", "Oldest waits", q.oldest_s === undefined ? "" : Math.round(q.oldest_s / 3600) + " h"), fact("搁置", "Set aside", (q.held || 0) + (q.dead || 0)),
    fact("磁盘空闲", "Disk free", h.disk_free_percent === undefined ? "" : h.disk_free_percent + " %"), fact("时钟差", "Clock off by", h.clock_skew_s === undefined ? "" : Math.round(h.clock_skew_s) + " s"), fact("密钥还有", "Key lasts", days(h.key_days)),
    fact("证书还有", "Certificate lasts", days(h.certificate_days)), fact("目录", "Catalogue", d.catalogue), fact("配置", "Configuration", d.config),
    fact("升级", "Update", u.version ? u.version + " " + (updateStates[u.state] || u.state) + " " + u.percent + " %" : updateStates[u.state]), fact("上次升级", "Last update", last.version ? last.version + " " + (outcomes[last.outcome] || last.outcome) : ""), fact("说明", "Said", u.trouble || last.reason),
  ];
}

const notes = {
  "paper-low": ["纸快用完了", "paper running low"], "paper-jam": ["今天卡过纸", "paper jammed"], "reader-slow": ["读卡不灵", "reader unwilling"],
  "network-down": ["断过网", "network was down"], "power-out": ["停过电", "power failed"], "repair-called": ["已报修", "repair called"],
  "slips-open": ["有回执没核对", "slips uncertain"], "carry-today": ["请用服务盘摆渡", "carry by stick"], "clean": ["要擦屏幕和读卡区", "wants cleaning"],
  "many-calls": ["叫人的多", "many asked for help"], "counter-closed": ["有窗口停办", "a counter is closed"], "inspection": ["近日有检查", "inspection due"],
};

function note(n) {
  const said = notes[n.what] || [n.what, n.what], li = both("li", said[0], said[1], "amber");
  if (n.at_ms) li.append(make("span", new Date(n.at_ms).toLocaleString("sv")));
  return li;
}

function event(e) {
  const li = make("li");
  li.append(make("span", e.at_ms ? new Date(e.at_ms).toLocaleString("sv") : ""), both("span", e.what, e.detail));
  return li;
}

async function open(id) {
  const k = await ask("fleet/kiosk?id=" + encodeURIComponent(id));
  const isNew = chosen !== id;
  chosen = id;
  $("title").replaceChildren(k.name || k.id, make("small", k.name ? k.id + " · " + k.place : k.place));
  $("state").replaceChildren(lamp(k.colour));
  $("reasons").replaceChildren(...k.reasons.map(r => both("li", r.zh, r.en, r.colour)));
  $("facts").replaceChildren(...facts(k));
  const left = (k.health || {}).handover || [];
  $("handover-title").hidden = !left.length;
  $("handover").replaceChildren(...left.map(note));
  $("events").replaceChildren(...k.events.map(event));
  if (isNew) {
    $("name").value = k.name;
    $("place").value = k.place;
    $("level").value = k.level || "";
    $("again").value = "";
  }
  $("one").hidden = false;
  if (isNew) $("one").focus({ preventScroll: true });
  show();
}

const tryOpen = id => open(id).catch(error => say(error.message));

$("rows").addEventListener("click", e => {
  const tr = e.target.closest("tr");
  if (tr) tryOpen(tr.dataset.id);
});
$("find").addEventListener("input", show);
for (const c of ["", "red", "amber", "green", "grey"]) {
  const b = make("button");
  b.dataset.colour = c;
  b.append(...(c ? [lamps[c][0]] : ["全部"]), " ", make("b", "0"), make("small", c ? lamps[c][1] : "all"));
  b.addEventListener("click", () => { colour = c; show(); });
  $("colours").append(b);
}
onSend($("naming"), async () => {
  await ask("fleet/name", { id: chosen, name: $("name").value.trim(), place: $("place").value.trim() });
  await refresh();
  await open(chosen);
});
onSend($("levelling"), async () => {
  await ask("fleet/level", { id: chosen, level: $("level").value });
  await open(chosen);
});
onSend($("revoking"), async () => {
  if ($("again").value.trim() !== chosen) throw new Error("编号不一致 The id is not that of this kiosk");
  await ask("fleet/revoke", { id: chosen });
  $("again").value = "";
  await refresh();
  await open(chosen);
});
refresh();
setInterval(() => { refresh(); if (chosen) tryOpen(chosen); }, 10000);
