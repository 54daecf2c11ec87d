"use strict";
// Other evidence in place of a paper (证明替代, Art. 9): which paper, by which evidence, why, and who accepts it.
// Uses make(), words(), ask(), materialWords() of desk.js.
function showWaivers(o, s) {
  const list = o.case && o.case.waived || [], isOver = !o.case || !o.case.allowed.length;
  $("waived").replaceChildren(...list.map(w => {
    const li = words("li", materialWords(s, w.paper));
    li.append(make("span", `${w.evidence} · ${w.day}`, { class: "how" }), make("q", `${w.reason}（${w.by}）`));
    return li;
  }));
  const left = ((s && s.materials) || []).filter(m => !m.no_waiver && !s.no_waiver && !list.some(w => w.paper === m.id));
  $("waive-paper").replaceChildren(...left.map(m => make("option", both(m.name).join(" "), { value: m.id })));
  $("waive").hidden = isOver || !left.length;
  $("waivers").hidden = $("waive").hidden && !list.length;
}

async function waive(e) {
  e.preventDefault();
  const text = id => $("waive-" + id).value.replace(/\s+/g, " ").trim();
  const body = { id: page.chosen, paper: text("paper"), evidence: text("evidence"), reason: text("reason"), by: text("by") };
  let said = "";
  try {
    await ask("waive", body);
    for (const id of ["evidence", "reason"]) $("waive-" + id).value = "";
  } catch (error) {
    said = error.message;
  }
  await showItem(page.chosen);
  if (said) $("trouble").textContent = said;
}

$("waive").addEventListener("submit", waive);
