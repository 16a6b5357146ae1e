/**
 * `<a href data-dialog>` (or `data-drawer`) opens its page part in the dialog of the frame; without JavaScript
 * it is a link to the page. The content comes from `<c-dialog>`.
 */
import htmx from "htmx.org";
import { send } from "../http";
import { confirmed } from "./confirm";
import { isDirty, markClean } from "../ui/forms";
import { goOn } from "./focus";
import { showToast } from "./toasts";

const openers = new WeakMap<HTMLDialogElement, HTMLElement>(); // what had the focus before

/** What the dialog that `element` stands in was opened from. */
export function openerOf(element: Element): HTMLElement | undefined {
  const dialog = element.closest("dialog");
  return dialog ? openers.get(dialog) : undefined;
}

function parts(kind: "dialog" | "drawer"): [HTMLDialogElement, HTMLElement] {
  return [document.getElementById(kind) as HTMLDialogElement, document.getElementById(`${kind}-content`)!];
}

function name(dialog: HTMLDialogElement): void {
  const heading = dialog.querySelector("h1, h2");
  if (heading?.textContent) dialog.setAttribute("aria-label", heading.textContent.trim());
}

/** Where somebody wants to go on: what asks for it, the first empty field, an editor (which comes later), any button. */
function firstField(content: HTMLElement): HTMLElement | null {
  const asked = content.querySelector<HTMLElement>("[autofocus]");
  if (asked) return asked;
  const fields = [
    ...content.querySelectorAll<HTMLInputElement>(
      ".dialog-body :is(input, select, textarea):not([type=hidden], [type=file])",
    ),
  ].filter((field) => field.offsetParent !== null);
  const writes = content.querySelector("fl-editor") !== null;
  const mayWait = (field: Element) => writes && field.matches("select:not([required])"); // a type, before the text
  const empty = fields.find((field) => !field.value && !field.closest(".combobox:has(.tag)") && !mayWait(field));
  if (empty || writes) return empty ?? null;
  return fields[0] ?? content.querySelector(".dialog-body :is(button, .choices a), .dialog-foot button");
}

/** Load `url` into the dialog and show it. Extra parameters go into the query. */
export async function openDialog(
  url: string,
  kind: "dialog" | "drawer" = "dialog",
  params: Record<string, string> = {},
): Promise<void> {
  const [dialog, content] = parts(kind);
  const address = new URL(url, location.href);
  for (const [key, value] of Object.entries(params)) address.searchParams.set(key, value);
  const response = await send(address, { headers: { "HX-Target": `div#${kind}-content` } });
  if (response?.redirected) return location.assign(response.url);
  if (response?.headers.has("Fairlead-Effects") && !response.ok) return; // it says itself what is wrong
  if (!response?.ok)
    return showToast({
      kind: "error",
      text: response?.status === 403 ? "Your role does not allow this." : "This could not be opened. Try again.",
    });
  content.innerHTML = await response.text();
  dialog.classList.toggle("dialog-wide", content.querySelector("[data-wide]") !== null);
  htmx.process(content);
  name(dialog);
  if (!dialog.open) {
    if (document.activeElement instanceof HTMLElement) openers.set(dialog, document.activeElement);
    dialog.showModal();
  }
  content.dispatchEvent(new CustomEvent("dialog:open", { bubbles: true }));
  firstField(content)?.focus();
}

/** Close every dialog and drawer without asking. */
export function closeDialogs(): void {
  for (const dialog of document.querySelectorAll<HTMLDialogElement>("dialog[open]")) {
    for (const form of dialog.querySelectorAll("form")) markClean(form);
    dialog.close();
  }
}

async function dismiss(dialog: HTMLDialogElement): Promise<void> {
  const dirty = [...dialog.querySelectorAll<HTMLFormElement>("form[data-guard]")].filter(isDirty);
  if (dirty.length && !(await confirmed("What you typed here is not saved yet. Throw it away?", "Throw away"))) return;
  dirty.forEach(markClean);
  const once = dialog.querySelector<HTMLElement>("[data-once]"); // a secret: the page below does not know of it yet
  if (once && !(await confirmed("What stands here is never shown again. Have you copied it?", "Yes, close"))) return;
  if (once) return location.assign(once.dataset.once!);
  dialog.close();
}

// A press that began inside, on a list that is gone by now, ends on the dialog itself: that is no click beside it.
let pressed: EventTarget | null = null;
document.addEventListener("pointerdown", (event) => (pressed = event.target), true);

document.addEventListener("click", (event) => {
  const target = event.target as Element;
  const opener = target.closest<HTMLAnchorElement>("a[data-dialog], a[data-drawer], button[data-dialog]");
  const plain = !(event as MouseEvent).ctrlKey && !(event as MouseEvent).metaKey && !(event as MouseEvent).shiftKey;
  if (opener && plain) {
    event.preventDefault();
    void openDialog(
      opener.getAttribute("href") ?? opener.dataset.dialog!,
      opener.matches("[data-drawer]") ? "drawer" : "dialog",
    );
    return;
  }
  const dialog = target.closest("dialog");
  if (dialog && (target.closest("[data-close]") || (target === dialog && pressed === dialog))) void dismiss(dialog);
});

// What is chosen here decides what else the dialog asks: it is asked for anew.
document.addEventListener("change", (event) => {
  const choice = (event.target as Element).closest<HTMLSelectElement>("select[data-dialog]");
  if (choice?.value) void openDialog(choice.dataset.dialog!, "dialog", { [choice.name]: choice.value });
});

document.addEventListener(
  "cancel",
  (event) => {
    const dialog = event.target as HTMLDialogElement;
    if (!dialog.querySelector("form[data-guard], [data-once]")) return;
    event.preventDefault();
    void dismiss(dialog);
  },
  true,
);

document.addEventListener(
  "close",
  (event) => {
    const dialog = event.target as HTMLDialogElement;
    if (dialog.open) return; // opened again before the event that it had closed came
    const content = dialog.querySelector("#dialog-content, #drawer-content");
    if (content) content.replaceChildren();
    const opener = openers.get(dialog);
    if (opener) goOn(opener); // the part it was opened from may have been drawn anew meanwhile
  },
  true,
);
