// A form of the catalogue as a page of a phone: what the card says and what only rules can tell is left to the kiosk.
"use strict";

function el(name, properties = {}, ...children) {
  const e = Object.assign(document.createElement(name), properties);
  e.append(...children);
  return e;
}

function isAsked(field) {
  return !field.prefill && field.kind !== "signature" && !field.show_if;
}

function isVisible(field, answers) {
  return !field.visible || field.visible.values.includes(answers[field.visible.field] || "");
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

function typedInput(field, answers, changed) {
  const numeric = ["phone", "account", "date", "amount"].includes(field.kind);
  const input = el(field.lines > 1 ? "textarea" : "input",
                   { value: answers[field.name] || "", maxLength: field.max_length || 100, autocomplete: "off" });
  if (field.kind === "date" && input.value) input.value = input.value.replace(/^(....)(..)(..)$/, "$1-$2-$3");
  if (field.kind === "date") input.type = "date";
  else if (numeric) input.inputMode = "decimal";
  input.setAttribute("data-name", field.name);
  input.addEventListener("input", () => changed(field.kind === "date" ? input.value.replaceAll("-", "") : input.value));
  return input;
}

// Draw the form of `service` into `box`, filled from `answers` and writing into them.
function formDraw(box, service, answers, say) {
  const draw = () => formDraw(box, service, answers, say);
  box.replaceChildren(...service.pages.flatMap(page => {
    const fields = page.fields.filter(f => isAsked(f) && isVisible(f, answers));
    if (!fields.length) return [];
    return [el("h2", { textContent: say(page.title) }), ...fields.map(f => {
      const isChoice = f.kind === "choice" || f.kind === "yes_no";
      if (isChoice && answers[f.name] === undefined && f.preset) answers[f.name] = f.preset;
      const changed = value => {
        answers[f.name] = value;
        if (isChoice) draw(); // other questions may follow from it
      };
      return el("div", { className: "field" }, el("div", { className: "label", textContent: say(f.label) }),
                el("div", { className: "help", textContent: f.help ? say(f.help) : "" }),
                isChoice ? choiceInput(f, answers, say, changed) : typedInput(f, answers, changed));
    })];
  }));
}

// What is asked now and was answered.
function formAnswers(service, answers) {
  const asked = service.pages.flatMap(p => p.fields).filter(f => isAsked(f) && isVisible(f, answers));
  return Object.fromEntries(asked.filter(f => answers[f.name]).map(f => [f.name, answers[f.name]]));
}
