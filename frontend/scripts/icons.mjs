// dist/icons/*.png: public/icon.svg for those who install the app. Knows what that drawing is made of: one rectangle,
// and lines of round ends (M, m, h, v, V, l).
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';

const svg = readFileSync(new URL('../public/icon.svg', import.meta.url), 'utf8');
const attributes = (element) =>
  Object.fromEntries([...element.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, ...pair]) => pair));
const colour = (hex) => {
  const digits = hex.length === 4 ? [...hex.slice(1)].map((digit) => digit + digit) : hex.slice(1).match(/../g);
  return digits.map((pair) => parseInt(pair, 16));
};

/** Segments [x1, y1, x2, y2] of a path. */
function segmentsOf(d) {
  const found = [];
  let x = 0;
  let y = 0;
  for (const [, command, rest] of d.matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)) {
    const numbers = (rest.match(/-?[\d.]+/g) ?? []).map(Number);
    const one = { h: (n) => [x + n, y], v: (n) => [x, y + n], V: (n) => [x, n] }[command];
    for (let at = 0; at < numbers.length; at += one ? 1 : 2) {
      const [a, b] = numbers.slice(at);
      const to = one ? one(a) : command === 'M' ? [a, b] : [x + a, y + b];
      // What follows the first pair of a move is drawn.
      if (at > 0 || command.toLowerCase() !== 'm') found.push([x, y, ...to]);
      [x, y] = to;
    }
  }
  return found;
}

const rect = attributes(/<rect[^>]*>/.exec(svg)[0]);
const lines = [...svg.matchAll(/<path[^>]*>/g)].map(([element]) => {
  const { d, stroke, 'stroke-width': width } = attributes(element);
  return { segments: segmentsOf(d), colour: colour(stroke), half: Number(width) / 2 };
});

function distance(px, py, [x1, y1, x2, y2]) {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const along = Math.max(0, Math.min(1, ((px - x1) * dx + (py - y1) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(px - x1 - along * dx, py - y1 - along * dy);
}
function outsideRect(px, py, side, radius) {
  const [qx, qy] = [px, py].map((value) => Math.abs(value - side / 2) - side / 2 + radius);
  return Math.hypot(Math.max(qx, 0), Math.max(qy, 0)) + Math.min(Math.max(qx, qy), 0) - radius;
}

/** One line of pixels after the other, as PNG wants them. */
function draw(size, maskable) {
  const side = Number(rect.width);
  const scale = side / size;
  const shrink = maskable ? 0.8 : 1;
  const cover = (far) => Math.max(0, Math.min(1, 0.5 - far / scale));
  const rows = Buffer.alloc(size * (1 + size * 4));
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const [x, y] = [(column + 0.5) * scale, (row + 0.5) * scale];
      const [ix, iy] = [x, y].map((value) => (value - side / 2) / shrink + side / 2);
      let pixel = colour(rect.fill);
      for (const { segments, colour: ink, half } of lines) {
        const share = cover((Math.min(...segments.map((each) => distance(ix, iy, each))) - half) * shrink);
        pixel = pixel.map((value, at) => value + (ink[at] - value) * share);
      }
      const alpha = maskable ? 1 : cover(outsideRect(x, y, side, Number(rect.rx)));
      rows.set([...pixel.map(Math.round), Math.round(alpha * 255)], row * (1 + size * 4) + 1 + column * 4);
    }
  }
  return rows;
}

function chunk(name, content) {
  const body = Buffer.concat([Buffer.from(name), content]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(content.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}

function png(size, maskable) {
  const head = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 6, 0, 0, 0]);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  const mark = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const pixels = deflateSync(draw(size, maskable), { level: 9 });
  return Buffer.concat([mark, chunk('IHDR', head), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

const folder = new URL('../dist/icons/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const size of [192, 512]) {
  writeFileSync(new URL(`${size}.png`, folder), png(size, false));
  writeFileSync(new URL(`maskable-${size}.png`, folder), png(size, true));
}
