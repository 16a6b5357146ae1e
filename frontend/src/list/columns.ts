/**
 * The column chooser: on one side the shown ones, always in sight, which are dragged or moved with Alt and the arrow
 * keys; on the other those that could be shown, found by typing: Enter shows the marked one, and the next may be typed.
 * Closed without Apply it is as it was.
 */
import Sortable from "sortablejs";
import { matching } from "../ui/choices";
import { moved } from "./state";

const keysOf = (items: Iterable<HTMLElement>): string[] => [...items].map((item) => item.dataset.key!);
const labelOf = (item: HTMLElement): string => item.textContent!.trim();
const boxOf = (item: HTMLElement): HTMLInputElement => item.querySelector("input")!;

class ColumnChooser {
  private readonly shown: HTMLElement;
  private readonly more: HTMLElement;
  private readonly search: HTMLInputElement;
  private readonly told: HTMLElement;
  private before: [Node[], Node[]] = [[], []]; // both lists when it was opened

  constructor(
    private readonly popover: HTMLElement,
    private readonly save: (keys: string[]) => void,
  ) {
    const part = <T extends HTMLElement>(selector: string): T => popover.querySelector<T>(selector)!;
    this.shown = part("[data-columns]");
    this.more = part("[data-columns-more]");
    this.search = part("[data-columns-search]");
    this.told = part("#columns-told");
    Sortable.create(this.shown, {
      handle: ".icon",
      filter: "[data-fixed]",
      animation: 120,
      onMove: (event) => !event.related.hasAttribute("data-fixed"),
    });
    popover.addEventListener("toggle", (event) => (event.newState === "open" ? this.open() : this.putBack()));
    popover.addEventListener("change", (event) => this.ticked(event));
    popover.addEventListener("keydown", (event) => this.onKey(event));
    this.search.addEventListener("input", () => this.find());
    part("[data-columns-apply]").addEventListener("click", () => this.apply());
  }

  private items(list: HTMLElement): HTMLElement[] {
    return [...list.querySelectorAll<HTMLElement>("[data-key]:not([hidden])")];
  }

  private open(): void {
    this.search.value = "";
    this.find();
    this.before = [[...this.shown.children], [...this.more.children]];
    // On a screen that is touched the keyboard would cover what is to be chosen from.
    if (matchMedia("(pointer: fine)").matches) this.search.focus({ preventScroll: true });
  }

  private putBack(): void {
    this.shown.replaceChildren(...this.before[0]);
    this.more.replaceChildren(...this.before[1]);
    for (const item of this.items(this.shown)) boxOf(item).checked = true;
    for (const item of this.more.querySelectorAll<HTMLElement>("[data-key]")) boxOf(item).checked = false;
  }

  private apply(): void {
    this.before = [[...this.shown.children], [...this.more.children]];
    this.popover.hidePopover();
    this.save(keysOf(this.items(this.shown)));
  }

  /** Show those that fit what is typed, mark the one that Enter takes, and tell how many there are. */
  private find(told = ""): void {
    const typed = this.search.value.trim();
    const all = [...this.more.querySelectorAll<HTMLElement>("[data-key]")];
    const fits = (items: HTMLElement[]): HTMLElement[] =>
      matching(
        items.map((item) => ({ label: labelOf(item), item })),
        typed,
      ).map(({ item }) => item);
    const found = fits(all);
    for (const item of all) {
      item.hidden = !found.includes(item);
      item.classList.toggle("is-active", Boolean(typed) && item === found[0]);
    }
    for (const heading of this.more.querySelectorAll<HTMLElement>("[data-heading]"))
      heading.hidden = !found.some((item) => item.dataset.group === heading.textContent);
    found[0]?.scrollIntoView({ block: "nearest" });
    const already = typed && !found.length ? fits(this.items(this.shown))[0] : undefined;
    already?.scrollIntoView({ block: "nearest" });
    const plenty = found.length === 1 ? "1 more column" : `${found.length} more columns`;
    const next = found[0] ? `Enter shows ${labelOf(found[0])}` : "No column is called that.";
    this.told.textContent = told || (already ? `${labelOf(already)} is shown already.` : typed ? next : plenty);
  }

  private ticked(event: Event): void {
    const box = event.target as HTMLInputElement;
    const item = box.closest<HTMLElement>("[data-key]");
    if (!item) return;
    const left = this.items(item.parentElement!);
    const next = left[left.indexOf(item) + 1] ?? left[left.indexOf(item) - 1];
    if (box.checked) this.take(item);
    else this.leave(item);
    (next ? boxOf(next) : this.search).focus({ preventScroll: true }); // who goes through a list goes on in it
    next?.scrollIntoView({ block: "nearest" });
  }

  private take(item: HTMLElement): void {
    boxOf(item).checked = true;
    this.shown.append(item);
    item.scrollIntoView({ block: "nearest" });
    this.find(`${labelOf(item)} is shown now, as the last one.`);
  }

  /** Back among the others, at the end of its group. */
  private leave(item: HTMLElement): void {
    const group = item.dataset.group!;
    const of = [...this.more.children].filter((at) => ((at as HTMLElement).dataset.group ?? at.textContent) === group);
    if (!of.length && group) {
      const heading = Object.assign(document.createElement("li"), { className: "option-group", textContent: group });
      heading.dataset.heading = "";
      this.more.append(heading);
    }
    if (of.length) of.at(-1)!.after(item);
    else this.more.append(item);
    this.find(`${labelOf(item)} is shown no longer.`);
  }

  private onKey(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    const delta = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const item = target.closest<HTMLElement>("[data-key]");
    if (target === this.search && event.key === "Enter") {
      event.preventDefault();
      const wanted = this.more.querySelector<HTMLElement>(".is-active");
      if (wanted) this.take(wanted);
      this.search.select();
    } else if (delta && item && event.altKey) {
      event.preventDefault();
      if (item.parentElement === this.shown) this.move(item, delta);
    } else if (delta && (item || target === this.search)) {
      event.preventDefault();
      const items = this.items(item?.parentElement ?? this.more);
      const to = items[item ? items.indexOf(item) + delta : delta > 0 ? 0 : -1];
      if (to) boxOf(to).focus();
      else if (item?.parentElement === this.more && delta < 0) this.search.focus();
    }
  }

  private move(item: HTMLElement, delta: number): void {
    const items = this.items(this.shown);
    for (const key of moved(keysOf(items), item.dataset.key!, delta))
      this.shown.append(items.find((other) => other.dataset.key === key)!);
    boxOf(item).focus();
  }
}

export function watchColumns(host: HTMLElement, save: (keys: string[]) => void): void {
  const popover = host.querySelector<HTMLElement>("#columns");
  if (popover) new ColumnChooser(popover, save);
}
