"use strict";
// How it was, in the resident's grade, and the duty to call back after a bad one. Uses make(), words(), fact(), ask() of desk.js.
const GRADES = ["", "非常不满意 Very dissatisfied", "不满意 Dissatisfied", "基本满意 Rather satisfied", "满意 Satisfied", "非常满意 Very satisfied"];
const GRADE_TAGS = {
  slow: "太慢 slow", unclear: "没说清 unclear", trips: "跑了多次 several trips", "hard-to-use": "机器难用 hard to use",
  attitude: "态度 attitude", other: "其他 other",
};

function showRating(o) {
  const r = o.case && o.case.rating, list = $("rating-facts");
  list.replaceChildren();
  $("rating").hidden = !r;
  if (!r) return;
  fact(list, ["评价", "Grade"], GRADES[r.level] || String(r.level), r.tags.map(t => GRADE_TAGS[t] || t).join("、"));
  if (r.due) fact(list, ["回访期限", "Call back by"], r.due, r.late && "超期 late");
  if (r.revisited) fact(list, ["已回访", "Called back"], r.revisited, `${r.words}（${r.by}）`);
  $("revisit").hidden = !r.due || Boolean(r.revisited);
}

async function revisit(e) {
  e.preventDefault();
  const text = id => $("revisit-" + id).value.replace(/\s+/g, " ").trim();
  let said = "";
  try {
    await ask("revisit", { id: page.chosen, words: text("words"), by: text("by") });
  } catch (error) {
    said = error.message;
  }
  await showItem(page.chosen);
  if (said) $("trouble").textContent = said;
}

$("revisit").addEventListener("submit", revisit);
