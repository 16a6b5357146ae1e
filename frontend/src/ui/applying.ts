/**
 * A control with `data-when="way=team"` (several values: `way=team,person`) applies only while the control `way` of its
 * form says so: else its field is hidden, out of the way of Tab too. What came back with an error shows until something
 * else is chosen. Without JavaScript everything shows; the action judges what applies.
 */
function applies(control: Element, form: HTMLFormElement): boolean {
  const [name, values] = control.getAttribute("data-when")!.split("=") as [string, string];
  const said = new FormData(form).getAll(name).map(String);
  return values.split(",").some((value) => said.includes(value));
}

export function showWhatApplies(event?: Event): void {
  for (const control of document.querySelectorAll<HTMLElement>("form [data-when]")) {
    const isRefused = event?.type !== "change" && control.getAttribute("aria-invalid") === "true";
    const field = control.closest<HTMLElement>(".field") ?? control;
    field.hidden = !isRefused && !applies(control, control.closest("form")!);
  }
}

for (const kind of ["change", "dialog:open", "htmx:after:swap"]) document.addEventListener(kind, showWhatApplies);
addEventListener("pageshow", showWhatApplies); // after the browser put back what was chosen before
showWhatApplies();
