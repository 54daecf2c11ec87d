// A QR code of sixteen digits: version 1, level M, numeric (ISO/IEC 18004). Small enough to need no library, and nothing else is shown.
"use strict";

const QR_SIDE = 21, QR_DATA = 16, QR_CHECK = 10;

// Exponents and logarithms of the field of 256 elements with x^8 + x^4 + x^3 + x^2 + 1.
const qrField = (() => {
  const exp = new Uint8Array(512), log = new Uint8Array(256);
  for (let i = 0, x = 1; i < 255; i++) {
    exp[i] = exp[i + 255] = x;
    log[x] = i;
    x = x < 128 ? x << 1 : (x << 1) ^ 0x11d;
  }
  return { exp, log, times: (a, b) => (a && b ? exp[log[a] + log[b]] : 0) };
})();

function qrCheck(data) {
  let generator = [1];
  for (let i = 0; i < QR_CHECK; i++) {
    const next = new Array(generator.length + 1).fill(0);
    generator.forEach((c, k) => {
      next[k] ^= c;
      next[k + 1] ^= qrField.times(c, qrField.exp[i]);
    });
    generator = next;
  }
  const rest = [...data, ...new Array(QR_CHECK).fill(0)];
  for (let i = 0; i < data.length; i++) {
    const lead = rest[i];
    generator.forEach((c, k) => { rest[i + k] ^= qrField.times(c, lead); });
  }
  return rest.slice(data.length);
}

function qrWords(digits) {
  let bits = "0001" + digits.length.toString(2).padStart(10, "0");
  for (let i = 0; i < digits.length; i += 3) {
    const group = digits.slice(i, i + 3);
    bits += Number(group).toString(2).padStart([0, 4, 7, 10][group.length], "0");
  }
  bits += "0000";
  bits = bits.padEnd(Math.ceil(bits.length / 8) * 8, "0");
  const words = bits.match(/.{8}/g).map(b => parseInt(b, 2));
  for (let pad = 0xec; words.length < QR_DATA; pad ^= 0xec ^ 0x11) words.push(pad);
  return [...words, ...qrCheck(words)];
}

const qrMasks = [
  (y, x) => (y + x) % 2 === 0, (y, x) => y % 2 === 0, (y, x) => x % 3 === 0, (y, x) => (y + x) % 3 === 0,
  (y, x) => ((y >> 1) + Math.floor(x / 3)) % 2 === 0, (y, x) => (y * x) % 2 + (y * x) % 3 === 0,
  (y, x) => ((y * x) % 2 + (y * x) % 3) % 2 === 0, (y, x) => ((y + x) % 2 + (y * x) % 3) % 2 === 0,
];

// What stands there whatever is said: finders, timing, the dark module, and room for the format.
function qrFrame() {
  const cells = Array.from({ length: QR_SIDE }, () => new Array(QR_SIDE).fill(null));
  for (const [top, left] of [[0, 0], [0, QR_SIDE - 7], [QR_SIDE - 7, 0]])
    for (let y = -1; y < 8; y++)
      for (let x = -1; x < 8; x++) {
        const ring = Math.max(Math.abs(y - 3), Math.abs(x - 3));
        if (cells[top + y] && cells[top + y][left + x] !== undefined)
          cells[top + y][left + x] = ring !== 2 && ring < 4;
      }
  for (let i = 8; i < QR_SIDE - 8; i++) cells[6][i] = cells[i][6] = i % 2 === 0;
  return cells;
}

// Level M is 00; fifteen bits with their check (BCH 15,5), masked.
function qrFormat(cells, mask) {
  let check = mask << 10;
  for (let i = 14; i >= 10; i--) if (check >> i & 1) check ^= 0x537 << (i - 10);
  const bits = (mask << 10 | check) ^ 0x5412;
  const bit = i => (bits >> i & 1) === 1;
  for (let i = 0; i < 6; i++) cells[i][8] = bit(i);
  cells[7][8] = bit(6);
  cells[8][8] = bit(7);
  cells[8][7] = bit(8);
  for (let i = 9; i < 15; i++) cells[8][14 - i] = bit(i);
  for (let i = 0; i < 8; i++) cells[8][QR_SIDE - 1 - i] = bit(i);
  for (let i = 8; i < 15; i++) cells[QR_SIDE - 15 + i][8] = bit(i);
  cells[QR_SIDE - 8][8] = true;
}

function qrPlace(words, mask) {
  const cells = qrFrame(), bits = words.map(w => w.toString(2).padStart(8, "0")).join("");
  qrFormat(cells, mask);
  let at = 0, up = true;
  for (let right = QR_SIDE - 1; right > 0; right -= 2, up = !up) {
    if (right === 6) right--;
    for (let i = 0; i < QR_SIDE; i++)
      for (const x of [right, right - 1]) {
        const y = up ? QR_SIDE - 1 - i : i;
        if (cells[y][x] === null) cells[y][x] = (bits[at++] === "1") !== qrMasks[mask](y, x);
      }
  }
  return cells;
}

// Long runs and squares of one colour read badly: the mask with the fewest is taken.
function qrPenalty(cells) {
  let sum = 0;
  for (let y = 0; y < QR_SIDE; y++)
    for (const at of [x => cells[y][x], x => cells[x][y]])
      for (let x = 1, run = 1; x <= QR_SIDE; x++) {
        if (x < QR_SIDE && at(x) === at(x - 1)) { run++; continue; }
        if (run >= 5) sum += run - 2;
        run = 1;
      }
  for (let y = 1; y < QR_SIDE; y++)
    for (let x = 1; x < QR_SIDE; x++)
      if (cells[y][x] === cells[y - 1][x] && cells[y][x] === cells[y][x - 1] && cells[y][x] === cells[y - 1][x - 1]) sum += 3;
  return sum;
}

function qrDraw(canvas, digits) {
  const words = qrWords(digits), quiet = 4, px = Math.floor(canvas.width / (QR_SIDE + 2 * quiet));
  const best = qrMasks.map((_, mask) => qrPlace(words, mask)).sort((a, b) => qrPenalty(a) - qrPenalty(b))[0];
  const ink = canvas.getContext("2d");
  ink.fillStyle = "#fff";
  ink.fillRect(0, 0, canvas.width, canvas.height);
  ink.fillStyle = "#000";
  best.forEach((row, y) => row.forEach((dark, x) => { if (dark) ink.fillRect((x + quiet) * px, (y + quiet) * px, px, px); }));
}
