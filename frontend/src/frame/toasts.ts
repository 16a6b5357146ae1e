/** Short messages at the corner, read out by screen readers, with Undo where it is possible. */
import { send } from "../http";
import { icon } from "../ui/icon";

export interface ToastMessage {
  text: string;
  kind?: "success" | "error";
  undo?: string;
  link?: [string, string];
}
const SHOWN_MS = 6000;

async function undo(url: string, toast: HTMLElement): Promise<void> {
  toast.remove();
  const response = await send(url, { method: "POST" });
  if (response?.headers.has("Fairlead-Effects") && !response.ok) return; // it says itself what is wrong
  if (!response?.ok) return showToast({ kind: "error", text: "This could not be undone." });
  if (!response.headers.has("Fairlead-Effects")) showToast({ text: "Undone." });
  if (response.headers.has("HX-Redirect")) location.assign(response.headers.get("HX-Redirect")!);
  for (const name of ["undone", "list"]) document.body.dispatchEvent(new CustomEvent(`refresh:${name}`));
}

function button(text: string, className: string, action: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = className;
  made.textContent = text;
  made.addEventListener("click", action);
  return made;
}

/** A link into another tab: the page, and what is typed on it, stays. */
function anchor([text, url]: [string, string]): HTMLAnchorElement {
  const made = document.createElement("a");
  made.href = url;
  made.target = "_blank";
  made.textContent = text;
  return made;
}

/** In the top layer, re-opened so that it is the topmost; within an open dialog, which lets nobody press what is outside. */
function show(region: HTMLElement): void {
  if (region.matches(":popover-open")) region.hidePopover();
  const host = [...document.querySelectorAll("dialog:modal")].at(-1) ?? document.body;
  if (region.parentElement !== host) host.append(region);
  region.showPopover();
}

document.addEventListener(
  "close",
  (event) => {
    const region = document.getElementById("toasts");
    if (region && event.target === region.parentElement) show(region);
  },
  true,
);

export function showToast({ text, kind = "success", undo: undoUrl, link }: ToastMessage): void {
  const region = document.getElementById("toasts");
  const list = document.getElementById("toasts-list");
  if (!region || !list) return;
  // What asks again and again is told once.
  for (const told of list.querySelectorAll<HTMLElement>(".toast-error"))
    if (told.querySelector("p")?.textContent === text) told.remove();
  const toast = document.createElement("div");
  toast.className = `toast toast-${kind}`;
  if (kind === "error") toast.setAttribute("role", "alert");
  const words = document.createElement("p");
  words.textContent = text;
  toast.append(icon(kind === "error" ? "alert-triangle" : "circle-check"), words);
  if (undoUrl) toast.append(button("Undo", "toast-undo", () => void undo(undoUrl, toast)));
  if (link) toast.append(anchor(link));
  const close = button("", "toast-close", () => toast.remove());
  close.ariaLabel = "Dismiss";
  close.append(icon("x"));
  toast.append(close);
  list.append(toast);
  show(region);
  let timer = 0;
  const wait = (): void =>
    void (timer = window.setTimeout(() => toast.remove(), undoUrl || kind === "error" ? SHOWN_MS * 2 : SHOWN_MS));
  toast.addEventListener("pointerenter", () => clearTimeout(timer));
  toast.addEventListener("pointerleave", wait);
  toast.addEventListener("focusin", () => clearTimeout(timer));
  wait();
}

for (const message of document.querySelectorAll<HTMLElement>("#messages > li"))
  showToast({
    text: message.textContent?.trim() ?? "",
    kind: message.dataset.kind === "error" ? "error" : "success",
    undo: message.dataset.undo,
  });
