"use strict";
// Papers of an application: how each stands, and what the resident said of a certificate that the county showed. Everything is set as text.
const PAPER_STATES = {
  "to-fetch": ["待调取", "to be looked up"], here: ["带来了，交窗口", "brought along"], confirmed: ["免提交", "need not be handed in"],
  owed: ["承诺补交", "promised"], missing: ["还缺，已告知", "missing, told"], unsaid: ["没有说", "not said"],
  waived: ["免交，认可了其他证明", "waived: other evidence"],
};
const EVIDENCE = {
  archive: ["档案馆的记载", "a record of an archive"], letter: ["别的单位的证明", "a letter of another office"], old: ["旧证件", "an older certificate"],
  court: ["法院文书或公证书", "a paper of a court or a notary"], record: ["工作人员查到的记录", "a record that staff looked up"],
};
const DISPUTES = {
  "out-of-date": ["已过时", "out of date"], "wrong-value": ["内容有误", "something in it is wrong"],
  "not-mine": ["不是本人的", "not theirs"], unsaid: ["没有说哪里不对", "did not say why"],
};

// How a paper stands, as the resident said, and until when it is owed.
function paperState(m) {
  const pair = PAPER_STATES[m.state];
  return pair ? ` · ${pair[0]} ${pair[1]}${m.due ? " " + day(m.due) : ""}` : "";
}

const labelOf = (s, name) => { const f = fieldsOf(s).find(f => f.name === name); return f ? both(f.label) : [name, ""]; };

// Which certificate it was, and what was said of it; null when none was shown.
function paperProof(m, s) {
  const named = c => `${c.id} · v${c.version}`;
  if (m.certificate) {
    const other = (m.certificate.changed || []).map(name => labelOf(s, name)), mark = other.length > 0;
    return words("span", ["本人确认无误：" + named(m.certificate) + (mark ? "；表中另填：" + other.map(o => o[0]).join("、") : ""),
      "confirmed by the resident" + (mark ? "; the form differs: " + other.map(o => o[1]).join(", ") : "")], { class: "proof" });
  }
  if (!m.disputed) return null;
  const why = DISPUTES[m.disputed.reason] || [m.disputed.reason, ""];
  return words("span", [`本人说不对（${why[0]}）：${named(m.disputed)}；以本人材料为准`, `disputed (${why[1]}): their own paper counts`], { class: "proof disputed" });
}

// What a clerk accepted at the kiosk in its place (Art. 9), and whose stick it was; null when nothing was.
function paperWaiver(m, item) {
  const w = (item.waivers || []).find(w => w.material === m.id);
  if (!w) return null;
  const kind = EVIDENCE[w.evidence.kind] || [w.evidence.kind, ""], which = w.evidence.words ? `（${w.evidence.words}）` : "";
  return words("span", [`${kind[0]}${which}；认可：工作U盘 ${w.approver.stick}，本人同意`,
    `${kind[1]}; accepted with staff stick ${w.approver.stick}, the resident agreed (${w.article})`], { class: "proof waiver" });
}

function showPapers(item, s) {
  const list = item.materials || [], spared = list.filter(m => m.state === "confirmed").length;
  $("papers").replaceChildren(...list.map(m => {
    const li = words("li", materialWords(s, m.id)), how = HOW[m.how] || [m.how, ""], proof = paperProof(m, s), waiver = paperWaiver(m, item);
    li.append(make("span", how[0] + (m.within_days ? `（${m.within_days} 个工作日内）` : "") + " · " + how[1] + paperState(m), { class: "how" }));
    if (proof) li.append(proof);
    if (waiver) li.append(waiver);
    return li;
  }));
  if (spared) $("papers").append(words("li", [`免提交 ${spared} 份`, `${spared} not asked for`], { class: "spared" }));
}
