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

function showChildren(item) {
  const list = item.children || [];
  $("children").replaceChildren(...list.map(c => {
    const li = make("li", `${c.no}  ${c.name}`), [zh, en] = childLines(c);
    li.append(make("small", `${item.manifest.receipt}.${c.no}`), words("span", [zh, en], { class: "how" }));
    return li;
  }));
  $("parts").hidden = !list.length;
}
