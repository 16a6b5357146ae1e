/** The list that opens behind an @: names from the server, arrow keys and Enter. */
import type { MentionNodeAttrs } from "@tiptap/extension-mention";
import type { SuggestionOptions, SuggestionProps } from "@tiptap/suggestion";
import { avatar } from "../ui/avatar";
import { send } from "../http";

export interface Person {
  id: string;
  label: string;
}
type Props = SuggestionProps<Person, MentionNodeAttrs>;

class Popup {
  private readonly list = Object.assign(document.createElement("div"), { className: "popover listbox", role: "listbox", ariaLabel: "People" });
  private props!: Props;
  private active = 0;

  open(props: Props): void {
    this.list.popover = "manual";
    this.list.id = "mentions";
    (props.editor.view.dom.closest("dialog") ?? document.body).append(this.list);
    this.list.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      const option = (event.target as Element).closest<HTMLElement>("[data-at]");
      if (option) this.choose(Number(option.dataset.at));
    });
    this.list.showPopover();
    this.update(props);
  }

  update(props: Props): void {
    this.props = props;
    this.active = 0;
    this.draw();
    const box = props.clientRect?.();
    if (!box) return;
    this.list.style.left = `${Math.max(4, Math.min(box.left, innerWidth - this.list.offsetWidth - 8))}px`;
    const below = box.bottom + 4;
    this.list.style.top = `${below + this.list.offsetHeight > innerHeight ? box.top - this.list.offsetHeight - 4 : below}px`;
  }

  close(): void {
    this.props?.editor.view.dom.removeAttribute("aria-activedescendant");
    this.list.remove();
  }

  key(event: KeyboardEvent): boolean {
    const count = this.props.items.length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      this.active = (this.active + (event.key === "ArrowDown" ? 1 : -1) + count) % (count || 1);
      this.draw();
      return true;
    }
    if ((event.key === "Enter" || event.key === "Tab") && count) {
      this.choose(this.active);
      return true;
    }
    return false;
  }

  private choose(at: number): void {
    const person = this.props.items[at];
    if (person) this.props.command(person);
  }

  private draw(): void {
    const options: HTMLElement[] = this.props.items.map((person, at) => {
      const option = Object.assign(document.createElement("div"), { className: `option${at === this.active ? " is-active" : ""}`, role: "option", id: `mention-${at}`, ariaSelected: String(at === this.active) });
      option.dataset.at = String(at);
      option.append(avatar(person.label), person.label);
      return option;
    });
    if (!options.length) options.push(Object.assign(document.createElement("div"), { className: "option muted", role: "option", textContent: "Nobody by this name" }));
    this.list.replaceChildren(...options);
    this.props.editor.view.dom.setAttribute("aria-activedescendant", `mention-${this.active}`);
  }
}

export function mentionPopup(source: string): Omit<SuggestionOptions<Person, MentionNodeAttrs>, "editor"> {
  return {
    items: async ({ query }) => {
      const url = new URL(source, location.href);
      url.searchParams.set("q", query);
      const response = await send(url, { headers: { Accept: "application/json" } });
      return response?.ok ? ((await response.json()) as Person[]).slice(0, 8) : [];
    },
    render: () => {
      const popup = new Popup();
      return {
        onStart: (props) => popup.open(props),
        onUpdate: (props) => popup.update(props),
        onKeyDown: ({ event }) => {
          if (event.key !== "Escape") return popup.key(event);
          event.stopPropagation();
          popup.close();
          return true;
        },
        onExit: () => popup.close(),
      };
    },
  };
}
