"use strict";
// One-time codes for new kiosks.
const states = { open: ["可用", "open", "amber"], used: ["已用", "used", "green"], over: ["过期", "over", "grey"] };

async function refresh() {
  try {
    const { codes } = await ask("codes");
    document.getElementById("rows").replaceChildren(...codes.map(c => {
      const tr = make("tr"), state = make("td");
      state.append(both("span", states[c.state][0], states[c.state][1], "lamp " + states[c.state][2]));
      tr.append(make("td", c.kiosk), make("td", c.state === "open" ? c.code : "—"), make("td", new Date(c.until_ms).toLocaleString("sv")), state);
      return tr;
    }));
    document.getElementById("empty").hidden = codes.length > 0;
  } catch (error) {
    say(error.message);
  }
}

onSend(document.getElementById("making"), async () => {
  const input = document.getElementById("kiosk"), made = await ask("codes", { kiosk: input.value.trim() });
  document.getElementById("code").replaceChildren(...made.code.match(/.{1,4}/g).map(four => make("span", four))); // apart for the eye alone
  document.getElementById("made").hidden = false;
  input.value = "";
  await refresh();
});
refresh();
setInterval(refresh, 10000);
