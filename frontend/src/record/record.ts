/**
 * `<fl-record data-version>`: inline edits carry the version they were made on (`If-Match`, RFC 9110) and keep the one
 * that comes back (`ETag`); on narrow screens the three parts are tabs. What colleagues change appears by itself (`following`).
 */
import { contextOf } from "../requests";
import { follow } from "./following";

class RecordPage extends HTMLElement {
  private readonly leave = new AbortController();

  connectedCallback(): void {
    follow(this, this.leave.signal);
    this.show(this.querySelector<HTMLElement>(".record-tabs [aria-selected=true]"));
    this.addEventListener("click", (event) => {
      const target = event.target as Element;
      const tab = target.closest<HTMLElement>(".record-tabs [role=tab]");
      if (tab) this.show(tab);
      if (target.closest("[data-reload]")) location.reload();
      const value = target.closest(".fact-value");
      if (value && !target.closest("a, button") && !getSelection()?.toString())
        value.parentElement?.querySelector<HTMLElement>(".fact-edit")?.click();
    });
    this.addEventListener("keydown", (event) => {
      const form = (event.target as Element).closest("[data-fact-form]");
      if (form && event.key === "Escape") form.querySelector<HTMLElement>("[data-fact-cancel]")?.click();
    });
  }

  disconnectedCallback(): void {
    this.leave.abort();
  }

  private show(tab: HTMLElement | null): void {
    if (!tab) return;
    for (const other of this.querySelectorAll<HTMLElement>(".record-tabs [role=tab]")) {
      const on = other === tab;
      other.ariaSelected = String(on);
      other.tabIndex = on ? 0 : -1;
      this.querySelector(`#${other.getAttribute("aria-controls")!}`)?.toggleAttribute("data-shown", on);
    }
  }
}

customElements.define("fl-record", RecordPage);

document.addEventListener("htmx:config:request", (event) => {
  const { sourceElement, request } = contextOf(event);
  const version = sourceElement.closest<HTMLElement>("[data-version]")?.dataset.version;
  if (version && request.method !== "GET") request.headers["If-Match"] = `"${version}"`;
});

document.addEventListener("htmx:after:request", (event) => {
  const { sourceElement, request, response } = contextOf(event);
  const record = sourceElement.closest<HTMLElement>("fl-record");
  const version = response?.headers.get("ETag")?.match(/^(?:W\/)?"(\d+)"$/)?.[1];
  if (!record || !version || response!.status >= 300) return;
  record.dataset.version = version;
  // What was saved was made of this version: other fields that are being edited were untouched by it.
  const before = request.headers["If-Match"]?.replaceAll('"', "");
  for (const form of record.querySelectorAll<HTMLElement>("[data-fact-form]"))
    if (form.dataset.version === before) form.dataset.version = version;
});

/** A timeline that is read again stays what somebody made of it: its filter, and as far down as they have come. */
document.addEventListener("htmx:config:request", (event) => {
  const { sourceElement, sourceEvent, request } = contextOf(event);
  if (sourceElement.id !== "timeline" || !sourceEvent?.type?.startsWith("refresh:")) return;
  const filter = sourceElement.querySelector(".timeline-filter [aria-pressed=true]")?.getAttribute("hx-get");
  const address = new URL(filter ?? request.action, location.href);
  address.searchParams.set("shown", String(sourceElement.querySelectorAll(".entry").length));
  request.action = address.href;
});

let editing = "";

/** The field that was opened for editing gets the focus; a saved or cancelled one gives it back to its button. */
document.addEventListener("htmx:after:swap", () => {
  const form = document.querySelector<HTMLElement>("[data-fact-form]:not([data-focused])");
  if (!form) {
    const button = editing && document.getElementById(editing)?.querySelector<HTMLElement>(".fact-edit");
    if (!button) return;
    editing = "";
    if (document.activeElement === document.body) button.focus();
    return;
  }
  editing = form.id;
  form.dataset.focused = "";
  form.dataset.version ??= form.closest<HTMLElement>("fl-record")?.dataset.version; // what the page showed when it was opened
  // The list behind a field with search is not shown: its box is.
  const shown = [...form.querySelectorAll<HTMLInputElement>("input:not([type=hidden]), select, textarea")].filter(
    (control) => control.checkVisibility(),
  );
  const field = shown.find((control) => control.type === "radio" && control.checked) ?? shown[0];
  field?.focus();
  if (field?.matches("input[type=text], input[type=email], input[type=tel], input:not([type])")) field.select();
});
