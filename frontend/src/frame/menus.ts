/**
 * Menus are native popovers; this places them beside their button and adds the arrow keys
 * (WAI-ARIA Authoring Practices, menu button).
 */
import { wasIn } from "./focus";

const GAP = 4;

export function place(popover: HTMLElement, anchor: Element): void {
  const button = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = popover;
  const below = innerHeight - button.bottom;
  const top = below < height + 2 * GAP && button.top > below ? button.top - height - GAP : button.bottom + GAP;
  const left = button.left + width > innerWidth - 2 * GAP ? button.right - width : button.left;
  popover.style.top = `${Math.max(GAP, Math.min(top, innerHeight - height - GAP))}px`;
  popover.style.left = `${Math.max(GAP, Math.min(left, innerWidth - width - GAP))}px`;
}

function buttonOf(popover: HTMLElement): HTMLElement | null {
  const candidates = [...document.querySelectorAll<HTMLElement>(`[popovertarget="${CSS.escape(popover.id)}"]`)];
  return (
    candidates.find((button) => button === lastPressed) ??
    candidates.find((button) => button.offsetParent !== null) ??
    null
  );
}

let lastPressed: Element | null = null;
document.addEventListener(
  "click",
  (event) => (lastPressed = (event.target as Element).closest("[popovertarget]")),
  true,
);

document.addEventListener(
  "toggle",
  (event) => {
    const popover = event.target as HTMLElement;
    if (!popover.matches(".menu, .popover")) return;
    const open = (event as ToggleEvent).newState === "open";
    const button = buttonOf(popover);
    if (button) button.ariaExpanded = String(open);
    if (!open) popover.removeAttribute("style"); // else the part drawn anew would inherit it as text, which the CSP refuses
    if (!open && wasIn(popover)) button?.focus({ preventScroll: true }); // the one that opened it was drawn anew meanwhile
    if (!open || !button) return;
    place(popover, button);
    if (popover.matches("[role=menu]"))
      popover.querySelector<HTMLElement>("[role^=menuitem]")?.focus({ preventScroll: true });
    else popover.querySelector<HTMLElement>("[autofocus]")?.focus({ preventScroll: true });
  },
  true,
);

document.addEventListener("keydown", (event) => {
  const menu = (event.target as Element).closest<HTMLElement>("[role=menu]");
  if (!menu) return;
  const items = [...menu.querySelectorAll<HTMLElement>("[role^=menuitem]")].filter(
    (item) => item.offsetParent !== null,
  );
  const at = items.indexOf(document.activeElement as HTMLElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  items.at(to % items.length)?.focus();
});

document.addEventListener("click", (event) => {
  const item = (event.target as Element).closest("[role^=menuitem]");
  if (item && !item.matches("[role=menuitemradio], [role=menuitemcheckbox]"))
    item.closest<HTMLElement>("[popover]")?.hidePopover();
});
