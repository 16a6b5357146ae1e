/**
 * An open record page follows its record: told that it changed, it reads itself again and takes over what is another,
 * value by value. The focus stays where it is, and a field that is being edited is left alone: it says who changed it
 * meanwhile, and keeps the version it was opened on, so that saving asks (412) before it writes over a colleague.
 */
import htmx from "../htmx";
import { goOn } from "../frame/focus";
import { isInHand, waitFor } from "../frame/keeping";
import { seldom } from "../frame/seldom";
import { send } from "../http";

const EVERY_MS = 5_000; // between two readings when many records change at once

export function follow(page: HTMLElement, signal: AbortSignal): void {
  const { live, url } = page.dataset;
  if (!live || !url) return;
  let reading = false;
  let again = false;
  const read = async (): Promise<void> => {
    again = reading;
    if (reading) return;
    reading = true;
    const response = await send(url, { headers: { "HX-Request": "false" } });
    if (response?.ok && page.isConnected)
      await takeOver(page, new DOMParser().parseFromString(await response.text(), "text/html"));
    reading = false;
    if (again) void read();
  };
  const readSometime = seldom(() => void read(), EVERY_MS);
  document.body.addEventListener(`refresh:${live}`, () => void read(), { signal });
  document.body.addEventListener("refresh:records", readSometime, { signal });
}

async function takeOver(page: HTMLElement, read: Document): Promise<void> {
  const fresh = read.querySelector<HTMLElement>("fl-record");
  if (!fresh || Number(fresh.dataset.version) < Number(page.dataset.version)) return;
  const was = page.dataset.version;
  page.dataset.version = fresh.dataset.version;
  for (const id of ["record-name", "record-subtitle", "record-complete", "record-tags", "record-notice"])
    replaceInner(page, page.querySelector(`#${id}`), fresh.querySelector(`#${id}`));
  for (const panel of fresh.querySelectorAll(".panel:not([hx-get])"))
    // the others read themselves when they are told
    replaceInner(page, page.querySelector(`#${panel.id} > .panel-body`), panel.querySelector(".panel-body"));
  for (const fact of fresh.querySelectorAll<HTMLElement>(".fact"))
    await takeOverFact(page, fact, fresh.dataset.version!);
  for (const fact of page.querySelectorAll<HTMLElement>(".fact:not(form)"))
    if (!fresh.querySelector(`#${fact.id}`)) fact.remove();
  if (was !== fresh.dataset.version) document.body.dispatchEvent(new CustomEvent("refresh:timeline"));
}

async function takeOverFact(page: HTMLElement, fresh: HTMLElement, version: string): Promise<void> {
  const shown = page.querySelector<HTMLElement>(`#${fresh.id}`);
  if (!shown) return insert(page, fresh);
  if (!shown.matches("form"))
    return replaceInner(page, shown.querySelector(".fact-value"), fresh.querySelector(".fact-value"));
  if (!shown.matches("[data-fact-form]")) return; // it asks already which of two values is to stay
  const was = shown.querySelector<HTMLTemplateElement>("[data-fact-shown]");
  const place = shown.querySelector<HTMLElement>("[data-fact-theirs]");
  if (!was || !place) return;
  if (text(was) === text(fresh.querySelector(".fact-value")!)) {
    shown.dataset.version = version;
    place.replaceChildren();
    return;
  }
  const told = await send(`${shown.getAttribute("action")}?theirs=1`);
  if (told?.ok) place.innerHTML = await told.text();
}

/** A fact that had nothing to show until now takes its place after the one before it. */
function insert(page: HTMLElement, fresh: HTMLElement): void {
  const made = document.importNode(fresh, true);
  const before = fresh.previousElementSibling && page.querySelector(`#${fresh.previousElementSibling.id}`);
  const list = page.querySelector(`#${fresh.closest(".fact-group")?.id} .fact-list`);
  if (before) before.after(made);
  else if (list) list.prepend(made);
  else return;
  htmx.process(made);
}

function replaceInner(page: HTMLElement, shown: Element | null, fresh: Element | null): void {
  if (!shown || !fresh || shown.innerHTML === fresh.innerHTML) return;
  if (isInHand(shown)) return waitFor(shown, `refresh:${page.dataset.live}`);
  shown.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
  htmx.process(shown);
  goOn();
}

function text(place: Element | HTMLTemplateElement): string {
  const holder = document.createElement("div");
  holder.innerHTML = place.innerHTML;
  return holder.textContent!.replace(/\s+/g, " ").trim();
}
