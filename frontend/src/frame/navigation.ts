/** Folding the navigation on wide screens, and the drawer it becomes on narrow ones. */
import { remember } from "./cookies";

const root = document.documentElement;

// The side navigation and the views of a page scroll on their own where they do not fit: show where we are in them. The
// page itself stays at its beginning.
for (const here of document.querySelectorAll(".side-nav [aria-current], nav.tabs [aria-current]")) {
  const line = here.closest(".side-nav, nav.tabs")!;
  const [at, seen] = [here.getBoundingClientRect(), line.getBoundingClientRect()];
  line.scrollLeft += (at.left + at.right - seen.left - seen.right) / 2;
  line.scrollTop += (at.top + at.bottom - seen.top - seen.bottom) / 2;
}

function setDrawer(open: boolean): void {
  if (open) root.dataset.drawer = "open";
  else delete root.dataset.drawer;
  const toggle = document.querySelector<HTMLElement>("[data-drawer-toggle]");
  if (toggle) toggle.ariaExpanded = String(open);
  if (open) document.querySelector<HTMLElement>("#nav a, #nav button")?.focus();
  else if (document.activeElement?.closest("#nav")) toggle?.focus();
}

function toggleFold(button: HTMLElement): void {
  const small = root.dataset.nav !== "small";
  if (small) root.dataset.nav = "small";
  else delete root.dataset.nav;
  button.ariaExpanded = String(!small);
  remember("nav", small ? "small" : "wide");
}

document.addEventListener("click", (event) => {
  const target = event.target as Element;
  if (target.closest("[data-drawer-toggle]")) setDrawer(root.dataset.drawer !== "open");
  else if (target.closest("[data-drawer-close]")) setDrawer(false);
  const fold = target.closest<HTMLElement>("[data-nav-collapse]");
  if (fold) toggleFold(fold);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && root.dataset.drawer === "open") setDrawer(false);
});
