/** The widget of background work: it opens when something starts, and marks its button while anything runs. */
import htmx from "htmx.org";

function refresh(): void {
  const list = document.getElementById("jobs-list");
  if (list) htmx.trigger(list, "jobs:open");
}

document.addEventListener(
  "toggle",
  (event) => {
    const widget = event.target as HTMLElement;
    if (widget.id !== "jobs" || (event as ToggleEvent).newState !== "open") return;
    if (widget.dataset.reopened === undefined) refresh();
    else delete widget.dataset.reopened; // what was pressed in it is under way, and draws its own part
  },
  true,
);

document.body.addEventListener("refresh:jobs", () => {
  document.querySelector<HTMLElement>("[data-jobs-button]")?.classList.add("is-busy");
  refresh();
});

/** A job that has ended tells the page, so that lists and counts can be read again. */
document.addEventListener("htmx:after:swap", () => {
  for (const ended of document.querySelectorAll<HTMLElement>("[data-job-ended]:not([data-told])")) {
    ended.dataset.told = "";
    document.body.dispatchEvent(new CustomEvent("refresh:list"));
    if (!document.querySelector("[data-job-active]"))
      document.querySelector("[data-jobs-button]")?.classList.remove("is-busy");
  }
});
