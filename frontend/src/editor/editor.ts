/** The editor itself: what may be written is what the server's sanitiser lets through. */
import { Editor, type AnyExtension } from "@tiptap/core";
import Mention from "@tiptap/extension-mention";
import Placeholder from "@tiptap/extension-placeholder";
import StarterKit from "@tiptap/starter-kit";
import { markDirty } from "../ui/forms";
import { Inserts } from "../inserts/editor";
import { address } from "../inserts/source";
import { watchFiles } from "./files";
import { mentionPopup } from "./mentions";
import { tidied } from "./pasting";
import { drawTools } from "./tools";

function extensionsFor(host: HTMLElement) {
  const extensions: AnyExtension[] = [
    StarterKit.configure({
      heading: { levels: [2, 3] },
      horizontalRule: false,
      link: {
        openOnClick: false,
        protocols: ["http", "https", "mailto", "tel"],
        HTMLAttributes: { rel: "noopener noreferrer", target: "_blank" },
      },
    }),
    Placeholder.configure({ placeholder: host.dataset.placeholder ?? "" }),
  ];
  if (address() && !host.closest("[data-no-snippets]")) extensions.push(Inserts);
  const source = host.dataset.mentions;
  if (!source) return extensions;
  const mention = Mention.configure({
    HTMLAttributes: { class: "mention" },
    renderText: ({ node }) => `@${String(node.attrs.label ?? "")}`,
    suggestion: mentionPopup(source),
  });
  return [...extensions, mention];
}

/** Put an editor into `host`, bound to its hidden input; returns what takes it down again. */
export function mount(host: HTMLElement): () => void {
  const input = host.querySelector<HTMLInputElement>("input[type=hidden]")!;
  const form = host.closest("form");
  const editor = new Editor({
    element: host.querySelector("[data-editor-text]")!,
    extensions: extensionsFor(host),
    content: input.value,
    injectCSS: false,
    editorProps: {
      transformPastedHTML: tidied,
      attributes: {
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": host.dataset.label ?? "Text",
        class: "prose",
      },
    },
    onUpdate: () => {
      input.value = editor.isEmpty ? "" : editor.getHTML();
      if (form?.matches("[data-guard]")) markDirty(form);
    },
  });
  drawTools(editor, host.querySelector("[data-editor-tools]")!);
  watchFiles(host);
  const keys = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form?.requestSubmit();
    // ProseMirror would keep Escape for itself; here it closes the dialog, or the mentions when they are open.
    if (event.key === "Escape" && !document.getElementById("mentions") && !document.getElementById("inserts"))
      event.stopImmediatePropagation();
  };
  host.addEventListener("keydown", keys, true);
  if (
    host.closest("dialog")?.contains(document.activeElement) &&
    !document.activeElement?.matches("input, select, textarea")
  )
    editor.commands.focus("end");
  return () => {
    host.removeEventListener("keydown", keys, true);
    editor.destroy();
  };
}
