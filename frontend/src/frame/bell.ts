/** The bell: its list is fetched when it opens, and following a notice marks it as read. */
import htmx from "htmx.org";
import { csrf } from "../http";

document.addEventListener(
  "toggle",
  (event) => {
    const list = document.getElementById("notices-list");
    if (list && (event.target as Element).id === "notices" && (event as ToggleEvent).newState === "open")
      htmx.trigger(list, "notices:open");
  },
  true,
);

document.addEventListener("click", (event) => {
  const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-read]");
  // `keepalive`: the page is being left. Following the link is what opens it; a lost mark costs nothing.
  if (link)
    void fetch(link.dataset.read!, { method: "POST", headers: { ...csrf(), "HX-Request": "true" }, keepalive: true });
});
