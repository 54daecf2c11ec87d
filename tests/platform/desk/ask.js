"use strict";
// What the pages about kiosks share. The token is kept as on the desk: out of the address, for this tab alone.
const token = new URLSearchParams(location.search).get("token") || sessionStorage.getItem("token") || "";
sessionStorage.setItem("token", token);
history.replaceState(null, "", location.pathname);

async function ask(path, body) {
  const answer = await fetch(path, { method: body ? "POST" : "GET", body: body && JSON.stringify(body),
    headers: { Authorization: "Bearer " + token, "Content-Type": "application/json" } });
  const o = await answer.json();
  if (!answer.ok) throw new Error(o.title);
  return o;
}

function make(tag, text, name) {
  const e = document.createElement(tag);
  if (text !== undefined) e.textContent = text;
  if (name) e.className = name;
  return e;
}

// Chinese, and English smaller beside or below it.
function both(tag, zh, en, name) {
  const e = make(tag, zh, name);
  e.append(make("small", en));
  return e;
}

function say(text) {
  document.getElementById("summary").textContent = text;
}

// A form that sends once at a time and says what went wrong.
function onSend(form, send) {
  form.addEventListener("submit", async event => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      say("");
      await send();
    } catch (error) {
      say(error.message);
    }
    button.disabled = false;
  });
}

function input(label, value, type) {
  const e = document.createElement("input");
  e.type = type || "text";
  e.value = value || "";
  e.maxLength = 200;
  e.setAttribute("aria-label", label);
  e.placeholder = label;
  return e;
}

// A button that does something at the county; the page then shows anew what came of it (its own `shown` and refresh()).
function act(words, name, run) {
  const b = both("button", words[0], words[1], "act");
  b.type = "button";
  b.dataset.event = name;
  b.addEventListener("click", async () => {
    try {
      say("");
      await run();
      shown = "";
      await refresh(true);
    } catch (error) {
      say(error.message);
    }
  });
  return b;
}
