"use strict";
// The page of a county that decides matters handed in elsewhere (收受分离, SS-47): its own number, its steps; the resident keeps one
// number and hears it where they handed it in. Everything from outside is set as text.
const TAKES = ["accept", "corrected", "grant", "deny", "refuse", "pause", "resume", "deliver"];
let shown = "";

const clean = e => e.value.replace(/\s+/g, " ").trim();

async function open(c, td) {
  const o = await ask("elsewhere/item?id=" + c.id), item = o.item || {}, who = item.resident || {};
  const fields = ((o.service && o.service.pages) || []).flatMap(p => p.fields), of = name => fields.find(f => f.name === name) || {};
  const label = name => of(name).label ? of(name).label.zh : name;
  const value = (name, v) => { const c = (of(name).choices || []).find(x => x.value === v); return c ? c.label.zh : v; };
  const lines = [["姓名", who.name], ["证件", who.number], ...Object.entries(item.form || {}).map(([k, v]) => [label(k), value(k, String(v))])].filter(([, v]) => v);
  td.replaceChildren(...lines.map(([k, v]) => make("p", `${k}：${v}`, "changed")));
}

function doing(c) {
  const td = make("td"), ref = input("我县编号 Our number", c.ref), words = input("理由或给群众的话 Reason, words", "");
  td.append(ref, act(["收到，编号", "Taken over"], "ref", () => ask("elsewhere/step", { id: c.id, ref: clean(ref) })), words);
  for (const step of c.allowed.filter(a => TAKES.includes(a.event)))
    td.append(act(STEPS[step.event], step.event, () => ask("elsewhere/step", { id: c.id, event: step.event,
      ...(step.has_reason ? { reason: clean(words) } : { note: clean(words) }), ...(step.event === "deliver" ? { delivery: { kind: "electronic" } } : {}) })));
  return td;
}

function row(c) {
  const tr = make("tr"), name = make("td", "", "what"), content = make("td"), state = make("td");
  tr.dataset.id = c.id;
  name.append(both("span", c.name ? c.name.zh : c.service, c.name ? c.name.en : "", "about"), make("span", c.receipt, "number"));
  const look = both("button", "打开", "Open", "act");
  look.type = "button";
  look.dataset.event = "open";
  look.addEventListener("click", () => open(c, content).catch(e => say(e.message)));
  content.append(look);
  state.append(both("span", STATES[c.state][0], STATES[c.state][1], "state " + c.state));
  tr.append(name, content, make("td", c.since, "number"), state, doing(c));
  return tr;
}

const isBusy = () => document.activeElement && document.activeElement.tagName === "INPUT";

async function refresh(anyway) {
  if (!anyway && isBusy()) return;
  try {
    const { cases, county, name } = await ask("elsewhere/cases"), text = JSON.stringify(cases);
    document.getElementById("county").textContent = name ? `${name.zh} ${name.en}` : county;
    if (text === shown) return;
    shown = text;
    document.getElementById("rows").replaceChildren(...cases.map(row));
    document.getElementById("empty").hidden = cases.length > 0;
  } catch (error) {
    say(error.message);
  }
}

refresh(true);
