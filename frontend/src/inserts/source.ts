/** Texts that stand in for a # and a shortcut: asked from the server, filled for the record that the page is about. */
import { showToast } from "../frame/toasts";
import { send } from "../http";
import type { Look } from "../ui/suggestions";

export interface Insert {
  id: string;
  shortcut: string;
  label: string;
  text: string;
}

export const address = (): string => document.body.dataset.inserts ?? "";

function line(text: string, className: string): HTMLElement {
  return Object.assign(document.createElement("span"), { textContent: text, className });
}
export const LOOK: Look<Insert> = {
  label: "Snippets",
  empty: "No snippet by this name",
  id: "inserts",
  draw: (insert) => {
    const words = Object.assign(document.createElement("span"), { className: "insert-option" });
    words.append(line(`#${insert.shortcut}`, "strong"), line(insert.label, "muted small"));
    return [words];
  },
};

export async function find(query: string): Promise<Insert[]> {
  const response = await send(`${address()}choices?q=${encodeURIComponent(query)}`, {
    headers: { Accept: "application/json" },
  });
  return response?.ok ? ((await response.json()) as Insert[]) : [];
}

/** Return the filled text, null (and say so) when it does not arrive; `field` is where it goes: a form may name the record that it is about. */
export async function expand(insert: Insert, field: Element): Promise<{ html: string; text: string } | null> {
  const body = new FormData();
  const about = field.closest("form")?.querySelector<HTMLInputElement | HTMLSelectElement>("[name=about]")?.value;
  if (about) body.set("about", about);
  const response = await send(`${address()}${insert.id}/expand`, { method: "POST", body });
  if (response?.ok) return (await response.json()) as { html: string; text: string };
  showToast({ kind: "error", text: "The snippet did not arrive. Try again." });
  return null;
}
