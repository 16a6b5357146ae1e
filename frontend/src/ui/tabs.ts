/** Tabs within a page (`role=tablist`): click and arrow keys (WAI-ARIA Authoring Practices). Pages' own tabs are links. */
function select(tab: HTMLElement): void {
  const list = tab.closest("[role=tablist]")!;
  for (const other of list.querySelectorAll<HTMLElement>("[role=tab]")) {
    const on = other === tab;
    other.ariaSelected = String(on);
    other.tabIndex = on ? 0 : -1;
    const panel = document.getElementById(other.getAttribute("aria-controls") ?? "");
    if (panel?.matches("[role=tabpanel]")) panel.hidden = !on;
  }
}

document.addEventListener("click", (event) => {
  const tab = (event.target as Element).closest<HTMLElement>("[role=tab]");
  if (tab) select(tab);
});
document.addEventListener("keydown", (event) => {
  const tab = (event.target as Element).closest<HTMLElement>("[role=tab]");
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!tab || !step) return;
  const tabs = [...tab.closest("[role=tablist]")!.querySelectorAll<HTMLElement>("[role=tab]")];
  const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length]!;
  next.focus();
  next.click();
});
