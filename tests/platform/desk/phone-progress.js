// How far a matter is, by the number on its slip: its state and the way of its parcel, with the age of what is known. Nothing of whose it is.
"use strict";

const STATES = {
  received: ["已收件", "Received"], accepted: ["已受理", "Accepted"], accepted_gap: ["已受理，还有材料要交", "Accepted, papers may follow"],
  correction_requested: ["要补材料，请看通知或到自助机上查", "Something is missing: see the notice, or ask at a kiosk"],
  in_review: ["办理中", "Being worked on"], suspended: ["暂停，时间不算", "Paused: the clock stands"], granted: ["已办好", "Granted"],
  denied: ["没有批准，理由请到自助机或窗口看", "Not granted: ask for the reasons at a kiosk or the counter"], delivered: ["已送达", "Delivered"],
  not_accepted: ["不予受理，理由请到自助机或窗口看", "Not accepted: ask for the reasons at a kiosk or the counter"],
  withdrawn: ["已撤回", "Withdrawn"], terminated: ["已终止", "Ended"], revoked: ["受理已撤销", "Acceptance was revoked"], rated: ["已评价", "Rated"],
};
const PARCEL = {
  unknown: ["已寄出，快递公司还没有消息", "Sent by post; the carrier has not said anything yet"], collected: ["快递员已取件", "The carrier has it"],
  under_way: ["正在路上", "On its way"], delivered: ["已送到", "It has arrived"],
  returned: ["没送到，退回来了，请打电话给窗口", "It came back: please telephone the office"],
};
const OTHER = ["县里已答复，请到自助机上查", "The county has answered: ask at a kiosk"];

function localTime(text) {
  return new Date(text).toLocaleString(language ? "en-GB" : "zh-CN", { dateStyle: "medium", timeStyle: "short", hour12: false });
}

// Days old, once it is more than two: what is shown may have changed.
function ageWords(text) {
  const days = Math.floor((Date.now() - new Date(text)) / 86400000);
  if (days < 2) return localTime(text);
  return localTime(text) + (language ? ` (${days} days old: it may have changed)` : `（${days} 天前的消息，可能已有变化）`);
}

const SENT = { returned: ["包裹退回来了", "The parcel came back"], other: ["已寄出", "Sent by post"] };
const RUNNING = ["received", "accepted", "accepted_gap", "in_review"];

// What was handed to a carrier is not there yet.
function stateWords(o) {
  const isOut = o.state === "delivered" && o.parcel && o.parcel.state !== "delivered";
  return ((isOut ? SENT[o.parcel.state] || SENT.other : STATES[o.state]) || OTHER)[language];
}

function progressLines(o) {
  const lines = [[["办件编号", "Number"], o.receipt], [["办到哪一步", "How far"], stateWords(o)]];
  if (o.promised_by && o.days_left >= 0 && RUNNING.includes(o.state)) lines.push([["承诺办完", "Promised by"], o.promised_by]);
  if (o.parcel) {
    lines.push([["包裹", "Parcel"], PARCEL[o.parcel.state][language] + (o.parcel.at ? ` · ${localTime(o.parcel.at)}` : "")]);
    if (o.parcel.as_of) lines.push([["快递公司的消息", "The carrier said so"], ageWords(o.parcel.as_of)]);
  }
  return [...lines, [["更新时间", "Since"], localTime(o.changed_at)]];
}

let progressShown = null;
function progressDraw() {
  if (!progressShown) return;
  $("progress").replaceChildren(...progressLines(progressShown).flatMap(([name, value]) => [
    el("dt", { textContent: name[language] }), el("dd", { textContent: value })]));
}

async function progressAsk() {
  let reply;
  progressShown = null;
  $("progress").replaceChildren();
  try {
    reply = await fetch("/phone/progress", { method: "POST", headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ receipt: $("number").value.trim() }) });
  } catch { throw new Trouble("offline"); }
  if (!reply.ok) throw new Trouble(reply.status === 400 ? "badnumber" : reply.status === 404 ? "nonumber" : "offline");
  progressShown = await reply.json();
  progressDraw();
}
