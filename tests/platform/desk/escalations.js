"use strict";
// The page of what could not be done. The token is kept as on the desk: out of the address, for this tab alone.
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

function cell(text, name) {
  const td = document.createElement("td");
  td.textContent = text;
  if (name) td.className = name;
  return td;
}

function answering(e) {
  const td = document.createElement("td");
  if (e.answer) {
    td.textContent = e.answer;
    return td;
  }
  const form = document.createElement("form"), input = document.createElement("input"), send = document.createElement("button");
  input.maxLength = 66;
  input.required = true;
  input.setAttribute("aria-label", "答复 Answer " + e.receipt);
  send.textContent = "答复 Answer";
  form.append(input, send);
  form.addEventListener("submit", async event => {
    event.preventDefault();
    try {
      await ask("escalations/answer", { id: e.id, answer: input.value.replace(/\s+/g, " ").trim() });
      input.value = "";
      await refresh();
    } catch (error) {
      document.getElementById("summary").textContent = error.message;
    }
  });
  td.append(form);
  return td;
}

// Other evidence in place of what could not be shown (Art. 9), while the matter is still open.
const WAIVER = { paper: "代替什么 In place of", evidence: "凭什么证据 By which evidence", reason: "为什么 Why", by: "经办人 Accepted by" };

function waiving(e) {
  const td = document.createElement("td");
  td.append(...(e.waived || []).map(w => Object.assign(document.createElement("p"), { textContent: `${w.paper}：${w.evidence}（${w.by}）` })));
  if (e.answer) return td;
  const details = document.createElement("details"), form = document.createElement("form"), send = document.createElement("button");
  const summary = Object.assign(document.createElement("summary"), { textContent: "证明替代 Other evidence" });
  const inputs = Object.entries(WAIVER).map(([name, words]) => {
    const input = Object.assign(document.createElement("input"), { name, maxLength: 60, required: true, placeholder: words });
    input.setAttribute("aria-label", words + " " + e.receipt);
    return input;
  });
  send.textContent = "认可 Accept";
  form.append(...inputs, send);
  form.addEventListener("submit", async event => {
    event.preventDefault();
    try {
      await ask("waive", Object.fromEntries([["id", e.id], ...inputs.map(i => [i.name, i.value.replace(/\s+/g, " ").trim()])]));
      for (const i of inputs) i.value = "";
      document.activeElement.blur();
      await refresh();
    } catch (error) {
      document.getElementById("summary").textContent = error.message;
    }
  });
  details.append(summary, form);
  td.append(details);
  return td;
}

async function refresh() {
  const rows = document.getElementById("rows");
  if ([...rows.querySelectorAll("input")].some(i => i.value || i === document.activeElement)) return; // somebody is writing
  try {
    const { escalations } = await ask("escalations");
    if (JSON.stringify(escalations) === shown) return;
    shown = JSON.stringify(escalations);
    rows.replaceChildren(...escalations.map(e => {
      const tr = document.createElement("tr");
      tr.append(cell(e.receipt, "number"), cell(day(e.opened)), cell(e.owner), cell(e.level + " / 4"),
        cell(day(e.answer_by) + (e.late ? " 超期 overdue" : ""), e.late ? "late" : ""), waiving(e), answering(e));
      return tr;
    }));
    document.getElementById("empty").hidden = escalations.length > 0;
    document.getElementById("summary").textContent = "";
  } catch (error) {
    document.getElementById("summary").textContent = error.message;
  }
}

refresh();
setInterval(refresh, 1500);
