/** The initials of a name on the colour that belongs to it; the same as fairlead/shell/marks.py draws. */
const COLORS = ["slate", "red", "orange", "amber", "lime", "green", "teal", "cyan", "blue", "indigo", "violet", "pink"];

/** CRC-32 (ISO 3309) of the UTF-8 bytes, as Python's zlib computes it. */
export function crc32(text: string): number {
  let crc = 0xffffffff;
  for (const byte of new TextEncoder().encode(text)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

export function colorOf(name: string): string {
  return COLORS[crc32(name) % COLORS.length]!;
}

export function initials(name: string): string {
  const words = name.match(/[\p{L}\p{N}_]+/gu) ?? [];
  const letters = words.length > 1 ? words[0]![0]! + words.at(-1)![0]! : (words[0] ?? "").slice(0, 2);
  return letters.toUpperCase();
}

export function avatar(name: string): HTMLElement {
  const made = Object.assign(document.createElement("span"), {
    className: "avatar avatar-sm",
    textContent: initials(name),
    ariaHidden: "true",
  });
  made.dataset.color = colorOf(name);
  return made;
}
