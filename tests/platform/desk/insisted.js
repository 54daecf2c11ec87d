"use strict";
// Conditions that the kiosk pointed out and the resident applied against: what is asked, what was said, the law, what works instead. Everything is set as text.
function insteadOf(rule) {
  const other = rule.instead && service(rule.instead);
  return other ? both(other.name) : rule.where ? both(rule.where) : null;
}

// A rule that this catalogue no longer has is named by its id: what was said to the resident stands anyway.
function condition(row, s) {
  const rule = (s && s.rules || []).find(r => r.id === row.rule), li = words("li", rule ? both(rule.asks) : [row.rule, ""]);
  li.append(words("span", ["终端说过：" + row.told, "what the kiosk said"], { class: "told" }));
  if (!rule) return li;
  const basis = both(rule.basis || s.basis), other = insteadOf(rule);
  li.append(words("span", ["依据：" + basis[0], basis[1]], { class: "how" }));
  if (other) li.append(words("span", ["能办的：" + other[0], "works instead: " + other[1]], { class: "how" }));
  return li;
}

function showInsisted(item, s) {
  const list = item.insisted || [];
  $("insisted").hidden = !list.length;
  $("conditions").replaceChildren(...list.map(row => condition(row, s)));
}
