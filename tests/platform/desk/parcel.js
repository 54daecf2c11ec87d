// Codes and parcels as sync/api/parcel.md has them, by the browser's own cryptography. The code and the ID number never leave the page.
"use strict";

const DAMM = ["0317598642", "7092154863", "4206871359", "1750983426", "6123045978", "3674209581", "5869720134", "8945362017",
              "9438617205", "2581436790"];
const utf8 = new TextEncoder(), unutf8 = new TextDecoder("utf-8", { fatal: true });
const hex = bytes => Array.from(bytes, b => b.toString(16).padStart(2, "0")).join("");
const chance = length => crypto.getRandomValues(new Uint8Array(length));

function codeFold(digits) {
  return [...digits].reduce((interim, d) => Number(DAMM[interim][Number(d)]), 0);
}

function codeDraw() {
  let digits = "";
  while (digits.length < 15) for (const b of chance(16)) if (b < 250 && digits.length < 15) digits += b % 10;
  return digits + codeFold(digits);
}

// The sixteen digits of what was typed, or null.
function codeParse(text) {
  const digits = text.replace(/[\s-]/g, "");
  return /^[0-9]{16}$/.test(digits) && codeFold(digits) === 0 ? digits : null;
}

async function slow(secret, salt, rounds, bits) {
  const key = await crypto.subtle.importKey("raw", utf8.encode(secret), "PBKDF2", false, ["deriveBits"]);
  return new Uint8Array(await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds }, key, bits));
}

async function parcelKeys(code) {
  const all = await slow(code, utf8.encode("onetrip parcel 1"), 200000, 640);
  return { label: hex(all.slice(0, 16)), seal: all.slice(16, 48), stamp: all.slice(48, 80) };
}

async function ownerKey(keys, owner) {
  const key = owner ? await slow(owner, keys.seal, 100000, 256) : keys.seal;
  return crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt", "decrypt"]);
}

function stampKey(keys) {
  return crypto.subtle.importKey("raw", keys.stamp, { name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]);
}

function join(...parts) {
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  parts.reduce((at, p) => (out.set(p, at), at + p.length), 0);
  return out;
}

async function parcelSeal(keys, owner, draft) {
  const text = utf8.encode(JSON.stringify(draft));
  const padded = new Uint8Array((Math.floor(text.length / 1024) + 1) * 1024).fill(0x20);
  if (padded.length > 15 * 1024) throw new Error("too long");
  padded.set(text);
  const nonce = chance(12), head = join(utf8.encode("OTP1"), [owner ? 1 : 0], nonce);
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData: head },
                                                            await ownerKey(keys, owner), padded));
  const body = join(head, sealed);
  return join(body, new Uint8Array(await crypto.subtle.sign("HMAC", await stampKey(keys), body)));
}

// Does it open with an ID number alone? null: it is damaged.
async function parcelHasOwner(keys, parcel) {
  const body = parcel.slice(0, -32);
  const whole = parcel.length > 65 && hex(parcel.slice(0, 4)) === "4f545031" &&
                await crypto.subtle.verify("HMAC", await stampKey(keys), parcel.slice(-32), body);
  return whole && parcel[4] < 2 ? parcel[4] === 1 : null;
}

// The draft, or null when it is another person's.
async function parcelOpen(keys, owner, parcel) {
  const head = parcel.slice(0, 17), sealed = parcel.slice(17, -32);
  try {
    const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv: head.slice(5), additionalData: head },
                                             await ownerKey(keys, owner), sealed);
    return JSON.parse(unutf8.decode(text));
  } catch { return null; }
}

// GB 11643: the last character fits the others.
function isIdNumber(text) {
  if (!/^[0-9]{17}[0-9X]$/.test(text)) return false;
  const sum = [...text].slice(0, 17).reduce((n, c, i) => n + Number(c) * (2 ** (17 - i) % 11), 0);
  return "10X98765432"[sum % 11] === text[17];
}

// ---- the county

class Trouble extends Error {}

async function ask(method, label, headers, body) {
  let answer;
  try {
    answer = await fetch("/phone/parcels/" + label, { method, headers, body, cache: "no-store" });
  } catch { throw new Trouble("offline"); }
  if (answer.ok) return new Uint8Array(await answer.arrayBuffer());
  const problem = await answer.json().catch(() => ({}));
  throw new Trouble(answer.status === 404 ? "unknown" : answer.status === 410 ? String(problem.type).split("/").pop() : "offline");
}

async function parcelPut(keys, parcel, hours) {
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", parcel));
  return ask("PUT", keys.label, { "Parcel-Hours": String(hours), "Content-Type": "application/octet-stream",
                                  "Content-Digest": `sha-256=:${btoa(String.fromCharCode(...sum))}:` }, parcel);
}
const parcelGet = keys => ask("GET", keys.label, {});
const parcelEnd = keys => ask("DELETE", keys.label, { "Parcel-Taker": hex(chance(16)) });
