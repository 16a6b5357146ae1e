/** The toolbar: buttons that show what is on, reachable by one Tab and then the arrow keys (APG, toolbar). */
import type { Editor } from "@tiptap/core";
import { icon } from "../ui/icon";

interface Tool {
  label: string;
  drawing: SVGSVGElement;
  isOn: (editor: Editor) => boolean;
  run: (editor: Editor) => void;
}

function askForLink(editor: Editor): void {
  if (editor.isActive("link")) return void editor.chain().focus().unsetLink().run();
  const popup = Object.assign(document.createElement("form"), { className: "popover link-popup", method: "dialog" });
  popup.popover = "auto";
  const input = Object.assign(document.createElement("input"), {
    className: "input input-sm",
    type: "url",
    placeholder: "https://",
    ariaLabel: "Link address",
    required: true,
  });
  const done = Object.assign(document.createElement("button"), {
    className: "btn btn-primary btn-sm",
    textContent: "Link",
  });
  popup.append(input, done);
  (editor.view.dom.closest("dialog") ?? document.body).append(popup);
  popup.showPopover();
  const at = editor.view.coordsAtPos(editor.state.selection.from);
  popup.style.left = `${Math.max(8, Math.min(at.left, innerWidth - popup.offsetWidth - 8))}px`;
  popup.style.top = `${at.bottom + 6}px`;
  input.focus();
  popup.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    const chain = editor.chain().focus();
    if (editor.state.selection.empty)
      chain
        .insertContent({ type: "text", text: input.value, marks: [{ type: "link", attrs: { href: input.value } }] })
        .run();
    else chain.setLink({ href: input.value }).run();
    popup.remove();
  });
  popup.addEventListener("toggle", (event) => {
    if (event.newState === "closed") popup.remove();
  });
}

function tools(): Tool[] {
  return [
    {
      label: "Bold",
      drawing: icon("bold"),
      isOn: (e) => e.isActive("bold"),
      run: (e) => e.chain().focus().toggleBold().run(),
    },
    {
      label: "Italic",
      drawing: icon("italic"),
      isOn: (e) => e.isActive("italic"),
      run: (e) => e.chain().focus().toggleItalic().run(),
    },
    {
      label: "Bulleted list",
      drawing: icon("list"),
      isOn: (e) => e.isActive("bulletList"),
      run: (e) => e.chain().focus().toggleBulletList().run(),
    },
    {
      label: "Numbered list",
      drawing: icon("list-numbers"),
      isOn: (e) => e.isActive("orderedList"),
      run: (e) => e.chain().focus().toggleOrderedList().run(),
    },
    {
      label: "Quote",
      drawing: icon("blockquote"),
      isOn: (e) => e.isActive("blockquote"),
      run: (e) => e.chain().focus().toggleBlockquote().run(),
    },
    {
      label: "Heading",
      drawing: icon("heading"),
      isOn: (e) => e.isActive("heading"),
      run: (e) => e.chain().focus().toggleHeading({ level: 3 }).run(),
    },
    { label: "Link", drawing: icon("link"), isOn: (e) => e.isActive("link"), run: askForLink },
  ];
}

export function drawTools(editor: Editor, place: HTMLElement): void {
  const offered = tools();
  const buttons: HTMLButtonElement[] = offered.map((tool, at) => {
    const button = Object.assign(document.createElement("button"), {
      type: "button",
      className: "btn btn-quiet btn-sm btn-icon",
      ariaLabel: tool.label,
      title: tool.label,
      tabIndex: at ? -1 : 0,
    });
    button.append(tool.drawing);
    button.addEventListener("click", () => tool.run(editor));
    return button;
  });
  place.replaceChildren(...buttons);
  place.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    if (!step || at < 0) return;
    event.preventDefault();
    const next = buttons[(at + step + buttons.length) % buttons.length]!;
    buttons.forEach((button) => (button.tabIndex = button === next ? 0 : -1));
    next.focus();
  });
  const mark = (): void => offered.forEach((tool, at) => (buttons[at]!.ariaPressed = String(tool.isOn(editor))));
  editor.on("transaction", mark);
  mark();
}
