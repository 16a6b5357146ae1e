/** `<fl-list>`: search, filter, sorting, paging, selection, bulk actions and keys of every list page. */
import htmx from "../htmx";
import { openDialog } from "../frame/dialogs";
import { isTyping } from "../frame/shortcuts";
import { showToast } from "../frame/toasts";
import { send } from "../http";
import { between, changed, selectionJson, type Changes } from "./state";
import { watchColumns } from "./columns";
import { follow } from "./following";

const SEARCH_DELAY_MS = 160;
const nf = new Intl.NumberFormat();

class List extends HTMLElement {
  private readonly selected = new Set<string>();
  private everything = false;
  private total = "";
  private last = "";
  private timer = 0;
  private shownAgain = false;
  private gone = new AbortController();
  private readonly onKey = (event: KeyboardEvent): void => this.keys(event);
  private readonly onRefresh = (event: Event): void => void this.refresh(event);

  connectedCallback(): void {
    this.setAttribute("hx-sync", "this:replace");
    this.addEventListener("click", (event) => this.clicked(event));
    this.addEventListener("change", (event) => this.changed(event));
    this.addEventListener("input", (event) => this.typed(event));
    this.addEventListener("htmx:after:swap", () => this.shown());
    document.addEventListener("keydown", this.onKey);
    document.body.addEventListener("refresh:list", this.onRefresh);
    this.gone = new AbortController();
    follow(this, this.gone.signal);
    watchColumns(this, (keys) => void this.setColumns(keys));
    this.shown();
  }

  disconnectedCallback(): void {
    this.gone.abort();
    document.removeEventListener("keydown", this.onKey);
    document.body.removeEventListener("refresh:list", this.onRefresh);
  }

  /** Go to another state of the list; the address follows. */
  private go(changes: Changes): void {
    void this.load(changed(location.search, changes), true);
  }

  private async load(search: string, push: boolean, event?: Event): Promise<void> {
    if (push) this.setAttribute("aria-busy", "true"); // what is only read again does not fade
    const options = {
      source: this,
      target: "#results",
      swap: "innerHTML",
      ...(push ? { push: "true" } : {}),
      ...(event ? { event } : {}),
    };
    await htmx.ajax("GET", `${this.dataset.url}${search}`, options);
    this.removeAttribute("aria-busy");
  }

  /** Read the page again; what stood on it and is gone, deleted by a bulk action say, is selected no longer. */
  private async refresh(event: Event): Promise<void> {
    const before = this.boxes();
    this.shownAgain = true; // the old count stays until the new one is there
    await this.load(location.search, false, event);
    this.shownAgain = false;
    const left = new Set(this.boxes().map((box) => box.value));
    for (const { value } of before) if (!left.has(value)) this.selected.delete(value);
    this.everything &&= left.size > 0;
    this.mark();
  }

  // What came: mark what is selected, tell the builder what is wrong, count.
  private shown(): void {
    this.mark();
    const part = this.querySelector<HTMLElement>(".results-part");
    const errors = part?.dataset.criteriaErrors;
    this.querySelector("fl-criteria")?.setAttribute("data-errors", errors || "[]");
    if (part?.dataset.totalUrl) void this.count(part.dataset.totalUrl);
  }

  private async count(url: string): Promise<void> {
    const place = this.querySelector<HTMLElement>("[data-total]");
    if (!place) return;
    if (this.shownAgain) this.sayTotal(place);
    const response = await send(`${url}${changed(location.search, { after: null, before: null })}`);
    this.total = response?.ok ? (await response.text()).trim() : "";
    this.sayTotal(place);
    this.mark();
  }

  private sayTotal(place: HTMLElement): void {
    const noun = this.total === "1" ? this.dataset.singular : this.dataset.plural;
    place.textContent = this.total ? `${this.total} ${noun!.toLowerCase()}` : "";
  }

  private boxes(): HTMLInputElement[] {
    return [...this.querySelectorAll<HTMLInputElement>("[data-select]")];
  }

  private mark(): void {
    const boxes = this.boxes();
    for (const box of boxes) {
      box.checked = this.everything || this.selected.has(box.value);
      box.closest("tr")?.classList.toggle("is-selected", box.checked);
    }
    const page = this.querySelector<HTMLInputElement>("[data-select-page]");
    const chosen = boxes.filter((box) => box.checked).length;
    if (page)
      [page.checked, page.indeterminate] = [chosen > 0 && chosen === boxes.length, chosen > 0 && chosen < boxes.length];
    this.drawBar(boxes.length > 0 && chosen === boxes.length);
  }

  private drawBar(wholePage: boolean): void {
    const bar = this.querySelector<HTMLElement>("[data-bulk-bar]");
    if (!bar) return;
    bar.hidden = !this.everything && this.selected.size === 0;
    bar.querySelector("[data-selected-count]")!.textContent = this.everything
      ? `All ${this.total}`
      : nf.format(this.selected.size);
    const all = bar.querySelector<HTMLElement>("[data-select-all]")!;
    all.hidden = this.everything || !wholePage || !this.total || this.total === nf.format(this.selected.size);
    all.textContent = `Select all ${this.total} in this list`;
  }

  private select(values: string[], on: boolean): void {
    this.everything = false;
    for (const value of values) on ? this.selected.add(value) : this.selected.delete(value);
    this.mark();
  }

  private clear(): void {
    this.everything = false;
    this.selected.clear();
    this.mark();
  }

  private clicked(event: MouseEvent): void {
    const target = event.target as HTMLElement;
    const link = target.closest<HTMLAnchorElement>("a[data-list-link]");
    const box = target.closest<HTMLInputElement>("[data-select]");
    const bulk = target.closest<HTMLElement>("[data-bulk-url]");
    if (link && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      void this.load(new URL(link.href).search, true).then(() =>
        this.querySelector(".list-table")?.scrollTo({ top: 0 }),
      );
    } else if (box) this.choose(box, event.shiftKey);
    else if (bulk) void this.startBulk(bulk.dataset.bulkUrl!);
    else if (target.closest("[data-select-all]")) {
      this.everything = true;
      this.mark();
    } else if (target.closest("[data-select-none]")) this.clear();
    else if (target.closest("[data-filter-toggle]")) this.toggleFilter();
    else if (target.closest("[data-filter-apply]")) this.applyFilter();
    else if (target.closest("[data-filter-clear]")) this.clearFilter();
    else if (target.closest("[data-save-view]")) this.saveView();
    else this.openRow(target, event);
  }

  private openRow(target: HTMLElement, event: MouseEvent): void {
    const row = target.closest("tr[data-row]");
    if (!row || target.closest("a, button, input, label") || getSelection()?.toString()) return;
    if (target.closest(".cell-check")) return row.querySelector<HTMLInputElement>("[data-select]")?.click();
    const link = row.querySelector<HTMLAnchorElement>(".cell-link");
    if (!link) return;
    if (event.ctrlKey || event.metaKey) window.open(link.href, "_blank", "noopener");
    else location.assign(link.href);
  }

  private choose(box: HTMLInputElement, range: boolean): void {
    const values = this.boxes().map((other) => other.value);
    this.select(range && this.last ? between(values, this.last, box.value) : [box.value], box.checked);
    this.last = box.value;
  }

  private changed(event: Event): void {
    const page = (event.target as Element).closest<HTMLInputElement>("[data-select-page]");
    if (page)
      this.select(
        this.boxes().map((box) => box.value),
        page.checked,
      );
  }

  private typed(event: Event): void {
    const input = (event.target as Element).closest<HTMLInputElement>("[data-list-search]");
    if (!input) return;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.go({ q: input.value }), SEARCH_DELAY_MS);
  }

  private toggleFilter(): void {
    const filter = this.querySelector<HTMLElement>("#filter")!;
    filter.hidden = !filter.hidden;
    this.querySelector<HTMLElement>("[data-filter-toggle]")!.ariaExpanded = String(!filter.hidden);
    if (!filter.hidden) filter.querySelector<HTMLElement>("fl-criteria")!.focus();
  }

  private applyFilter(): void {
    const value = this.querySelector<HTMLInputElement>("fl-criteria input[name=criteria]")!.value;
    this.clear();
    // What is ticked in the old rows meanwhile is no longer on the list, perhaps.
    void this.load(changed(location.search, { criteria: value }), true).then(() => this.clear());
  }

  private clearFilter(): void {
    this.querySelector("fl-criteria")!.dispatchEvent(new CustomEvent("criteria:clear"));
    this.applyFilter();
  }

  private saveView(): void {
    const params = Object.fromEntries(new URLSearchParams(changed(location.search, {})));
    const criteria = this.querySelector<HTMLInputElement>("fl-criteria input[name=criteria]")?.value ?? "";
    void openDialog(this.dataset.saveViewUrl!, "dialog", { ...params, criteria });
  }

  private async setColumns(keys: string[]): Promise<void> {
    const response = await send(this.dataset.columnsUrl!, {
      method: "POST",
      body: new URLSearchParams({ columns: keys.join(",") }),
    });
    if (!response?.ok) return showToast({ kind: "error", text: "The columns could not be saved." });
    // A view may have columns of its own, which only those of the address outdo.
    this.go(this.dataset.view ? { view: this.dataset.view, columns: keys.join(",") } : { columns: null });
  }

  /** Open the dialog of a bulk action; its form gets the selection when it is sent. */
  private async startBulk(url: string): Promise<void> {
    const count = this.everything ? this.total.replace(/\D/g, "") : String(this.selected.size);
    await openDialog(url, "dialog", { count });
  }

  selection(): string {
    return selectionJson(this.selected, this.everything, location.search);
  }

  private keys(event: KeyboardEvent): void {
    if (
      isTyping(event.target) ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      document.querySelector("dialog[open], :popover-open:not(.toasts)")
    )
      return;
    const links = [...this.querySelectorAll<HTMLElement>("tr[data-row] .cell-link")];
    const at = links.findIndex((link) => link.closest("tr")!.contains(document.activeElement));
    if (event.key === "j") links[Math.min(links.length - 1, at + 1)]?.focus();
    else if (event.key === "k") links[Math.max(0, at - 1)]?.focus();
    else if (event.key === "x" && at >= 0)
      links[at]!.closest("tr")!.querySelector<HTMLInputElement>("[data-select]")?.click();
    else if (event.key === "/") {
      event.preventDefault();
      this.querySelector<HTMLElement>("[data-list-search]")?.focus();
    }
  }
}

customElements.define("fl-list", List);

document.addEventListener("htmx:config:request", (event) => {
  const { ctx } = (event as unknown as CustomEvent<{ ctx: { sourceElement: Element; request: { body: FormData } } }>)
    .detail;
  const list = document.querySelector<List>("fl-list");
  if (list && ctx.sourceElement.matches("form[data-bulk]")) ctx.request.body.set("selection", list.selection());
});
