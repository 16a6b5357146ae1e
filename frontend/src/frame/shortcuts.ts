/**
 * Keyboard shortcuts. What a page offers is in its markup (`data-shortcut`, `data-go`), so the overlay cannot lie.
 * Browsers keep Ctrl+N for themselves in a tab; it works in an installed app, and `n` works everywhere.
 */
import { openPalette } from "./palette";

const SEQUENCE_MS = 1200;
const FIXED: [string, string][] = [
  ["Search and commands", "Ctrl K"],
  ["This overview", "?"],
  ["Close", "Esc"],
];
const IN_LISTS: [string, string][] = [
  ["Next row", "J"],
  ["Previous row", "K"],
  ["Select the row", "X"],
  ["Open the row", "Enter"],
  ["Search in the list", "/"],
];
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

function row([what, keys]: [string, string]): HTMLElement {
  const line = Object.assign(document.createElement("div"), { className: "row between shortcut" });
  const hint = Object.assign(document.createElement("span"), { className: "row gap-1" });
  for (const key of keys.split(" "))
    hint.append(Object.assign(document.createElement("kbd"), { className: "kbd", textContent: key }));
  line.append(Object.assign(document.createElement("span"), { textContent: what }), hint);
  return line;
}

export function showShortcuts(): void {
  const dialog = document.getElementById("shortcuts") as HTMLDialogElement;
  const body = document.getElementById("shortcuts-list")!;
  const made = [...document.querySelectorAll<HTMLElement>("[data-shortcut]")].map((item): [string, string] => [
    item.querySelector("span")?.textContent?.trim() ?? "",
    item.dataset
      .shortcut!.split(" ")
      .map((way) =>
        way
          .split("+")
          .map((key) => key[0]!.toUpperCase() + key.slice(1))
          .join(" "),
      )
      .join(" or "),
  ]);
  const places = [...document.querySelectorAll<HTMLElement>(".nav [data-go]")].map((item): [string, string] => [
    item.textContent?.trim() ?? "",
    `G ${item.dataset.go!.toUpperCase()}`,
  ]);
  body.className = "dialog-body stack gap-4";
  body.replaceChildren(
    ...(
      [
        ["Everywhere", [...FIXED, ...made]],
        ["Go to", places],
        ["In lists", document.querySelector("fl-list") ? IN_LISTS : []],
      ] as [string, [string, string][]][]
    )
      .filter(([, rows]) => rows.length)
      .map(([heading, rows]) => {
        const group = Object.assign(document.createElement("section"), { className: "stack gap-2" });
        group.append(Object.assign(document.createElement("h3"), { textContent: heading }), ...rows.map(row));
        return group;
      }),
  );
  dialog.showModal();
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

document.addEventListener("click", (event) => {
  if ((event.target as Element).closest("[data-shortcuts]")) showShortcuts();
});
