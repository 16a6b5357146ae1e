/** The column chooser: drag or Alt+arrows change the order, the check boxes what is shown. */
import Sortable from "sortablejs";
import { moved } from "./state";

const keysOf = (items: Iterable<HTMLElement>): string[] => [...items].map((item) => item.dataset.key!);

export function watchColumns(host: HTMLElement, save: (keys: string[]) => void): void {
  const list = host.querySelector<HTMLElement>("[data-columns]");
  if (!list) return;
  Sortable.create(list, {
    handle: ".icon",
    filter: "[data-fixed]",
    animation: 120,
    onMove: (event) => !event.related.hasAttribute("data-fixed"),
  });
  list.addEventListener("keydown", (event) => {
    const delta = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const item = (event.target as Element).closest<HTMLElement>("[data-key]");
    if (!delta || !event.altKey || !item) return;
    event.preventDefault();
    const items = [...list.querySelectorAll<HTMLElement>("[data-key]")];
    const focused = document.activeElement as HTMLElement;
    for (const key of moved(keysOf(items), item.dataset.key!, delta))
      list.append(items.find((other) => other.dataset.key === key)!);
    focused.focus();
  });
  host.querySelector("[data-columns-apply]")?.addEventListener("click", () => {
    const shown = [...list.querySelectorAll<HTMLElement>("[data-key]")].filter(
      (item) => item.querySelector<HTMLInputElement>("input")!.checked,
    );
    document.getElementById("columns")?.hidePopover();
    save(keysOf(shown));
  });
}
