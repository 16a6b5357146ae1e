/**
 * `<fl-board>`: the cards of a pipeline, moved by mouse, touch and keyboard. A drop shows at once and is confirmed by
 * the server; when somebody was first, or the stage asks for something, the card goes back and the board says why.
 */
import htmx from "../htmx";
import { openDialog } from "../frame/dialogs";
import { showToast } from "../frame/toasts";
import { send } from "../http";
import { makeDraggable } from "./drag";
import { Keyboard } from "./keyboard";
import { cardsOf, columnOf, neighbours, put, type Spot } from "./places";

interface Totals {
  columns: Record<string, { count: string; total: string; note: string }>;
}
interface Refusal {
  message?: string;
  dialog?: string;
}

const REFRESHES = ["refresh:board", "refresh:team-tasks", "refresh:list", "refresh:undone"];
const PARTS = ["[data-cards]", "[data-count]", "[data-total]"];
const GAP_MS = 1000; // between two readings: a busy firm changes something all the time

class Board extends HTMLElement {
  private readonly onRefresh = (): void => this.renew();
  private saving = 0;
  private moves = 0;
  private isStale = false;
  private lastRead = 0;
  private timer = 0;

  connectedCallback(): void {
    this.addEventListener("click", (event) => this.open(event));
    this.addEventListener("board:rest", this.onRest);
    document.addEventListener("visibilitychange", this.onRest);
    for (const name of REFRESHES) document.body.addEventListener(name, this.onRefresh);
    if (!("editable" in this.dataset)) return;
    makeDraggable(this, (card, from) => void this.moved(card, from));
    new Keyboard(this, (card, from) => this.moved(card, from));
  }

  disconnectedCallback(): void {
    document.removeEventListener("visibilitychange", this.onRest);
    clearTimeout(this.timer);
    for (const name of REFRESHES) document.body.removeEventListener(name, this.onRefresh);
  }

  /** Tell the server where a card went. Resolves to whether it may stay there. */
  async moved(card: HTMLElement, from: Spot): Promise<boolean> {
    const stage = columnOf(card)!;
    if (stage.dataset.end) return this.end(card, from, stage);
    const { above, below } = neighbours(card);
    const body = new URLSearchParams({
      deal: card.dataset.deal!,
      stage: stage.dataset.stage!,
      from: from.stage,
      above,
      below,
    });
    this.moves += 1;
    this.saving += 1;
    const response = await send(`${this.dataset.moveUrl!}${this.dataset.filter ?? ""}`, { method: "POST", body });
    this.saving -= 1;
    queueMicrotask(this.onRest);
    if (response?.ok) {
      this.show((await response.json()) as Totals);
      return true;
    }
    put(card, from);
    card.focus({ preventScroll: true }); // where a dialog, once closed, gives the focus back to
    const refusal = response?.headers.get("Content-Type")?.includes("json") ? ((await response.json()) as Refusal) : {};
    if (response?.status === 422 && refusal.dialog) await openDialog(refusal.dialog);
    else showToast({ kind: "error", text: refusal.message ?? "The move was not saved. Try again." });
    if (response?.status === 409 || response?.status === 404) void this.reload();
    return false;
  }

  /** Won and lost are dialogs: they ask why. */
  private async end(card: HTMLElement, from: Spot, end: HTMLElement): Promise<boolean> {
    put(card, from);
    card.focus({ preventScroll: true });
    await openDialog(`${card.querySelector("a")!.getAttribute("href")!}${end.dataset.end === "won" ? "win" : "lose"}`);
    return false;
  }

  private show({ columns }: Totals): void {
    for (const [stage, figures] of Object.entries(columns)) {
      const column = this.querySelector(`.board-column[data-stage="${stage}"]`);
      if (!column) continue;
      column.querySelector("[data-count]")!.textContent = figures.count;
      const total = column.querySelector<HTMLElement>("[data-total]")!;
      total.textContent = figures.total;
      total.title = figures.note;
    }
  }

  private get isBusy(): boolean {
    return (
      document.hidden ||
      this.saving > 0 ||
      "dragging" in this.dataset ||
      this.querySelector(".is-lifted, .is-chosen") !== null
    );
  }

  /** What came in while a card was in somebody's hand, or the page out of sight, is shown afterwards. */
  private readonly onRest = (): void => {
    if (this.isStale) this.renew();
  };

  /** Show what changed, by whomever; not under the hands of somebody who moves a card, nor where nobody looks. */
  private renew(): void {
    clearTimeout(this.timer);
    this.isStale = this.isBusy;
    if (!this.isStale)
      this.timer = window.setTimeout(() => void this.reload(), Math.max(0, this.lastRead + GAP_MS - Date.now()));
  }

  /** Read the cards and the totals again, as many as are shown, and leave focus and scrolling where they are. */
  private async reload(): Promise<void> {
    this.lastRead = Date.now();
    const { moves } = this;
    const url = new URL(location.href);
    url.searchParams.set(
      "shown",
      String(Math.max(...this.columns.map((column) => cardsOf(column.querySelector("[data-cards]")!).length))),
    );
    const response = await send(url, { headers: { "HX-Request-Type": "full" } });
    if (!response?.ok) return;
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("fl-board");
    if (!fresh) return;
    if (!this.isBusy && moves === this.moves) return this.replace(fresh);
    this.isStale = true; // what was read is from before the card was moved
    this.onRest();
  }

  private replace(fresh: Element): void {
    const focused = this.querySelector<HTMLElement>("[data-deal]:focus-within");
    const list = focused?.parentElement;
    const at = list ? cardsOf(list).indexOf(focused!) : 0;
    for (const column of this.columns) {
      const news = fresh.querySelector(`.board-column[data-stage="${column.dataset.stage!}"]`);
      const list = column.querySelector("[data-cards]")!;
      const { scrollTop } = list;
      for (const part of PARTS)
        column.querySelector(part)?.replaceChildren(...(news?.querySelector(part)?.childNodes ?? []));
      list.scrollTop = scrollTop;
      htmx.process(column);
    }
    if (!list) return;
    const next =
      this.querySelector<HTMLElement>(`[data-deal="${focused!.dataset.deal!}"]`) ??
      cardsOf(list)[at] ??
      cardsOf(list).at(-1);
    (next ?? list).focus({ preventScroll: true }); // a card that is gone leaves the focus to its neighbour
  }

  private get columns(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>(".board-column")];
  }

  private open(event: MouseEvent): void {
    const target = event.target as Element;
    const card = target.closest<HTMLElement>("[data-deal]");
    if (card && !target.closest("a, button") && !getSelection()?.toString()) card.querySelector("a")!.click();
  }
}

customElements.define("fl-board", Board);
