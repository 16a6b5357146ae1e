/** The list that opens under what somebody types (people behind an @, snippets behind a #): arrow keys, Enter, Escape. */
export interface Look<T> {
  label: string;
  empty: string;
  id: string;
  draw: (item: T) => (Node | string)[];
}

export class Suggestions<T> {
  private readonly list = Object.assign(document.createElement("div"), {
    className: "popover listbox",
    role: "listbox",
  });
  private items: T[] = [];
  private active = 0;

  constructor(
    private readonly look: Look<T>,
    private readonly field: HTMLElement,
    private readonly choose: (item: T) => void,
  ) {
    this.list.ariaLabel = look.label;
    this.list.popover = "manual";
    this.list.id = look.id;
    this.list.tabIndex = 0; // it scrolls; the arrow keys reach it from the field all the same
    (field.closest("dialog, main") ?? document.body).append(this.list);
    this.list.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      const option = (event.target as Element).closest<HTMLElement>("[data-at]");
      if (option) this.take(Number(option.dataset.at));
    });
    this.list.showPopover();
    this.field.setAttribute("aria-controls", look.id);
  }

  show(items: T[], box: DOMRect | null | undefined): void {
    this.items = items;
    this.active = 0;
    this.draw();
    if (!box) return;
    this.list.style.left = `${Math.max(4, Math.min(box.left, innerWidth - this.list.offsetWidth - 8))}px`;
    const below = box.bottom + 4;
    this.list.style.top = `${below + this.list.offsetHeight > innerHeight ? box.top - this.list.offsetHeight - 4 : below}px`;
  }

  close(): void {
    for (const name of ["aria-activedescendant", "aria-controls"]) this.field.removeAttribute(name);
    this.list.remove();
  }

  /** Handle a key; tells whether it was one of the list's. */
  key(event: KeyboardEvent): boolean {
    const count = this.items.length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      this.active = (this.active + (event.key === "ArrowDown" ? 1 : -1) + count) % (count || 1);
      this.draw();
      return true;
    }
    if ((event.key === "Enter" || event.key === "Tab") && count) {
      this.take(this.active);
      return true;
    }
    return false;
  }

  private take(at: number): void {
    const item = this.items[at];
    if (item) this.choose(item);
  }

  private draw(): void {
    const options: HTMLElement[] = this.items.map((item, at) => {
      const option = Object.assign(document.createElement("div"), {
        className: `option${at === this.active ? " is-active" : ""}`,
        role: "option",
        id: `${this.look.id}-${at}`,
        ariaSelected: String(at === this.active),
      });
      option.dataset.at = String(at);
      option.append(...this.look.draw(item));
      return option;
    });
    if (!options.length)
      options.push(
        Object.assign(document.createElement("div"), {
          className: "option muted",
          role: "option",
          textContent: this.look.empty,
        }),
      );
    const { scrollTop } = this.list;
    this.list.replaceChildren(...options);
    this.list.scrollTop = scrollTop;
    options[this.active]?.scrollIntoView({ block: "nearest" });
    if (this.items.length) this.field.setAttribute("aria-activedescendant", `${this.look.id}-${this.active}`);
    else this.field.removeAttribute("aria-activedescendant");
  }
}
