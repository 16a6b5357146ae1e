/** The files that go with a text: chosen, dropped or pasted one after the other, and taken away again with a click. */
import { showToast } from "../frame/toasts";
import { size } from "../ui/drop";
import { markDirty } from "../ui/forms";
import { icon } from "../ui/icon";

const LARGEST = 25 * 1024 * 1024; // what the server takes (kernel.uploads): better said before it is sent

export function watchFiles(host: HTMLElement): void {
  const input = host.querySelector<HTMLInputElement>("[data-editor-files]");
  const place = host.querySelector<HTMLElement>("[data-editor-attached]");
  if (!input || !place) return;
  const zone = host.closest("form") ?? host;
  let kept: File[] = [];

  const show = (): void => {
    const held = new DataTransfer();
    for (const file of kept) held.items.add(file);
    input.files = held.files;
    place.hidden = kept.length === 0;
    place.replaceChildren(...kept.map((file) => chip(file, () => remove(file))));
    if (zone.matches("[data-guard]")) markDirty(zone as HTMLFormElement);
  };
  const remove = (file: File): void => {
    const at = kept.indexOf(file);
    kept = kept.filter((other) => other !== file);
    show();
    (place.querySelectorAll<HTMLElement>("button")[Math.min(at, kept.length - 1)] ?? input).focus();
  };
  const add = (files: Iterable<File>): void => {
    for (const file of files) {
      if (file.size > LARGEST) showToast({ kind: "error", text: `${file.name} is larger than 25 MB: not attached.` });
      else if (!kept.some((other) => same(file, other))) kept.push(file);
    }
    show();
  };

  input.addEventListener("change", () => add(input.files ?? []));
  // A file that nobody catches would be opened by the browser, in place of the page and what was typed on it.
  for (const name of ["dragenter", "dragover"] as const)
    zone.addEventListener(name, (event) => {
      if (!carriesFiles(event.dataTransfer)) return;
      event.preventDefault();
      host.classList.add("is-over");
    });
  zone.addEventListener("dragleave", (event) => {
    if (!zone.contains(event.relatedTarget as Node | null)) host.classList.remove("is-over");
  });
  zone.addEventListener("drop", (event) => take(event, event.dataTransfer), true);
  // What is copied from a document has a picture beside its text: the text is what was meant.
  host.addEventListener("paste", (event) => !hasText(event.clipboardData) && take(event, event.clipboardData), true);

  const take = (event: Event, data: DataTransfer | null): void => {
    if (!carriesFiles(data)) return;
    event.preventDefault();
    event.stopPropagation();
    host.classList.remove("is-over");
    add(data!.files);
  };
}

function chip(file: File, onRemove: () => void): HTMLElement {
  const made = Object.assign(document.createElement("span"), { className: "attachment" });
  const remove = Object.assign(document.createElement("button"), { type: "button", className: "attachment-remove" });
  remove.setAttribute("aria-label", `Remove ${file.name}`);
  remove.append(icon("x"));
  remove.addEventListener("click", onRemove);
  made.append(icon("paperclip"), `${file.name} · ${size(file.size)}`, remove);
  return made;
}

const same = (one: File, other: File): boolean =>
  one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;
const carriesFiles = (data: DataTransfer | null): boolean => data?.types.includes("Files") ?? false;
const hasText = (data: DataTransfer | null): boolean => data?.types.some((type) => type.startsWith("text/")) ?? false;
