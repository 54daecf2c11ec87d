// A form of the catalogue as a page of a phone: what the card says and what only rules can tell is left to the kiosk.
"use strict";

function el(name, properties = {}, ...children) {
  const e = Object.assign(document.createElement(name), properties);
  e.append(...children);
  return e;
}

function isAsked(field) {
  return !field.prefill && field.kind !== "signature";
}

const fieldsOf = service => service.pages.flatMap(p => p.fields);
const hasRules = service => fieldsOf(service).some(f => f.show_if || f.need_if);

// Rules are judged where the kiosk's own evaluator is. Only the answers that a rule of this form names go there, under no name, and are
// not kept. Before the first answer comes, and without a connection, what a rule would have to say is asked and not demanded.
let rules = { service: null, shown: null, needed: null, turn: 0, sum: "" };

function namesInRules(service) {
  const texts = fieldsOf(service).flatMap(f => [f.show_if || "", f.need_if || ""]).join(" ");
  return [...new Set([...texts.matchAll(/\banswer\.([a-z0-9_]+)/g)].map(m => m[1]))];
}

function answersForRules(service, answers) {
  const names = new Set([...namesInRules(service), ...fieldsOf(service).filter(f => f.visible).map(f => f.visible.field)]);
  return Object.fromEntries([...names].filter(n => answers[n]).map(n => [n, answers[n]]));
}

// True: other questions are asked, or must be answered, than before.
async function formJudge(service, answers) {
  if (!hasRules(service)) return false;
  const turn = ++rules.turn;
  try {
    const reply = await fetch("/phone/rules", { method: "POST", headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ item_code: service.code, answers: answersForRules(service, answers) }) });
    const said = reply.ok ? await reply.json() : null;
    if (!said || turn !== rules.turn) return false; // a later answer is on its way
    const sum = JSON.stringify([service.code, said.shown, said.needed]), isNews = sum !== rules.sum;
    Object.assign(rules, { service: service.code, shown: new Set(said.shown), needed: new Set(said.needed), sum });
    return isNews;
  } catch {
    return false; // asked again with the next answer
  }
}

function isVisible(field, answers, service) {
  if (rules.service === service.code && hasRules(service)) return rules.shown.has(field.name);
  return !field.visible || field.visible.values.includes(answers[field.visible.field] || "");
}

function isNeeded(field, service) {
  if (rules.service === service.code && hasRules(service)) return rules.needed.has(field.name);
  return !field.need_if && field.required !== false;
}

function choiceList(field, say) {
  const yes = [{ value: "yes", label: { zh: "是", en: "Yes" } }, { value: "no", label: { zh: "否", en: "No" } }];
  return (field.choices || yes).map(c => ({ value: c.value, label: say(c.label) }));
}

function choiceInput(field, answers, say, changed) {
  return el("div", { className: "choices" }, ...choiceList(field, say).map(c => {
    const input = el("input", { type: "radio", name: field.name, value: c.value, checked: answers[field.name] === c.value });
    input.addEventListener("change", () => changed(c.value));
    return el("label", {}, input, " " + c.label);
  }));
}

function typedInput(field, answers, changed, settled) {
  const numeric = ["phone", "account", "date", "amount"].includes(field.kind);
  const input = el(field.lines > 1 ? "textarea" : "input",
                   { value: answers[field.name] || "", maxLength: field.max_length || 100, autocomplete: "off" });
  if (field.kind === "date" && input.value) input.value = input.value.replace(/^(....)(..)(..)$/, "$1-$2-$3");
  if (field.kind === "date") input.type = "date";
  else if (numeric) input.inputMode = "decimal";
  input.setAttribute("data-name", field.name);
  input.addEventListener("change", settled);
  input.addEventListener("input", () => changed(field.kind === "date" ? input.value.replaceAll("-", "") : input.value));
  return input;
}

// Draw the form of `service` into `box`, filled from `answers` and writing into them.
function formDraw(box, service, answers, say, isNew = true) {
  const redraw = () => formDraw(box, service, answers, say, false);
  const judge = async () => await formJudge(service, answers) && redraw();
  const at = box.contains(document.activeElement) ? document.activeElement.dataset.name : "";
  box.replaceChildren(...service.pages.flatMap(page => {
    const fields = page.fields.filter(f => isAsked(f) && isVisible(f, answers, service));
    if (!fields.length) return [];
    return [el("h2", { textContent: say(page.title) }), ...fields.map(f => {
      const isChoice = f.kind === "choice" || f.kind === "yes_no";
      if (isChoice && answers[f.name] === undefined && f.preset) answers[f.name] = f.preset;
      const settled = () => namesInRules(service).includes(f.name) && judge(); // not at each key
      const changed = value => {
        answers[f.name] = value;
        if (!isChoice) return;
        redraw(); // other questions may follow from it
        judge();
      };
      const needed = hasRules(service) && isNeeded(f, service) ? say({ zh: "（要填）", en: " (needed)" }) : "";
      return el("div", { className: "field" }, el("div", { className: "label", textContent: say(f.label) + needed }),
                el("div", { className: "help", textContent: f.help ? say(f.help) : "" }),
                isChoice ? choiceInput(f, answers, say, changed) : typedInput(f, answers, changed, settled));
    })];
  }));
  if (at) box.querySelector(`[data-name=${at}]`)?.focus();
  if (isNew) judge();
}

// What is asked now and was answered.
function formAnswers(service, answers) {
  const asked = service.pages.flatMap(p => p.fields).filter(f => isAsked(f) && isVisible(f, answers, service));
  return Object.fromEntries(asked.filter(f => answers[f.name]).map(f => [f.name, answers[f.name]]));
}
