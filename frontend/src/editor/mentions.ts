/** The list that opens behind an @: names from the server. */
import type { MentionNodeAttrs } from "@tiptap/extension-mention";
import type { SuggestionOptions, SuggestionProps } from "@tiptap/suggestion";
import { avatar } from "../ui/avatar";
import { send } from "../http";
import { Suggestions, type Look } from "../ui/suggestions";

interface Person {
  id: string;
  label: string;
}
const LOOK: Look<Person> = {
  label: "People",
  empty: "Nobody by this name",
  id: "mentions",
  draw: (person) => [avatar(person.label), person.label],
};

/** What TipTap asks of a list of suggestions, drawn by ours. */
export function popup<T, A>(look: Look<T>): SuggestionOptions<T, A>["render"] {
  return () => {
    let list: Suggestions<T> | null = null;
    let current: SuggestionProps<T, A>;
    let isTaken = false; // the first is wanted as soon as it is known: who types quickly presses Enter before
    const show = (props: SuggestionProps<T, A>): void => {
      current = props;
      if (props.loading) return; // what is not known yet is not "nothing"
      if (isTaken && props.items[0]) return current.command(props.items[0] as unknown as A);
      isTaken = false;
      list ??= new Suggestions<T>(look, props.editor.view.dom, (item) => current.command(item as unknown as A));
      list.show(props.items, props.clientRect?.());
    };
    const close = (): void => {
      list?.close();
      list = null;
      isTaken = false;
    };
    return {
      onStart: show,
      onUpdate: show,
      onKeyDown: ({ event }) => {
        if (current?.loading && ["Enter", "Tab"].includes(event.key)) return (isTaken = true);
        if (event.key !== "Escape") return list?.key(event) ?? false;
        event.stopPropagation();
        close();
        return true;
      },
      onExit: close,
    };
  };
}

export function mentionPopup(source: string): Omit<SuggestionOptions<Person, MentionNodeAttrs>, "editor"> {
  return {
    items: async ({ query }) => {
      const url = new URL(source, location.href);
      url.searchParams.set("q", query);
      const response = await send(url, { headers: { Accept: "application/json" } });
      return response?.ok ? ((await response.json()) as Person[]).slice(0, 8) : [];
    },
    render: popup<Person, MentionNodeAttrs>(LOOK),
  };
}
