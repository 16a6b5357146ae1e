/**
 * The actions of a page in its head. Where they do not fit in one row, beside its title where there is one, the first in
 * rank stays and the others are in one menu: the page's own, where it has one. A wider window brings them back.
 */
import { icon } from "../ui/icon";

const LOOKS = "data-look"; // the classes of an action that is an item of the menu for a while
const holes = new WeakMap<Element, Comment>(); // where such an action stood
const bars = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>(".page-actions")];
const menuOf = (bar: Element): HTMLElement | null => bar.querySelector(":scope > .menu");
const buttonOf = (part: Element): HTMLElement | null =>
  part.matches(".btn") ? (part as HTMLElement) : part.querySelector(".btn");

/** What can stand in a menu: a button, a link, or a form around one. */
function actionsOf(bar: Element): Element[] {
  return [...bar.children].filter((part) => !part.matches(".menu, [popovertarget]") && buttonOf(part));
}

function isInOneRow(bar: Element): boolean {
  const boxes = [...bar.querySelectorAll(":scope > .btn, :scope > form > .btn")].map((at) =>
    at.getBoundingClientRect(),
  );
  const title = bar.closest(".page-head")?.querySelector("h1")?.getBoundingClientRect();
  if (title) boxes.push(title);
  return Math.max(...boxes.map((box) => box.top)) < Math.min(...boxes.map((box) => box.bottom));
}

function makeMenu(before: Element): HTMLElement {
  const [button, menu] = [document.createElement("button"), document.createElement("div")];
  button.type = "button";
  button.className = "btn btn-quiet btn-icon";
  button.title = button.ariaLabel = menu.ariaLabel = "More actions";
  button.setAttribute("popovertarget", "page-more");
  button.ariaHasPopup = "menu";
  button.append(icon("dots"));
  menu.id = "page-more";
  menu.className = "menu";
  menu.popover = "auto";
  menu.role = "menu";
  menu.dataset.made = "";
  before.before(button, menu);
  return menu;
}

function fold(bar: Element): void {
  const actions = actionsOf(bar);
  const ranked = ["btn-primary", "btn-default", "btn"].map((look) =>
    actions.find((at) => buttonOf(at)!.matches(`.${look}`)),
  );
  const first = ranked.find(Boolean);
  if (!first || (actions.length < 2 && !menuOf(bar))) return;
  const menu = menuOf(bar) ?? makeMenu(first);
  const top = menu.firstChild;
  for (const action of actions.filter((at) => at !== first)) {
    const [button, hole] = [buttonOf(action)!, document.createComment("")];
    holes.set(action, hole);
    action.before(hole);
    button.setAttribute(LOOKS, button.className);
    button.className = `menu-item${button.matches('[class*="danger"]') ? " is-danger" : ""}`;
    button.role = "menuitem";
    if (!button.textContent?.trim()) button.append(button.ariaLabel ?? "");
    menu.insertBefore(action, top);
  }
}

function unfold(bar: Element): void {
  const menu = menuOf(bar);
  for (const action of [...(menu?.children ?? [])].filter((at) => holes.has(at))) {
    const button = action.matches(`[${LOOKS}]`) ? action : action.querySelector(`[${LOOKS}]`)!;
    button.className = button.getAttribute(LOOKS)!;
    button.removeAttribute(LOOKS);
    button.removeAttribute("role");
    if (button.matches(".btn-icon")) button.lastChild?.remove();
    holes.get(action)!.replaceWith(action);
    holes.delete(action);
  }
  if (!menu?.matches("[data-made]")) return;
  menu.previousElementSibling!.remove();
  menu.remove();
}

const isOpen = (bar: Element): boolean => bar.querySelector(":popover-open") !== null;

function fit(): void {
  for (const bar of bars()) {
    bar.dataset.fits = "";
    if (isOpen(bar)) continue;
    unfold(bar);
    if (!isInOneRow(bar)) fold(bar);
  }
}

fit();
addEventListener("resize", fit);
void document.fonts.ready.then(fit);
// What comes from the server is drawn without a menu, and compared with what is there.
document.addEventListener("htmx:before:swap", () =>
  bars()
    .filter((bar) => !isOpen(bar))
    .forEach(unfold),
);
document.addEventListener("htmx:after:swap", fit);
