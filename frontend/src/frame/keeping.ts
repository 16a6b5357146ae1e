/**
 * What somebody has in hand outlives that a part of the page is read again (`hx-trigger="refresh:…"`, `every 2s`): a form
 * that is being filled in, an open menu, unfolded details, how far a table is scrolled. Such a thing goes over into the
 * new part, in the place of its like there, with the focus and the caret in it. When its like is gone (a colleague
 * deleted the row), or somebody marks text to copy it, the part stays as it is until the hands are free.
 */
import { contextOf } from "../requests";

interface Task {
  target: Element | string;
  fragment: ParentNode;
}
interface Part {
  readonly shown: Element;
  readonly fresh: ParentNode;
}
/** Moving without taking out: open menus stay open and focused fields focused. Where a browser cannot, the part waits. */
const CARRIES = "moveBefore" in Element.prototype;
const TEXT = "input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]";
const BUSY = ':popover-open, form:has(.error, [aria-invalid="true"])'; // refused forms have everything typed in them
const SAME = ["action", "hx-post", "name"]; // what tells forms apart that have no id
const typed = new WeakSet<Element>();
const waiting = new Map<Element, string>(); // parts that are to be read again, and the event that says so
let scrolled: [part: string, index: number, left: number, top: number][] = [];
let timer = 0;

const placeOf = (field: Element): Element => field.closest("form") ?? field;

for (const name of ["input", "change"])
  document.addEventListener(name, (event) => typed.add(placeOf(event.target as Element)));
document.addEventListener("reset", (event) => typed.delete(event.target as Element));
document.addEventListener("htmx:after:request", (event) => {
  const { sourceElement, response } = contextOf(event);
  if (response && response.status < 400) typed.delete(sourceElement);
});

/** What in a part is being worked with: forms and fields with something typed or the caret in them, open menus. */
function inHand(part: Element): Element[] {
  const caret = document.activeElement?.matches(TEXT) ? placeOf(document.activeElement) : null;
  const isBusy = (at: Element): boolean => at === caret || typed.has(at) || at.matches(BUSY);
  const busy = [...part.querySelectorAll(`form, ${TEXT}, :popover-open`)].filter(isBusy);
  return busy.filter((at) => !busy.some((other) => other !== at && other.contains(at)));
}

function isMarked(part: Element): boolean {
  const marked = getSelection();
  return Boolean(
    marked &&
    !marked.isCollapsed &&
    marked.toString() &&
    part.contains(marked.anchorNode) &&
    !document.activeElement?.matches(TEXT),
  );
}

/** Tell whether somebody works in a part, so that what replaces it by other means than htmx leaves it alone. */
export function isInHand(part: Element): boolean {
  return inHand(part).length > 0 || isMarked(part);
}

/** Have `again` fired on the body as soon as nobody works in the part any more. */
export function waitFor(part: Element, again: string): void {
  waiting.set(part, again);
}

/** The place of `old` in what is new: by its id, else by where it sends to, and which of several it is. */
function likeOf(old: Element, { shown, fresh }: Part): Element | null {
  if (old.id && !("kept" in (old as HTMLElement).dataset)) return fresh.querySelector(`#${CSS.escape(old.id)}`);
  const alike = (at: Element): boolean => SAME.every((name) => at.getAttribute(name) === old.getAttribute(name));
  const olds = [...shown.querySelectorAll(old.localName)].filter(alike);
  const news = [...fresh.querySelectorAll(old.localName)].filter(alike);
  return olds.length === news.length ? (news[olds.indexOf(old)] ?? null) : null; // which is which cannot be told otherwise
}

let made = 0;

/** Let everything in hand take the place of its like; false when something cannot. */
function carry(part: Part): boolean {
  const pairs = inHand(part.shown).map((old) => [old, likeOf(old, part)] as const);
  if (pairs.length && (!CARRIES || pairs.some(([, like]) => !like))) return false;
  for (const [old, like] of pairs) {
    if (!old.id) [old.id, (old as HTMLElement).dataset.kept] = [`kept-${++made}`, ""];
    like!.id = old.id;
    like!.setAttribute("hx-preserve", ""); // htmx keeps what is there
  }
  return true;
}

/** Details are unfolded as they were: known by their id, else by the named block they stand in and their words. */
function unfold({ shown, fresh }: Part): void {
  const key = (at: Element): string => at.id || `${at.closest("[id]")?.id} ${at.querySelector("summary")?.textContent}`;
  const known = new Map([...shown.querySelectorAll("details")].map((at) => [key(at), at.open]));
  for (const at of fresh.querySelectorAll("details")) at.open = known.get(key(at)) ?? at.open;
}

const boxes = (part: Element): Element[] => [...part.querySelectorAll(".table-wrap")];

function rememberScroll(part: Element): void {
  boxes(part).forEach(({ scrollLeft: left, scrollTop: top }, index) => {
    if (part.id && (left || top)) scrolled.push([part.id, index, left, top]);
  });
}

document.addEventListener("htmx:before:swap", (event) => {
  const { tasks } = (event as CustomEvent<{ tasks: Task[] }>).detail;
  const by = contextOf(event).sourceEvent;
  if (event.defaultPrevented || !(by instanceof Event) || by.isTrusted) return; // what somebody asked for comes as it is
  scrolled = [];
  for (const task of [...tasks]) {
    const shown = typeof task.target === "string" ? document.querySelector(task.target) : task.target;
    if (!shown) continue;
    const part = { shown, fresh: task.fragment };
    if (isMarked(shown) || !carry(part)) {
      tasks.splice(tasks.indexOf(task), 1);
      if (by.type.startsWith("refresh:")) waitFor(shown, by.type);
      continue;
    }
    unfold(part);
    rememberScroll(shown);
  }
});

document.addEventListener("htmx:after:swap", () => {
  for (const [id, index, left, top] of scrolled)
    boxes(document.getElementById(id) ?? document.body)[index]?.scrollTo({ left, top, behavior: "instant" });
  scrolled = [];
  for (const open of document.querySelectorAll(":popover-open[id]")) {
    for (const button of document.querySelectorAll(`[popovertarget="${CSS.escape(open.id)}"]`))
      button.ariaExpanded = "true";
  }
});

/** Read what waited again, once nobody works in it. */
function resume(): void {
  clearTimeout(timer);
  if (!waiting.size) return;
  timer = window.setTimeout(() => {
    const free = [...waiting].filter(([part]) => !part.isConnected || !isInHand(part));
    for (const [part] of free) waiting.delete(part);
    for (const name of new Set(free.map(([, again]) => again))) document.body.dispatchEvent(new CustomEvent(name));
  });
}
for (const name of ["focusout", "input", "submit", "toggle", "selectionchange", "htmx:after:request"])
  document.addEventListener(name, resume, true);
