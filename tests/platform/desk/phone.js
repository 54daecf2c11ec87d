// The county's phone page, for reference: open what a kiosk handed over, fill in at home, hand to a kiosk (SS-48).
"use strict";

const words = {
  title: ["手机接着办", "Go on by phone"], language: ["English", "中文"], continue: ["接着办自助机上没办完的事", "Go on with what was begun at a kiosk"],
  code: ["自助机给的 16 位号码", "The kiosk's 16 digits"], open: ["打开", "Open"], begin: ["在家先填好，到自助机上办", "Fill in at home, finish at a kiosk"],
  matter: ["办什么事", "Which matter"], fill: ["开始填", "Begin"], owner: ["办事人的身份证号", "ID number of the person it is for"],
  leave: ["不清楚的可以先空着，到自助机上再填。", "Leave out what you do not know: the kiosk asks again."],
  why: ["只用来上锁：自助机要刷这个人的身份证才打得开。号码不会发出去。", "It only locks the form: the kiosk opens it with this person's card. The number is not sent."],
  hand: ["填好了，出示给自助机", "Done: show it to a kiosk"], show: ["先刷身份证，再把这个码给自助机扫", "Lay the ID card on the kiosk, then hold this code before its scanner"],
  once: ["也可以在自助机上输入这 16 位号码。三天内有效，只能用一次。", "Or type these 16 digits at the kiosk. They work once, within three days."],
  far: ["办到哪一步了", "Is it done yet?"], receipt: ["凭条上的办件编号", "The number on the slip"], look: ["查一查", "Look"],
  edit: ["再改一改", "Change something"],
};
const troubles = {
  badcode: ["号码不对，请对照自助机再看一遍。", "This code does not fit. Please compare it with the kiosk."],
  unknown: ["没有找到。请在自助机上重新取一个号码。", "Nothing was found. Please get a new code at the kiosk."],
  expired: ["号码过期了，填的内容已经删除。", "This code has run out, and what was filled in is deleted."],
  used: ["这个号码用过了，只能用一次。", "This code was used already. Each works once."],
  number: ["身份证号不对，请再看一遍。", "This ID number is not right. Please look again."],
  other: ["身份证号和填表的人不一样。", "This is not the ID number of the person who filled it in."],
  damaged: ["内容在路上损坏了，请在自助机上重新取一个号码。", "It was damaged on the way. Please get a new code at the kiosk."],
  offline: ["现在连不上，请过一会儿再试。填的内容还在。", "There is no connection now. Please try again; what you filled in is still here."],
  insecure: ["这个页面没有加密，不能用。", "This page is not encrypted and cannot be used."],
  badnumber: ["编号不对，请对照凭条再看一遍。", "This number is not right. Please compare it with the slip."],
  nonumber: ["县里还没有收到这个编号，请过一会儿再查。", "The county has not heard of this number yet. Please try later."],
  matter: ["这件事网上没有表，请到窗口问。", "There is no form for this matter here. Please ask at the counter."],
};
const $ = id => document.getElementById(id);
let language = 0, services = [], service = null, answers = {}, keys = null, parcel = null, trouble = null;
const say = texts => texts[language ? "en" : "zh"];

function show(section) {
  for (const id of ["start", "form", "ready"]) $(id).hidden = id !== section;
  tell(null);
  scrollTo(0, 0);
}

function tell(word) {
  trouble = word;
  $("trouble").hidden = !word;
  $("trouble").textContent = word ? (troubles[word] || troubles.offline)[language] : "";
  if (word) $("trouble").scrollIntoView();
}

function speak() {
  document.documentElement.lang = language ? "en" : "zh";
  for (const e of document.querySelectorAll("[data-say]")) e.textContent = words[e.dataset.say][language];
  $("title").textContent = document.title = words.title[language];
  $("language").textContent = words.language[language];
  const chosen = $("matter").value;
  $("matter").replaceChildren(...services.map(s => el("option", { value: s.code, textContent: say(s.name) })));
  if (chosen) $("matter").value = chosen;
  if (service) openForm(service);
  progressDraw();
  tell(trouble);
}

function openForm(s) {
  service = s;
  $("name").textContent = say(s.name);
  formDraw($("fields"), s, answers, say);
}

// One thing at a time; what goes wrong has a sentence.
async function busy(button, work) {
  button.disabled = true;
  tell(null);
  try { await work(); } catch (e) {
    if (!(e instanceof Trouble)) console.error(e);
    tell(e instanceof Trouble ? e.message : "damaged");
  } finally { button.disabled = false; }
}

async function openCode() {
  const code = codeParse($("code").value);
  if (!code) throw new Trouble("badcode");
  keys = await parcelKeys(code);
  parcel = await parcelGet(keys);
  const hasOwner = await parcelHasOwner(keys, parcel);
  if (hasOwner === null) throw new Trouble("damaged");
  const owner = hasOwner ? $("opener").value.trim().toUpperCase() : "";
  if (hasOwner && $("owner-of-code").hidden) {
    $("owner-of-code").hidden = false;
    $("opener").focus();
    return;
  }
  if (hasOwner && !isIdNumber(owner)) throw new Trouble("number");
  const draft = await parcelOpen(keys, owner, parcel);
  if (!draft) throw new Trouble(hasOwner ? "other" : "damaged");
  const found = services.find(s => s.code === draft.item_code);
  if (!found) throw new Trouble("matter");
  await parcelEnd(keys); // from here on this page alone has it
  answers = { ...draft.answers };
  $("owner").value = owner;
  $("code").value = $("opener").value = "";
  openForm(found);
  show("form");
}

async function handOver() {
  const owner = $("owner").value.trim().toUpperCase(), code = codeDraw();
  if (!isIdNumber(owner)) throw new Trouble("number");
  keys = await parcelKeys(code);
  await formJudge(service, answers);
  const draft = { schema: 1, item_code: service.code, answers: formAnswers(service, answers) };
  await parcelPut(keys, await parcelSeal(keys, owner, draft), 72);
  qrDraw($("qr"), code);
  $("shown").textContent = code.match(/.{4}/g).join(" ");
  show("ready");
}

$("language").addEventListener("click", () => { language = 1 - language; speak(); });
$("open").addEventListener("click", e => busy(e.target, openCode));
// The phone keyboard's own key does the same.
for (const [input, button, work] of [["code", "open", openCode], ["opener", "open", openCode], ["owner", "hand", handOver], ["number", "look", progressAsk]])
  $(input).addEventListener("keydown", e => { if (e.key === "Enter" && !$(button).disabled) busy($(button), work); });
$("look").addEventListener("click", e => busy(e.target, progressAsk));
$("hand").addEventListener("click", e => busy(e.target, handOver));
$("edit").addEventListener("click", () => show("form"));
$("fill").addEventListener("click", () => {
  answers = {};
  openForm(services.find(s => s.code === $("matter").value));
  show("form");
});

// The code of a kiosk's QR stands behind the #, which no server gets to see; it does not stay in the address bar.
function takeCode() {
  const code = location.hash.slice(1);
  if (!code) return;
  history.replaceState(null, "", location.pathname);
  if (/^[A-Z0-9]{4,16}-/.test(code)) { // the number of a slip
    $("number").value = code;
    show("start");
    return busy($("look"), progressAsk);
  }
  $("code").value = code;
  show("start");
  busy($("open"), openCode);
}

async function start() {
  speak();
  if (!crypto.subtle) return tell("insecure");
  try {
    const all = (await (await fetch("/phone/catalogue")).json()).services;
    services = all.filter(s => s.pages && s.reach !== "info");
  } catch { return tell("offline"); }
  speak();
  takeCode();
  addEventListener("hashchange", takeCode);
}
start();
