"use strict";
// Who has a case (首问责任, SS-12): whoever takes a step has it from then on; it can be handed over to the next department. And
// where a case lies that belongs to another county. Uses make(), words(), ask() of desk.js and `parts` of children.js.
function showHolder(o) {
  const t = o.case && o.case.timeline || {}, w = t.owner, e = t.elsewhere;
  $("owner").textContent = w ? [w.office && w.office.zh, w.name, w.phone, w.since && "从 " + w.since].filter(Boolean).join(" · ") : "还没有人接 · nobody yet";
  $("lies").textContent = e ? `由外县办：${[e.name.zh, e.address && e.address.zh, e.phone, e.ref && "那边编号 " + e.ref].filter(Boolean).join("，")} · forwarded` : "";
}

function showOwner(o, s) {
  const offices = [...((s && s.departments) || []).map(d => d.name), ...((s && s.steps) || []).map(t => t.department)].map(both);
  $("offices").replaceChildren(...offices.map(n => make("option", n[1], { value: n[0] })));
  $("has-it").hidden = !o.case;
  $("mine-name").value = sessionStorage.getItem("mine-name") || "";
  $("mine-phone").value = sessionStorage.getItem("mine-phone") || "";
}

// Who takes the step, remembered for the next one in this tab.
function takesStep() {
  const name = $("mine-name").value.trim(), phone = $("mine-phone").value.trim();
  sessionStorage.setItem("mine-name", name);
  sessionStorage.setItem("mine-phone", phone);
  return name ? { name, phone } : null;
}

async function handOver(e) {
  e.preventDefault();
  const text = id => $("to-" + id).value.replace(/\s+/g, " ").trim();
  const body = { id: page.chosen, part: parts.no, name: text("name"), phone: text("phone") };
  if (text("office")) body.office = text("office");
  let said = "";
  try {
    await ask("owner", body);
    for (const id of ["name", "phone", "office"]) $("to-" + id).value = "";
  } catch (error) {
    said = error.message;
  }
  await showItem(page.chosen);
  if (said) $("trouble").textContent = said;
}

$("hand-over").addEventListener("submit", handOver);
