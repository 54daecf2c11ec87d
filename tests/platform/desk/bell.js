"use strict";
// Calls for a person, on the page of the queue: who answers says so with a name, and the resident sees it at the kiosk.
const PEOPLE = "people", bells = document.getElementById("bells");
let rung = new Set(), bellsShown = "";

// Two short tones, so that a page that lies behind others is heard. A browser that allows no sound shows it all the same.
function chime() {
  if (!navigator.userActivation?.hasBeenActive) return; // nobody has touched this page yet: the browser lets nothing sound
  try {
    const sound = new AudioContext();
    for (const [at, hertz] of [[0, 880], [.25, 660]]) {
      const tone = sound.createOscillator(), level = sound.createGain();
      tone.frequency.value = hertz;
      level.gain.setValueAtTime(.2, sound.currentTime + at);
      level.gain.exponentialRampToValueAtTime(.001, sound.currentTime + at + .4);
      tone.connect(level).connect(sound.destination);
      tone.start(sound.currentTime + at);
      tone.stop(sound.currentTime + at + .4);
    }
  } catch (error) { /* silent */ }
}

function waited(seconds) {
  return seconds < 60 ? `${seconds} 秒 s` : `${Math.floor(seconds / 60)} 分 min`;
}

function answering(bell) {
  const form = document.createElement("form"), input = document.createElement("input"), send = document.createElement("button");
  input.maxLength = 20;
  input.required = true;
  input.value = localStorage.getItem(PEOPLE) || "";
  input.placeholder = "姓名 Name";
  input.setAttribute("aria-label", "谁去 Who comes " + bell.kiosk);
  send.textContent = "我来 I am coming";
  form.append(input, send);
  form.addEventListener("submit", async event => {
    event.preventDefault();
    const by = input.value.replace(/\s+/g, " ").trim();
    localStorage.setItem(PEOPLE, by);
    try {
      await ask("bells/answer", { id: bell.id, by });
      bellsShown = "";
      document.activeElement.blur();
      await refreshBells();
    } catch (error) {
      say(error);
    }
  });
  return form;
}

const OUTCOMES = { coming: b => `${b.by} 已答复 is coming`, unanswered: () => "无人答复，已挂号 Nobody came: registered" };

function bellRow(bell) {
  const tr = row([bell.kiosk, names.get(bell.matter) || bell.matter, bell.language === "en" ? "English" : "中文",
    bell.state === "ringing" ? waited(bell.seconds) : ""]), td = document.createElement("td");
  tr.dataset.receipt = bell.receipt;
  tr.className = bell.state;
  td.append(bell.state === "ringing" ? answering(bell) : OUTCOMES[bell.state](bell));
  tr.append(td);
  return tr;
}

async function refreshBells() {
  const list = (await ask("bells")).bells, ringing = list.filter(b => b.state === "ringing");
  if (ringing.some(b => !rung.has(b.id))) chime();
  rung = new Set(ringing.map(b => b.id));
  document.getElementById("ringing").hidden = !ringing.length;
  document.getElementById("ringing").textContent = ringing.length ? `有 ${ringing.length} 台自助机在叫人 ${ringing.length} calling` : "";
  document.getElementById("no-bells").hidden = list.length > 0;
  const text = JSON.stringify(list.map(b => [b.id, b.state, Math.floor(b.seconds / 10), b.matter]));
  if (text === bellsShown || bells.contains(document.activeElement)) return; // somebody is writing
  bellsShown = text;
  bells.replaceChildren(...list.slice(0, ringing.length + 8).map(bellRow));
}

refreshBells().catch(say);
setInterval(() => refreshBells().catch(say), 1000);
