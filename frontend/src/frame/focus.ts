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

function goesTo(element: HTMLElement): string | null | undefined {
  return element.closest("form")?.getAttribute("action");
}

function alike(a: HTMLElement, b: HTMLElement): boolean {
  return a.getAttribute("name") === b.getAttribute("name") && words(a) === words(b) && goesTo(a) === goesTo(b);
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

/** Tell whether the focus was in there when it went nowhere: who pressed beside it has left it. */
export function wasIn(place: Element): boolean {
  const at = document.activeElement; // for a moment still in what is hidden by now
  return last !== undefined && place.contains(last) && (at === document.body || place.contains(at));
}

/** Give the focus to what stands where `gone` stood, when nothing else has it. */
export function goOn(gone: HTMLElement | undefined = last): void {
  if (!gone || gone.isConnected || document.activeElement !== document.body) return;
  const others = () =>
    [...document.querySelectorAll<HTMLElement>(gone.localName)].filter((other) => other.checkVisibility());
  const like = others().filter((other) => alike(other, gone));
  const same = like.find((other) => PLACES.every((name) => other.getAttribute(name) === gone.getAttribute(name)));
  ((gone.id && document.getElementById(gone.id)) || same || like[0])?.focus({ preventScroll: true });
}

document.addEventListener("htmx:after:swap", () => goOn());
