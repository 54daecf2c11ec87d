"use strict";
// One-time codes for new kiosks.
const states = { open: ["可用", "open", "amber"], used: ["已用", "used", "green"], over: ["过期", "over", "grey"] };

// Apart for the eye alone, as the kiosk shows what is typed.
const fours = code => code.match(/.{1,4}/g).map(four => make("span", four, "four"));

async function refresh() {
  try {
    const { codes } = await ask("codes");
    document.getElementById("rows").replaceChildren(...codes.map(c => {
      const tr = make("tr"), state = make("td"), code = make("td");
      code.append(...(c.state === "open" ? fours(c.code) : ["—"]));
      state.append(both("span", states[c.state][0], states[c.state][1], "lamp " + states[c.state][2]));
      tr.append(make("td", c.kiosk), code, make("td", new Date(c.until_ms).toLocaleString("sv")), state);
      return tr;
    }));
    document.getElementById("empty").hidden = codes.length > 0;
  } catch (error) {
    say(error.message);
  }
}

onSend(document.getElementById("making"), async () => {
  const input = document.getElementById("kiosk"), made = await ask("codes", { kiosk: input.value.trim() });
  document.getElementById("whose").textContent = made.kiosk;
  document.getElementById("code").replaceChildren(...fours(made.code));
  document.getElementById("made").hidden = false;
  input.value = "";
  await refresh();
});
refresh();
setInterval(refresh, 10000);
