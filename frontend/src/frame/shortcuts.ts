/**
 * Keyboard shortcuts. What a page offers is in its markup (`data-shortcut`, `data-go`).
 * Browsers keep Ctrl+N for themselves in a tab; it works in an installed app, and `n` works everywhere.
 */
import { showShortcuts } from "./overview";
import { openPalette } from "./palette";

const SEQUENCE_MS = 1200;
let goPressed = -SEQUENCE_MS;

export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]") !== null
  );
}

/** "ctrl+n n" names two ways: a combination and a plain key. */
export function pressed(shortcut: string, event: KeyboardEvent): boolean {
  return shortcut.split(" ").some((way) => {
    const keys = way.toLowerCase().split("+");
    const ctrl = keys.includes("ctrl");
    return keys.at(-1) === event.key.toLowerCase() && ctrl === (event.ctrlKey || event.metaKey) && !event.altKey;
  });
}

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    return openPalette();
  }
  if (document.querySelector("dialog[open]")) return;
  const modified = event.ctrlKey || event.metaKey || event.altKey;
  const plain = !modified && !isTyping(event.target);
  if (plain && goes(event)) return;
  for (const item of document.querySelectorAll<HTMLElement>("[data-shortcut]"))
    if (pressed(item.dataset.shortcut!, event) && (plain || modified)) {
      event.preventDefault();
      return item.click();
    }
  if (plain && event.key === "?") showShortcuts();
});

/** "g" and then a letter goes to a page; tells whether this key was part of that. */
function goes(event: KeyboardEvent): boolean {
  const second = event.timeStamp - goPressed < SEQUENCE_MS;
  goPressed = !second && event.key === "g" ? event.timeStamp : -SEQUENCE_MS;
  if (second) document.querySelector<HTMLElement>(`.nav [data-go="${CSS.escape(event.key.toLowerCase())}"]`)?.click();
  return second || event.key === "g";
}
