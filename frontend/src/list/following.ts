/**
 * An open list follows its records: told that one of its rows changed, that many records did, or that a bulk action or
 * an import of its noun has ended, it reads itself again. What is selected, scrolled and focused stays.
 */
import { seldom } from "../frame/seldom";

const EVERY_MS = 5_000; // between two readings
const ROW = "record:";

export function follow(list: HTMLElement, signal: AbortSignal): void {
  const read = seldom(() => document.body.dispatchEvent(new CustomEvent("refresh:list")), EVERY_MS);
  const concerns = (topic: string): boolean =>
    topic === "records" ||
    topic === list.dataset.live ||
    (topic.startsWith(ROW) && !!list.querySelector(`tr[data-row="${CSS.escape(topic.slice(ROW.length))}"]`));
  const told = (event: Event): void => {
    if (concerns((event as CustomEvent<string>).detail)) read();
  };
  document.body.addEventListener("live:told", told, { signal });
}
