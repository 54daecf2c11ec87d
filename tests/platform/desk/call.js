"use strict";
// Telephone calls about a case: number, who owns it, what came of it. The resident's timeline says only that somebody called.
const LINES = { notice: "通知 Notice", "call-back": "回电 Call back", 12345: "12345" };
const REACHED = { reached: "打通 reached", "no-answer": "没人接 no answer", "wrong-number": "号码不对 wrong number" };

function showCalls(o) {
  const calls = o.case && o.case.calls;
  $("calls").hidden = !calls;
  $("called").replaceChildren(...(calls || []).map(c => {
    const li = make("li", `${c.number} · ${LINES[c.line]} · ${REACHED[c.outcome]}`);
    li.append(make("small", `${c.owner}${c.answer ? "：" + c.answer : ""}`));
    return li;
  }));
}

$("call").addEventListener("submit", async e => {
  e.preventDefault();
  const text = id => $("call-" + id).value.replace(/\s+/g, " ").trim();
  let said = "";
  try {
    await ask("call", { id: page.chosen, line: text("line"), outcome: text("outcome"), owner: text("owner"), answer: text("answer") });
    $("call-answer").value = "";
  } catch (error) {
    said = error.message;
  }
  await showItem(page.chosen);
  if (said) $("trouble").textContent = said;
});
