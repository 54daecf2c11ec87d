"use strict";
// How far firmware has come, and what stops it.
const stages = [["", ""], ["第一台", "one kiosk"], ["一成", "ten percent"], ["全部", "all"]];
const states = { running: ["进行中", "running", "amber"], stopped: ["已停", "stopped", "red"], done: ["完成", "done", "green"] };
const outcomes = { refused: ["拒绝", "refused"], "fell-back": ["退回", "fell back"] };
const $ = id => document.getElementById(id);
let shown = "";

function act(r, move, zh, en, name) {
  const b = both("button", zh, en, "act " + (name || ""));
  b.addEventListener("click", async () => {
    try {
      say("");
      await ask("rollouts/move", { id: r.id, move });
      await refresh();
    } catch (error) {
      say(error.message);
    }
  });
  return b;
}

function row(r) {
  const tr = make("tr"), far = make("td"), failed = make("td"), state = make("td"), does = make("td"), bar = make("progress");
  bar.max = Math.max(r.offered, 1);
  bar.value = r.installed;
  far.append(bar, " " + r.installed + " / " + r.offered);
  for (const f of r.failures) failed.append(both("div", f.kiosk + " " + outcomes[f.outcome][0], outcomes[f.outcome][1] + (f.reason ? ": " + f.reason : "")));
  state.append(both("span", states[r.state][0], states[r.state][1], "lamp " + states[r.state][2]));
  if (r.reason) state.append(make("small", r.reason));
  if (r.state === "stopped") does.append(act(r, "go", "继续", "Go on"));
  else does.append(act(r, "stop", "停下", "Stop", "danger"));
  if (r.state === "running" && r.stage < 3) does.append(" ", act(r, "next", "下一阶段", "Next stage"));
  tr.append(make("td", r.version), make("td", r.board), both("td", stages[r.stage][0], stages[r.stage][1]), far, failed, state, does);
  return tr;
}

async function refresh() {
  try {
    const { rollouts, may } = await ask("rollouts");
    $("making").querySelector("button").disabled = !may;
    const text = JSON.stringify(rollouts.map(r => ({ ...r, stage_s: 0 })));
    if (text === shown) return;
    shown = text;
    $("rows").replaceChildren(...rollouts.map(row));
    $("empty").hidden = rollouts.length > 0;
  } catch (error) {
    say(error.message);
  }
}

onSend($("making"), async () => {
  const back = $("replaces").value.trim();
  await ask("rollouts", { file: $("file").value.trim(), version: $("version").value.trim(), board: $("board").value.trim(),
    first: $("first").value.trim(), limit: Number($("limit").value), replaces: back ? [back] : [] });
  await refresh();
});
refresh();
setInterval(refresh, 5000);
