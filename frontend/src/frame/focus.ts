/**
 * Who works by keyboard or hears the page goes on where they were: when the part with the focus is drawn anew, its like
 * in the new part gets it, known by id, or by kind, name and words (WCAG 2.2, 2.4.3). Many forms end in "Save": only one
 * that goes to the same address is alike.
 */
const PLACES = ["href", "popovertarget", "hx-get", "hx-post"]; // what tells buttons of the same words apart
let last: HTMLElement | undefined;

function words(element: HTMLElement): string {
  return element.getAttribute("aria-label") ?? element.textContent.trim();
}

function goesTo(element: HTMLElement): string {
  return element.closest("form")?.getAttribute("action") ?? "";
}

/** What an element is known by when the page is another: its id, its kind, name and words, and where it leads. */
export interface Mark {
  kind: string;
  id: string;
  name: string | null;
  words: string;
  goesTo: string;
  places: (string | null)[];
}

export function markOf(element: HTMLElement): Mark {
  return {
    kind: element.localName,
    id: element.id,
    name: element.getAttribute("name"),
    words: words(element),
    goesTo: goesTo(element),
    places: PLACES.map((name) => element.getAttribute(name)),
  };
}

/** Find what stands where the marked one stood; what leads to the same place may have other words by now. */
export function likeOf(mark: Mark): HTMLElement | null {
  const seen = [...document.querySelectorAll<HTMLElement>(mark.kind)].filter((other) => other.checkVisibility());
  const like = seen.filter(
    (other) => other.getAttribute("name") === mark.name && words(other) === mark.words && goesTo(other) === mark.goesTo,
  );
  const leads = (other: HTMLElement): boolean =>
    PLACES.every((name, at) => other.getAttribute(name) === mark.places[at]) && goesTo(other) === mark.goesTo;
  const same = like.find(leads) ?? like[0] ?? (mark.places.some(Boolean) ? seen.find(leads) : undefined);
  return (mark.id && document.getElementById(mark.id)) || (same ?? null);
}

document.addEventListener("focusin", (event) => (last = event.target as HTMLElement));
// Who presses on plain ground has left it.
document.addEventListener("pointerdown", (event) => {
  if (
    !(event.target as Element).closest(
      "a, button, input, select, textarea, summary, label, [tabindex], [contenteditable]",
    )
  )
    last = undefined;
});

/** What had the focus last, unless somebody pressed on plain ground since. */
export function lastFocused(): HTMLElement | undefined {
  return last;
}

/** Tell whether the focus was in there when it went nowhere: who pressed beside it has left it. */
export function wasIn(place: Element): boolean {
  const at = document.activeElement; // for a moment still in what is hidden by now
  return last !== undefined && place.contains(last) && (at === document.body || place.contains(at));
}

/** Give the focus to what stands where `gone` stood, when nothing else has it. */
export function goOn(gone: HTMLElement | undefined = last): void {
  if (!gone || gone.isConnected || document.activeElement !== document.body) return;
  likeOf(markOf(gone))?.focus({ preventScroll: true });
}

document.addEventListener("htmx:after:swap", () => goOn());
