/**
 * A page that loads itself anew, because of a Save in a dialog or a button that posts, gives the focus back to what was
 * pressed, or to what opened the dialog, and shows it: else whoever works by keyboard starts at the top each time (WCAG
 * 2.2, 2.4.3). What comes later (a panel) is waited for until somebody does something. The ring round it is for those
 * who saw it before.
 */
import { openerOf } from "./dialogs";
import { lastFocused, likeOf, markOf, type Mark } from "./focus";

const KEY = "fairlead:focus";
interface Left {
  path: string;
  mark: Mark;
  ring: boolean;
}
let wanted: Left | null = null;

addEventListener("pagehide", () => {
  const last = lastFocused();
  const at = last && (openerOf(last) ?? last);
  if (!at || at === document.body) return;
  const ring = (document.activeElement ?? at).matches(":focus-visible");
  sessionStorage.setItem(KEY, JSON.stringify({ path: location.pathname, mark: markOf(at), ring } satisfies Left));
});

function goOn(): void {
  if (!wanted || document.activeElement !== document.body) return;
  const like = likeOf(wanted.mark);
  const options: FocusOptions & { focusVisible: boolean } = { focusVisible: wanted.ring };
  like?.focus(options);
  if (like) wanted = null;
}

const left = JSON.parse(sessionStorage.getItem(KEY) ?? "null") as Left | null;
sessionStorage.removeItem(KEY);
const asked = [...document.querySelectorAll("[autofocus]")].some((at) => at.checkVisibility());
if (left?.path === location.pathname && !asked) {
  wanted = left;
  goOn();
  document.addEventListener("htmx:after:swap", goOn);
  for (const name of ["focusin", "keydown", "pointerdown", "wheel", "touchstart"])
    document.addEventListener(name, () => (wanted = null), { passive: true });
}
