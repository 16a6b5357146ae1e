/** Snippets in plain text boxes: # and the beginning of a shortcut opens the list. */
import { Suggestions } from "../ui/suggestions";
import { address, expand, find, LOOK, type Insert } from "./source";

type Box = HTMLInputElement | HTMLTextAreaElement;
const TYPED = /(?:^|\s)#([\p{L}\p{N}_-]{0,40})$/u;
let list: Suggestions<Insert> | null = null;
let box: Box | null = null;
let asked = 0;

function isBox(element: EventTarget | null): element is Box {
  const fits =
    element instanceof HTMLTextAreaElement || (element instanceof HTMLInputElement && element.type === "text");
  return fits && !element.readOnly && !element.closest("[data-no-snippets], fl-combobox, #palette, [role=combobox]");
}

/** Return what was typed behind the # before the caret, null when there is none. */
export function typedBehind(text: string, caret: number): string | null {
  return TYPED.exec(text.slice(0, caret))?.[1] ?? null;
}

function close(): void {
  asked += 1;
  list?.close();
  list = null;
  box = null;
}

async function take(insert: Insert): Promise<void> {
  const target = box;
  if (!target) return;
  const end = target.selectionStart ?? target.value.length;
  const start = end - (typedBehind(target.value, end)?.length ?? 0) - 1;
  close();
  const made = await expand(insert, target);
  if (!made) return;
  target.setRangeText(
    target instanceof HTMLInputElement ? made.text.replace(/\s+/g, " ") : made.text,
    start,
    end,
    "end",
  );
  target.dispatchEvent(new Event("input", { bubbles: true }));
  target.focus();
}

document.addEventListener("input", (event) => {
  if (!isBox(event.target) || !address()) return;
  const target = event.target;
  const query = typedBehind(target.value, target.selectionStart ?? 0);
  if (query === null) return close();
  const turn = ++asked;
  void find(query).then((items) => {
    if (turn !== asked || document.activeElement !== target || (!items.length && !list)) return;
    box = target;
    list ??= new Suggestions(LOOK, target, (insert) => void take(insert));
    list.show(items, target.getBoundingClientRect());
  });
});
document.addEventListener(
  "keydown",
  (event) => {
    if (!list || event.target !== box) return;
    if (event.key === "Escape") close();
    else if (!list.key(event)) return;
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);
document.addEventListener("focusout", (event) => {
  if (event.target === box) close();
});
