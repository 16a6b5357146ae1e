/** Snippets in the rich text editor. */
import { Extension } from "@tiptap/core";
import { PluginKey } from "@tiptap/pm/state";
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
          editor.chain().focus().deleteRange(range).run();
          void expand(props, editor.view.dom).then((made) => made && editor.chain().focus().insertContent(made.html).run());
        },
      }),
    ];
  },
});
