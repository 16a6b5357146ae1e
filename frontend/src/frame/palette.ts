/** The command palette: what the page offers (navigation, new things, commands) and what the server finds. */
import { icon } from "../ui/icon";
import { matching } from "../ui/choices";
import { openDialog } from "./dialogs";
import { showShortcuts } from "./overview";
import { toggleTheme } from "./theme";
import { send } from "../http";

interface Entry {
  label: string;
  group: string;
  icon: string;
  url: string;
  subtitle?: string;
  keys?: string;
  words?: string;
  opens?: boolean;
  run?: string;
  marks?: [number, number][];
}
interface Found {
  groups: {
    label: string;
    items: { title: string; subtitle?: string; url: string; icon?: string; marks?: [number, number][] }[];
  }[];
  all_url?: string;
}
const SEARCH_DELAY_MS = 90;
const MORE = "Search";
const RUN: Record<string, () => void> = { theme: toggleTheme, shortcuts: showShortcuts };

const dialog = document.getElementById("palette") as HTMLDialogElement | null;
const input = document.getElementById("palette-input") as HTMLInputElement | null;
const list = document.getElementById("palette-list");
let shown: Entry[] = [];
let answered = ""; // what `shown` answers: while somebody types, it lags behind the box
let entered: { newTab: boolean } | null = null; // Enter was pressed before the answer came
let active = 0;
let timer = 0;
let pending: AbortController | null = null;

function offered(): Entry[] {
  const template = document.getElementById("palette-commands") as HTMLTemplateElement;
  return [...template.content.querySelectorAll("a")].map((link) => ({
    label: link.textContent?.trim() ?? "",
    group: link.dataset.group ?? "",
    icon: link.dataset.icon ?? "point",
    url: link.getAttribute("href") ?? "",
    keys: link.dataset.keys,
    words: link.dataset.words,
    opens: link.dataset.open === "dialog",
    run: link.dataset.run,
  }));
}

function commandsFor(typed: string): Entry[] {
  return matching(
    offered().map((entry) => ({ ...entry, name: entry.label, label: `${entry.label} ${entry.words ?? ""}` })),
    typed,
  ).map(({ name, ...entry }) => ({ ...entry, label: name }));
}

/** What the server finds, and the way to all of it. */
async function recordsFor(typed: string): Promise<[Entry[], Entry[]]> {
  const source = dialog?.dataset.search;
  if (!source || typed.trim().length < 2) return [[], []];
  pending?.abort();
  pending = new AbortController();
  const url = new URL(source, location.href);
  url.searchParams.set("q", typed);
  const response = await send(url, { headers: { Accept: "application/json" }, signal: pending.signal });
  if (!response?.ok) return [[], []];
  const found = (await response.json()) as Found;
  const entries: Entry[] = found.groups.flatMap((group) =>
    group.items.map((item) => ({
      label: item.title,
      subtitle: item.subtitle,
      url: item.url,
      icon: item.icon ?? "user",
      group: group.label,
      marks: item.marks,
    })),
  );
  return [
    entries,
    found.all_url
      ? [{ label: `All results for “${typed.trim()}”`, url: found.all_url, icon: "search", group: MORE }]
      : [],
  ];
}

function marked(text: string, marks: [number, number][] = []): (Node | string)[] {
  const parts: (Node | string)[] = [];
  let at = 0;
  for (const [from, to] of marks) {
    parts.push(
      text.slice(at, from),
      Object.assign(document.createElement("mark"), { textContent: text.slice(from, to) }),
    );
    at = to;
  }
  return [...parts, text.slice(at)];
}

function draw(): void {
  const parts: HTMLElement[] = [];
  let group = "";
  shown.forEach((entry, at) => {
    if (entry.group !== group)
      parts.push(
        Object.assign(document.createElement("div"), {
          className: "option-group",
          textContent: entry.group,
          role: "presentation",
        }),
      );
    group = entry.group;
    const option = Object.assign(document.createElement("div"), {
      className: `option${at === active ? " is-active" : ""}`,
      id: `palette-${at}`,
      role: "option",
    });
    option.ariaSelected = String(at === active);
    option.dataset.at = String(at);
    const label = Object.assign(document.createElement("span"), { className: "truncate" });
    label.append(...marked(entry.label, entry.marks));
    option.append(icon(entry.icon), label);
    if (entry.subtitle)
      option.append(
        Object.assign(document.createElement("span"), { className: "muted truncate", textContent: entry.subtitle }),
      );
    if (entry.keys)
      option.append(Object.assign(document.createElement("span"), { className: "kbd push", textContent: entry.keys }));
    parts.push(option);
  });
  if (!shown.some((entry) => entry.group !== MORE))
    parts.unshift(
      Object.assign(document.createElement("div"), {
        className: "palette-empty",
        textContent: "Nothing found. Try fewer letters.",
        role: "option",
        ariaDisabled: "true",
      }),
    );
  list!.replaceChildren(...parts);
  if (shown.length) input!.setAttribute("aria-activedescendant", `palette-${active}`);
  list!.querySelector(".is-active")?.scrollIntoView({ block: "nearest" });
}

async function search(): Promise<void> {
  const typed = input!.value;
  const commands = commandsFor(typed);
  if (!typed.trim()) shown = commands;
  else {
    const records = await recordsFor(typed).catch(() => null);
    if (records === null || typed !== input!.value) return; // a later keystroke asked again
    const [found, all] = records;
    shown = [...found, ...commands, ...all];
  }
  active = 0;
  answered = typed;
  draw();
  if (entered) run(shown[0], entered.newTab);
}

function run(entry: Entry | undefined, newTab = false): void {
  entered = null;
  if (!entry) return;
  dialog!.close();
  if (entry.run) RUN[entry.run]?.();
  else if (entry.opens) void openDialog(entry.url);
  else if (newTab) window.open(entry.url, "_blank", "noopener");
  else location.assign(entry.url);
}

/** Open the chosen entry; who types quicker than the answer comes means what will be found, not what still stands there. */
function enter(newTab: boolean): void {
  if (input!.value === answered) return run(shown[active], newTab);
  entered = { newTab };
  clearTimeout(timer);
  void search();
}

export function openPalette(): void {
  if (!dialog || dialog.open) return;
  input!.value = "";
  entered = null;
  dialog.showModal();
  input!.focus();
  void search();
}

input?.addEventListener("input", () => {
  entered = null;
  clearTimeout(timer);
  timer = window.setTimeout(() => void search(), SEARCH_DELAY_MS);
});
input?.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    active = (active + step + shown.length) % (shown.length || 1);
    draw();
  } else if (event.key === "Enter") {
    event.preventDefault();
    enter(event.ctrlKey || event.metaKey);
  }
});
dialog?.addEventListener("close", () => (entered = null));
list?.addEventListener("click", (event) => {
  const option = (event.target as Element).closest<HTMLElement>("[data-at]");
  if (option) run(shown[Number(option.dataset.at)], event.ctrlKey || event.metaKey);
});
document.addEventListener("click", (event) => {
  if ((event.target as Element).closest("[data-palette]")) openPalette();
});
