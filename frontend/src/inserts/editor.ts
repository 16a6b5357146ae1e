/** Snippets in the rich text editor. */
import { Extension } from "@tiptap/core";
import { PluginKey, type Transaction } from "@tiptap/pm/state";
import { Suggestion } from "@tiptap/suggestion";
import { popup } from "../editor/mentions";
import { expand, find, LOOK, type Insert } from "./source";

export const Inserts = Extension.create({
  name: "inserts",
  addProseMirrorPlugins() {
    return [
      Suggestion<Insert, Insert>({
        editor: this.editor,
        char: "#",
        pluginKey: new PluginKey("inserts"),
        items: ({ query }) => find(query),
        render: popup<Insert, Insert>(LOOK),
        command: ({ editor, range, props }) => {
          const typed = editor.state.doc.textBetween(range.from, range.to);
          editor.chain().focus().deleteRange(range).run();
          let at = range.from; // moves along with what is typed before the text arrives
          const follow = ({ transaction }: { transaction: Transaction }): void =>
            void (at = transaction.mapping.map(at, -1));
          editor.on("transaction", follow);
          void expand(props, editor.view.dom).then((made) => {
            editor.off("transaction", follow);
            if (editor.isDestroyed) return;
            const isThere = editor.state.selection.from === at; // who went on typing goes on there
            editor
              .chain()
              .focus()
              .insertContentAt(at, made?.html ?? typed, { updateSelection: isThere })
              .run();
          });
        },
      }),
    ];
  },
});
