"use strict";
// What was granted on a promise in place of a proof, and what its check found. Everything from outside is set as text.
const CHECKS = {
  open: ["待核查", "To be checked"], demanded: ["限期整改中", "To be put right"], kept: ["属实", "Kept"], broken: ["已撤销决定", "Revoked"],
};
let shown = "";

const clean = e => e.value.replace(/\s+/g, " ").trim();

// What may be found now: kept at any time, a demand once, a revocation only when its day went by in vain.
function finding(c) {
  const td = make("td"), what = { id: c.id, part: c.part };
  if (c.state === "kept" || c.state === "broken") {
    td.append(make("span", `${c.closed} ${c.state === "broken" ? c.reason : ""}`));
    return td;
  }
  const reason = input("书面理由 Reason in writing"), days = input("几个工作日 Working days", "10", "number");
  td.append(act(["属实", "Kept"], "kept", () => ask("checks", { ...what, event: "kept" })));
  if (c.state === "open")
    td.append(reason, days, act(["限期整改", "Demand"], "demand", () => ask("checks", { ...what, event: "demand", reason: clean(reason), days: Number(days.value) || 0 })));
  if (c.state === "demanded") {
    td.append(make("p", c.reason, "changed"));
    if (c.is_late) td.append(reason, act(["撤销决定", "Revoke"], "break", () => ask("checks", { ...what, event: "break", reason: clean(reason) })));
  }
  return td;
}

function row(c) {
  const tr = make("tr"), first = make("td", "", "what"), days = make("td", c.decided, "number"), state = make("td");
  tr.dataset.id = c.id;
  first.append(both("span", c.name ? c.name.zh : c.receipt, c.name ? c.name.en : "", "about"), make("span", c.receipt + (c.part ? "." + c.part : ""), "number"));
  days.append(make("br"), make("span", c.demand_by || c.check_by));
  state.append(both("span", CHECKS[c.state][0], CHECKS[c.state][1], "state " + c.state));
  if (c.is_late) state.append(both("span", `超期 ${-c.days_left} 个工作日`, "late", "late"));
  else if (c.state === "open" || c.state === "demanded") state.append(make("small", `剩 ${c.days_left} 个工作日 left`));
  const what = make("td");
  what.append(both("span", c.what.zh, c.what.en));
  tr.append(first, what, days, state, finding(c));
  return tr;
}

// Somebody is writing: what they have written stays.
const isBusy = () => document.activeElement && document.activeElement.tagName === "INPUT";

async function refresh(anyway) {
  if (!anyway && isBusy()) return;
  try {
    const { checks } = await ask("checks"), text = JSON.stringify(checks);
    if (text === shown) return;
    shown = text;
    document.getElementById("rows").replaceChildren(...checks.map(row));
    document.getElementById("empty").hidden = checks.length > 0;
  } catch (error) {
    say(error.message);
  }
}

refresh(true);
setInterval(refresh, 2000);
