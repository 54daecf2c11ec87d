"use strict";
// Issues by cause: whose each is, how far it is mended, and whether it came again. Nothing here is about a person.
const token = new URLSearchParams(location.search).get("token") || sessionStorage.getItem("token") || "";
sessionStorage.setItem("token", token);
history.replaceState(null, "", location.pathname);
let shown = "";

async function ask(path, body) {
  const answer = await fetch(path, { method: body ? "POST" : "GET", body: body && JSON.stringify(body),
    headers: { Authorization: "Bearer " + token, "Content-Type": "application/json" } });
  const o = await answer.json();
  if (!answer.ok) throw new Error(o.title);
  return o;
}

const day = text => text.replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3");
const say = text => { document.getElementById("summary").textContent = text; };

function element(tag, text, name) {
  const e = document.createElement(tag);
  e.textContent = text || "";
  if (name) e.className = name;
  return e;
}

// Chinese, and English small under it.
function both(tag, [zh, en], name) {
  const e = element(tag, zh, name);
  e.append(element("small", en));
  return e;
}

function what(i) {
  const td = element("td", "", "what"), source = SOURCES[i.source] || [i.source];
  td.append(element("span", i.name || "没有说是哪件事 · no matter named", "about"),
    both("span", [source[0] + "：" + causeWords(i.source, i.cause)[0], [...source, ...causeWords(i.source, i.cause)].filter((_, k) => k % 2).join(": ")], "cause"));
  return td;
}

function state(i) {
  const td = element("td");
  td.append(both("span", ISSUE_STATES[i.state], "state " + i.state));
  if (i.returned) td.append(element("span", `改过之后又出现 ${i.returned} 次 · came again ${i.returned}×`, "late"));
  return td;
}

// Who answers for it by when, and who has let their time pass.
function level(i) {
  const td = element("td", "", "grade"), is_late = i.state !== "mended" && i.left < 0;
  td.append(both("span", ISSUE_LEVELS[i.level - 1], "state level-" + i.level));
  if (i.state !== "mended") {
    td.append(both("span", [i.answers_for.zh, i.answers_for.en], "about"), both("span", [`${day(i.due)} 前解决`, `to be mended by ${day(i.due)}`], "cause"));
  }
  for (const m of i.missed) td.append(both("span", [`${m.who.zh} ${day(m.due)} 到期没有解决`, `not mended: ${m.who.en}`], "late"));
  if (is_late) td.append(both("span", [`${i.answers_for.zh} 超期 ${-i.left} 个工作日`, `late: ${i.answers_for.en}, ${-i.left} working days`], "late"));
  return td;
}

function button(words, run) {
  const b = both("button", words, "act");
  b.type = "button";
  b.addEventListener("click", async () => {
    try {
      await run();
      shown = "";
      await refresh(true);
    } catch (error) {
      say(error.message);
    }
  });
  return b;
}

function input(label, most, value) {
  const e = document.createElement("input");
  e.maxLength = most;
  e.value = value || "";
  e.setAttribute("aria-label", label);
  e.placeholder = label;
  return e;
}

const clean = e => e.value.replace(/\s+/g, " ").trim();
const filled = o => Object.fromEntries(Object.entries(o).filter(([, v]) => v !== ""));

function doing(i) {
  const td = element("td");
  if (i.changed) td.append(element("p", `${i.mended ? day(i.mended) + " " : ""}改了：${i.changed}`, "changed"));
  if (i.state === "mended") {
    td.append(button(["重新打开", "Open again"], () => ask("issues/state", { n: i.n, state: "open" })));
    return td;
  }
  if (i.state === "open") {
    const owner = input("负责的单位 Office that mends it", 30, i.owner);
    td.append(owner, button(["开始整改", "Being mended"], () => ask("issues/state", filled({ n: i.n, state: "mending", owner: clean(owner) }))));
    return td;
  }
  const changed = input("改了什么 What was changed", 100);
  td.append(changed, button(["整改好了", "Mended"], () => ask("issues/state", filled({ n: i.n, state: "mended", changed: clean(changed) }))));
  return td;
}

function times(i) {
  const td = element("td", i.count, "count");
  if (i.kiosks > 1) td.append(element("small", `${i.kiosks} 台 kiosks`));
  return td;
}

function days(i) {
  const td = element("td", day(i.last), "number");
  if (i.first !== i.last) td.prepend(element("span", day(i.first), "about"));
  return td;
}

function row(i) {
  const tr = element("tr");
  tr.dataset.n = i.n;
  tr.append(what(i), times(i), days(i), level(i), element("td", i.owner), state(i), doing(i));
  return tr;
}

// Somebody is writing: what they have written stays.
const isBusy = () => document.activeElement && document.activeElement.tagName === "INPUT";

async function refresh(anyway) {
  if (!anyway && isBusy()) return;
  try {
    const { issues, known } = await ask("issues");
    if (JSON.stringify(issues) === shown) return;
    shown = JSON.stringify(issues);
    document.getElementById("rows").replaceChildren(...issues.map(row));
    document.getElementById("empty").hidden = issues.length > 0;
    say(known ? "" : "新来的还没有打开，这里可能不全。Newly come items are not opened yet.");
  } catch (error) {
    say(error.message);
  }
}

refresh();
setInterval(refresh, 3000);
