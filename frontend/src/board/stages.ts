/** `<fl-stages data-url data-field>`: the stages of a pipeline (or rows of another kind) in their order, changed by dragging or with Space and the arrow keys on a handle. */
import Sortable from "sortablejs";
import { showToast } from "../frame/toasts";
import { send } from "../http";

class Stages extends HTMLElement {
  private lifted: HTMLElement | null = null;
  private place: Element | null = null;

  connectedCallback(): void {
    Sortable.create(this.list, {
      handle: "[data-handle]",
      animation: 140,
      onEnd: ({ oldIndex, newIndex }) => {
        if (oldIndex !== newIndex) void this.save();
      },
    });
    this.addEventListener("keydown", (event) => this.pressed(event));
    this.addEventListener("focusout", () =>
      setTimeout(() => {
        if (this.lifted && !this.lifted.contains(document.activeElement)) this.putBack();
      }),
    );
  }

  private get list(): HTMLElement {
    return this.querySelector("ol")!;
  }

  private pressed(event: KeyboardEvent): void {
    const handle = (event.target as Element).closest<HTMLElement>("[data-handle]");
    const row = handle?.closest<HTMLElement>("[data-id]");
    if (!handle || !row) return;
    if (event.key === " " || (this.lifted && event.key === "Enter")) {
      event.preventDefault();
      if (this.lifted) this.drop(row);
      else this.lift(row);
    } else if (this.lifted && event.key === "Escape") {
      event.preventDefault();
      this.putBack();
      handle.focus();
    } else if (this.lifted && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      const other = event.key === "ArrowUp" ? row.previousElementSibling : row.nextElementSibling;
      other?.[event.key === "ArrowUp" ? "before" : "after"](row);
      handle.focus();
      this.say(
        `${row.dataset.name!}, place ${[...this.list.children].indexOf(row) + 1} of ${this.list.children.length}.`,
      );
    }
  }

  private lift(row: HTMLElement): void {
    this.lifted = row;
    this.place = row.nextElementSibling;
    row.classList.add("is-lifted");
    this.say(`${row.dataset.name!} lifted.`);
  }

  private drop(row: HTMLElement): void {
    const moved = row.nextElementSibling !== this.place;
    this.rest();
    this.say(`${row.dataset.name!} dropped.`);
    if (moved) void this.save();
  }

  private putBack(): void {
    this.list.insertBefore(this.lifted!, this.place);
    this.say(`${this.lifted!.dataset.name!} put back.`);
    this.rest();
  }

  private rest(): void {
    this.lifted?.classList.remove("is-lifted");
    this.lifted = null;
  }

  private async save(): Promise<void> {
    const body = new URLSearchParams(
      [...this.list.querySelectorAll<HTMLElement>("[data-id]")].map((row) => [
        this.dataset.field ?? "stage",
        row.dataset.id!,
      ]),
    );
    const response = await send(this.dataset.url!, { method: "POST", body });
    if (response?.ok) return showToast({ text: "Order saved." });
    showToast({ kind: "error", text: "The order was not saved. Look again." });
  }

  private say(text: string): void {
    document.querySelector("[data-stages-live]")!.textContent = text;
  }
}

customElements.define("fl-stages", Stages);
