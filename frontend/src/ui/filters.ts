/**
 * A filter bar (`<form method="get" data-filter>`) shows what was chosen at once, as users of such lists expect: GitHub,
 * Linear and HubSpot do, and nobody looks for a button after picking from a list.
 *
 * With a hand on the mouse or a finger, that is. By keyboard a closed list changes with every arrow key on the way to
 * what is wanted, and a date with every digit: there the page must not jump (WCAG 3.2.2, failure F37), and "Show" or
 * Enter says when all is chosen. So the button stays for everybody. The page that comes gives the focus back to what
 * was changed (`frame/returning`). Words are sent with Enter, or when they are cleared.
 *
 * What is not complete waits too: of two dates the second, and a choice that opens fields of its own (`ui/applying`).
 */
const CHOICES = "select:not([multiple]), input:is([type=checkbox], [type=radio], [type=date])";
let byHand = false; // else by keyboard

for (const name of ["pointerdown", "keydown"])
  document.addEventListener(name, () => (byHand = name === "pointerdown"), { capture: true, passive: true });

/** Tell whether more is to be chosen first. */
export function isOpen(form: HTMLFormElement, changed: HTMLInputElement | HTMLSelectElement): boolean {
  const dates = [...form.querySelectorAll<HTMLInputElement>("input[type=date]")].filter(
    (at) => !at.closest("[hidden]"),
  );
  if (changed.type === "date") return dates.some((date) => !date.value) && dates.some((date) => date.value);
  return [...form.querySelectorAll<HTMLElement>(`[data-when^="${CSS.escape(changed.name)}="]`)].some(
    (at) => !(at.closest<HTMLElement>(".field") ?? at).hidden,
  );
}

document.addEventListener("change", (event) => {
  const changed = event.target as HTMLInputElement | HTMLSelectElement;
  const form = changed.closest<HTMLFormElement>("form[data-filter]");
  if (form && byHand && changed.matches(CHOICES) && !isOpen(form, changed)) form.requestSubmit();
});

document.addEventListener("input", (event) => {
  const changed = event.target as HTMLInputElement;
  const form = changed.closest<HTMLFormElement>("form[data-filter]");
  if (form && byHand && changed.type === "search" && !changed.value) form.requestSubmit(); // its cross was pressed
});
