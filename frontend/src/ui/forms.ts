/**
 * Forms: the unsaved-changes guard (`data-guard`), what the browser cannot read, and the focus after a form came back
 * with errors.
 */
import { contextOf } from "../requests";

const dirty = new WeakSet<HTMLFormElement>();
const watched = new Set<WeakRef<HTMLFormElement>>();

export function isDirty(form: HTMLFormElement): boolean {
  return dirty.has(form);
}
export function markClean(form: HTMLFormElement): void {
  dirty.delete(form);
}
export function markDirty(form: HTMLFormElement): void {
  dirty.add(form);
  watched.add(new WeakRef(form));
}

function onEdit(event: Event): void {
  const form = (event.target as Element).closest?.<HTMLFormElement>("form[data-guard]");
  if (form && event.isTrusted) markDirty(form);
}
document.addEventListener("input", onEdit);
document.addEventListener("change", onEdit);

/**
 * The first control that holds something its kind cannot be ("1e400" in a number, the 29th of February of 2023). It
 * would be sent as if it were empty, and what is stored would be gone.
 */
function unreadable(form: HTMLFormElement): HTMLInputElement | undefined {
  const inputs = [...form.elements].filter((control) => control instanceof HTMLInputElement);
  return inputs.find((input) => input.validity.badInput && input.checkVisibility());
}
document.addEventListener(
  "submit",
  (event) => {
    const form = event.target as HTMLFormElement;
    const control = unreadable(form);
    if (!control) return markClean(form);
    event.preventDefault();
    event.stopImmediatePropagation();
    control.reportValidity();
  },
  true,
);

addEventListener("beforeunload", (event) => {
  for (const reference of watched) {
    const form = reference.deref();
    if (form?.isConnected && isDirty(form)) event.preventDefault();
  }
});

/** The first of what matches that is shown: the list behind a field with search is not. */
function firstShown(place: ParentNode, selector: string): HTMLElement | undefined {
  return [...place.querySelectorAll<HTMLElement>(selector)].find((element) => element.offsetParent !== null);
}

/** Somebody who cannot see the red must land on what is wrong, also when the whole page came back. When a form is wrong
 * as a whole, as at the log-in, they go on where it is empty by now. */
(
  firstShown(document, 'main :is(.error-summary, [aria-invalid="true"])') ??
  [...document.querySelectorAll<HTMLInputElement>("main form:has(> .alert-danger) input:required")].find(
    (at) => !at.value,
  ) ??
  // A page without the frame (log in, an invitation) is there for its form.
  firstShown(document, ".bare main [autofocus]") ??
  firstShown(document, ".bare main form :is(input:not([type=hidden], [type=checkbox], [type=file]), select)")
)?.focus();
document.addEventListener("htmx:after:swap", (event) => {
  const place = event.target as Element;
  const summary =
    place.querySelector?.<HTMLElement>(".error-summary") ??
    (place.matches?.("form") ? null : document.querySelector<HTMLElement>("dialog[open] .error-summary"));
  if (summary) return summary.focus();
  const isTyping = document.activeElement?.matches("input, select, textarea, [contenteditable]"); // a part renewed beside it must not take the focus
  const isRefused = contextOf(event).response?.status === 422; // the field that asks for the focus has it again by now
  if (isRefused || !isTyping) firstShown(place, '[aria-invalid="true"]')?.focus();
});
