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
import { columnOf, neighbours, put, type Spot } from "./places";

interface Totals {
  columns: Record<string, { count: string; total: string; note: string }>;
}
interface Refusal {
  message?: string;
  dialog?: string;
}

export class Board extends HTMLElement {
  private readonly onRefresh = (): void => void this.reload();

  connectedCallback(): void {
    this.addEventListener("click", (event) => this.open(event));
    document.body.addEventListener("refresh:board", this.onRefresh);
    document.body.addEventListener("refresh:list", this.onRefresh);
    document.body.addEventListener("refresh:undone", this.onRefresh);
    if (!("editable" in this.dataset)) return;
    makeDraggable(this, (card, from) => void this.moved(card, from));
    new Keyboard(this, (card, from) => this.moved(card, from));
  }

  disconnectedCallback(): void {
    document.body.removeEventListener("refresh:board", this.onRefresh);
    document.body.removeEventListener("refresh:list", this.onRefresh);
    document.body.removeEventListener("refresh:undone", this.onRefresh);
  }

  /** Tell the server where a card went. Resolves to whether it may stay there. */
  async moved(card: HTMLElement, from: Spot): Promise<boolean> {
    const stage = columnOf(card)!;
    if (stage.dataset.end) return this.end(card, from, stage);
    const { above, below } = neighbours(card);
    const body = new URLSearchParams({ deal: card.dataset.deal!, stage: stage.dataset.stage!, from: from.stage, above, below });
    const response = await send(`${this.dataset.moveUrl!}${this.dataset.filter ?? ""}`, { method: "POST", body });
    if (response?.ok) {
      this.show((await response.json()) as Totals);
      return true;
    }
    put(card, from);
    const refusal = response?.headers.get("Content-Type")?.includes("json") ? ((await response.json()) as Refusal) : {};
    if (response?.status === 422 && refusal.dialog) await openDialog(refusal.dialog);
    else showToast({ kind: "error", text: refusal.message ?? "The move was not saved. Try again." });
    if (response?.status === 409 || response?.status === 404) void this.reload();
    return false;
  }

  /** Won and lost are dialogs: they ask why. */
  private async end(card: HTMLElement, from: Spot, end: HTMLElement): Promise<boolean> {
    put(card, from);
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

  /** Read the first cards and the totals again, where the person is. */
  private async reload(): Promise<void> {
    const response = await send(location.href, { headers: { "HX-Request-Type": "full" } });
    if (!response?.ok) return;
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("fl-board");
    if (!fresh) return;
    for (const column of fresh.querySelectorAll<HTMLElement>(".board-column")) {
      const here = this.querySelector(`.board-column[data-stage="${column.dataset.stage!}"]`);
      for (const part of ["[data-cards]", "[data-count]", "[data-total]"]) here?.querySelector(part)?.replaceChildren(...column.querySelector(part)!.childNodes);
      if (here) htmx.process(here);
    }
  }

  private open(event: MouseEvent): void {
    const target = event.target as Element;
    const card = target.closest<HTMLElement>("[data-deal]");
    if (card && !target.closest("a, button") && !getSelection()?.toString()) card.querySelector("a")!.click();
  }
}

customElements.define("fl-board", Board);
