"use strict";
// The screen in the hall: numbers and counters, nothing else. No token, since it tells nothing about anybody.
const list = document.getElementById("called");
let shown = "";

function cell(text, name) {
  const e = document.createElement("span");
  e.textContent = text;
  e.className = name;
  return e;
}

async function refresh() {
  const { called, bells } = await (await fetch("called")).json();
  const strip = document.getElementById("bells");
  strip.hidden = !bells.length;
  strip.textContent = bells.length ? `请工作人员到自助机 ${bells.map(b => b.kiosk).join("、")} · Staff to kiosk, please` : "";
  const text = JSON.stringify(called);
  if (text === shown) return;
  shown = text;
  list.replaceChildren(...called.map(c => {
    const li = document.createElement("li");
    li.append(cell(c.number, "number"), cell(c.counter + " 号窗口", "counter"), cell("Counter " + c.counter, "english"));
    return li;
  }));
  document.getElementById("quiet").hidden = called.length > 0;
}

refresh().catch(() => {});
setInterval(() => refresh().catch(() => {}), 1500);
