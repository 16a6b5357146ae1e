/** `<fl-tasks>`: lists of tasks by keyboard. J and K move, X completes, S puts off, A assigns, E changes, Enter opens. */
const KEYS: Record<string, (task: HTMLElement) => void> = {
  x: (task) => task.querySelector<HTMLElement>("button.task-check")?.click(),
  s: (task) => task.querySelector<HTMLElement>("[hx-post$='/snooze']")?.click(),
  a: (task) => task.querySelector<HTMLElement>("a[href$='/assign']")?.click(),
  e: (task) => task.querySelector<HTMLElement>("a[href$='/edit']")?.click(),
  Enter: (task) => task.querySelector<HTMLElement>(".task-title")?.click(),
};
const BRIEF = "#next-tasks .task"; // in a dialog over any page
let at = 0;
let nextBrief = -1; // the place among those of a task that was ticked with the focus on it
let isGoingOn = false; // somebody works through the list by keyboard: the next task gets the focus of one that goes

function move(tasks: HTMLElement[], to: number): void {
  at = Math.max(0, Math.min(to, tasks.length - 1));
  for (const task of tasks) task.classList.toggle("is-active", task === tasks[at]);
  tasks[at]?.querySelector<HTMLElement>(".task-title")?.focus({ preventScroll: true });
  tasks[at]?.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  const list = document.querySelector("fl-tasks");
  const field = event.target as Element;
  if (
    !list ||
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    field.closest("input, select, textarea, dialog, [contenteditable], [popover]")
  )
    return;
  const tasks = [...list.querySelectorAll<HTMLElement>(".task")];
  const active = list.querySelector<HTMLElement>(".task.is-active") ?? field.closest<HTMLElement>(".task");
  if (event.key === "j" || event.key === "k") {
    event.preventDefault();
    move(tasks, active ? tasks.indexOf(active) + (event.key === "j" ? 1 : -1) : 0);
  } else if (active && event.key in KEYS && (event.key !== "Enter" || field === document.body)) {
    event.preventDefault();
    at = tasks.indexOf(active);
    isGoingOn = true;
    KEYS[event.key]!(active);
  }
});

document.addEventListener("submit", (event) => {
  const ticked = (event.target as Element).closest(BRIEF);
  if (ticked) nextBrief = [...document.querySelectorAll(BRIEF)].indexOf(ticked);
});

/** Who ticks tasks one after the other in the dialog has the next one's box under the finger, the last one's at the end. */
function goOnBriefly(): void {
  if (nextBrief < 0 || document.activeElement !== document.body) return;
  const boxes = [...document.querySelectorAll<HTMLElement>(`${BRIEF} button.task-check`)];
  (boxes[Math.min(nextBrief, boxes.length - 1)] ?? document.querySelector<HTMLElement>("#next-tasks a"))?.focus();
  nextBrief = -1;
}

document.addEventListener("htmx:after:swap", () => {
  goOnBriefly();
  const tasks = [...document.querySelectorAll<HTMLElement>("fl-tasks .task")];
  if (isGoingOn && tasks.length && document.activeElement === document.body) move(tasks, at);
});
document.addEventListener("pointerdown", () => (isGoingOn = false));
