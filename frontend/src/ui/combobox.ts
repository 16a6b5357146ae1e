/**
 * `<fl-combobox>` makes a `<select>` searchable, single or multiple; the select stays in the form and holds the value
 * (WAI-ARIA Authoring Practices, combobox with list autocomplete). Options may come from a server (`data-source`),
 * and what is typed may become an option (`data-create`).
 */
import { fold, matching, type Choice } from "./choices";
import { icon } from "./icon";
import { place } from "../frame/menus";
import { send } from "../http";

const SEARCH_DELAY_MS = 150;
let made = 0;

export class Combobox extends HTMLElement {
  private select!: HTMLSelectElement;
  private input!: HTMLInputElement;
  private box!: HTMLElement;
  private list!: HTMLElement;
  private offered: HTMLOptionElement[] = []; // in the order of the list, whatever was chosen first
  private shown: Choice[] = [];
  private active = 0;
  private timer = 0;

  connectedCallback(): void {
    const select = this.querySelector("select");
    if (!select || this.box) return;
    this.select = select;
    this.offered = [...select.options];
    this.build(`combo-${++made}`);
    this.draw();
    void this.nameChosen();
  }

  /** Moved as it is (`moveBefore`): nothing is put up or taken down. */
  connectedMoveCallback(): void {}

  disconnectedCallback(): void {
    this.list?.remove();
  }

  private build(id: string): void {
    this.box = Object.assign(document.createElement("div"), { className: "combobox" });
    this.input = Object.assign(document.createElement("input"), {
      type: "text",
      id: `${id}-input`,
      autocomplete: "off",
      role: "combobox",
    });
    this.list = Object.assign(document.createElement("div"), {
      className: "popover listbox",
      id: `${id}-list`,
      role: "listbox",
      popover: "manual",
    });
    const label =
      this.select.labels?.[0] ??
      (this.select.id ? document.querySelector<HTMLLabelElement>(`label[for="${CSS.escape(this.select.id)}"]`) : null);
    if (label) label.htmlFor = this.input.id;
    this.list.ariaLabel = this.input.ariaLabel =
      label?.firstChild?.textContent?.trim() ||
      this.select.getAttribute("aria-label") ||
      this.dataset.label ||
      "Options";
    for (const [name, value] of [
      ["aria-controls", this.list.id],
      ["aria-autocomplete", "list"],
      ["aria-expanded", "false"],
    ] as const)
      this.input.setAttribute(name, value);
    for (const name of ["aria-invalid", "aria-describedby", "autofocus"])
      if (this.select.hasAttribute(name)) this.input.setAttribute(name, this.select.getAttribute(name)!);
    if (this.select.multiple) this.list.ariaMultiSelectable = "true";
    this.select.removeAttribute("autofocus");
    this.box.append(this.input);
    this.append(this.box);
    (this.closest("dialog") ?? document.body).append(this.list);
    this.listen();
  }

  private listen(): void {
    this.box.addEventListener("click", (event) => {
      if (!(event.target as Element).closest("button")) {
        this.input.focus();
        void this.open();
      }
    });
    this.input.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = window.setTimeout(() => void this.open(), this.dataset.source ? SEARCH_DELAY_MS : 0);
    });
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.input.addEventListener("blur", () => window.setTimeout(() => this.close(), 120));
    this.list.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      const option = (event.target as Element).closest<HTMLElement>("[data-at]");
      if (option) this.choose(this.shown[Number(option.dataset.at)]);
    });
    this.select.addEventListener("change", () => this.draw());
  }

  private options(): Choice[] {
    return this.offered
      .filter((option) => option.value)
      .map((option) => ({
        value: option.value,
        label: option.text,
        color: option.dataset.color,
        group: option.parentElement?.matches("optgroup")
          ? (option.parentElement as HTMLOptGroupElement).label
          : undefined,
      }));
  }

  private async candidates(typed: string): Promise<Choice[]> {
    if (!this.dataset.source) return matching(this.options(), typed);
    const url = new URL(this.dataset.source, location.href);
    url.searchParams.set("q", typed);
    const response = await send(url, { headers: { Accept: "application/json" } });
    return response?.ok ? ((await response.json()) as Choice[]) : [];
  }

  /** A saved filter knows ids only: ask the source what they are called. */
  private async nameChosen(): Promise<void> {
    const bare = [...this.select.selectedOptions].filter((option) => option.value && option.text === option.value);
    if (!this.dataset.source || !bare.length) return;
    const url = new URL(this.dataset.source, location.href);
    url.searchParams.set("ids", bare.map((option) => option.value).join(","));
    const response = await send(url, { headers: { Accept: "application/json" } });
    if (!response?.ok) return;
    for (const { value, label } of (await response.json()) as Choice[])
      for (const option of bare) if (option.value === value) option.text = label;
    this.draw();
  }

  private async open(): Promise<void> {
    const typed =
      this.select.multiple || document.activeElement !== this.input || this.input.value !== this.current()?.label
        ? this.input.value
        : "";
    this.shown = (await this.candidates(typed)).slice(0, 200);
    if ("create" in this.dataset && typed.trim() && !this.shown.some((choice) => fold(choice.label) === fold(typed)))
      this.shown.push({ value: typed.trim(), label: typed.trim(), group: "Create" });
    this.active = 0;
    if (document.activeElement !== this.input) return;
    this.drawList();
    this.list.showPopover();
    this.list.style.minWidth = `${this.box.offsetWidth}px`;
    place(this.list, this.box);
    this.input.ariaExpanded = "true";
  }

  private close(): void {
    if (this.list.isConnected && this.list.matches(":popover-open")) this.list.hidePopover();
    this.input.ariaExpanded = "false";
    this.input.removeAttribute("aria-activedescendant");
    this.input.value = this.select.multiple ? "" : (this.current()?.label ?? "");
  }

  private drawList(): void {
    const parts: HTMLElement[] = [];
    let group: string | undefined;
    this.shown.forEach((choice, at) => {
      if (choice.group && choice.group !== group)
        parts.push(
          Object.assign(document.createElement("div"), { className: "option-group", textContent: choice.group }),
        );
      group = choice.group;
      const option = Object.assign(document.createElement("div"), {
        className: `option${at === this.active ? " is-active" : ""}`,
        id: `${this.list.id}-${at}`,
        role: "option",
      });
      option.ariaSelected = String(this.isChosen(choice.value));
      option.dataset.at = String(at);
      if (choice.color) {
        const dot = Object.assign(document.createElement("span"), { className: "dot" });
        dot.dataset.color = choice.color;
        option.append(dot);
      }
      option.append(choice.label);
      if (this.isChosen(choice.value)) {
        const tick = icon("check");
        tick.classList.add("push");
        option.append(tick);
      }
      parts.push(option);
    });
    if (!parts.length)
      parts.push(
        Object.assign(document.createElement("div"), {
          className: "option-group",
          textContent: "Nothing found",
          role: "option",
          ariaDisabled: "true",
        }),
      );
    this.list.replaceChildren(...parts);
    if (this.shown.length) this.input.setAttribute("aria-activedescendant", `${this.list.id}-${this.active}`);
    this.list.querySelector(".is-active")?.scrollIntoView({ block: "nearest" });
  }

  private onKey(event: KeyboardEvent): void {
    const isOpen = this.input.ariaExpanded === "true";
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!isOpen) return void this.open();
      this.active = (this.active + (event.key === "ArrowDown" ? 1 : -1) + this.shown.length) % (this.shown.length || 1);
      this.drawList();
    } else if (event.key === "Enter" && isOpen) {
      event.preventDefault();
      this.choose(this.shown[this.active]);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (event.key === "Backspace" && !this.input.value && this.select.multiple) {
      const last = [...this.select.selectedOptions].at(-1);
      if (last) this.set(last.value, false);
    }
  }

  private choose(choice: Choice | undefined): void {
    if (!choice) return;
    if (![...this.select.options].some((option) => option.value === choice.value)) {
      const option = new Option(choice.label, choice.value);
      if (choice.color) option.dataset.color = choice.color;
      this.select.add(option);
      this.offered.push(option);
    }
    this.set(choice.value, this.select.multiple ? !this.isChosen(choice.value) : true);
    const browsing = this.select.multiple && !this.input.value;
    this.input.value = "";
    if (browsing)
      void this.open(); // several may be picked one after the other; who typed has found what they want
    else this.close();
  }

  private set(value: string, chosen: boolean): void {
    for (const option of [...this.select.options]) {
      if (option.value !== value) continue;
      option.selected = chosen;
      if (chosen && this.select.multiple) this.select.append(option); // what is sent is in the order of choosing
    }
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  private isChosen(value: string): boolean {
    return [...this.select.selectedOptions].some((option) => option.value === value);
  }

  private current(): HTMLOptionElement | undefined {
    return [...this.select.selectedOptions].find((option) => option.value);
  }

  /** Chips of a multiple select, or the chosen label in the input. */
  private draw(): void {
    const placeholder = this.dataset.placeholder ?? "Search…";
    this.box.querySelectorAll(".tag").forEach((chip) => chip.remove());
    if (!this.select.multiple) {
      this.input.value = this.current()?.label ?? "";
      this.input.placeholder = placeholder;
      return;
    }
    for (const option of this.select.selectedOptions) {
      const chip = Object.assign(document.createElement("span"), { className: "tag" });
      chip.dataset.color = option.dataset.color ?? "slate";
      const remove = Object.assign(document.createElement("button"), {
        type: "button",
        ariaLabel: `Remove ${option.text}`,
      });
      remove.append(icon("x"));
      remove.addEventListener("click", () => {
        this.set(option.value, false);
        this.input.focus();
      });
      chip.append(Object.assign(document.createElement("span"), { textContent: option.text }), remove);
      this.input.before(chip);
    }
    this.input.placeholder = this.select.selectedOptions.length ? "" : placeholder;
  }
}

customElements.define("fl-combobox", Combobox);
