/** `<fl-drop>`: a file input as large as a landing place; it names what was chosen. */
class Drop extends HTMLElement {
  connectedMoveCallback(): void {} // moved as it is: it listens already

  connectedCallback(): void {
    const area = this.querySelector<HTMLElement>(".drop");
    const input = this.querySelector<HTMLInputElement>("input[type=file]");
    const label = this.querySelector<HTMLElement>("[data-drop-label]");
    if (!area || !input || !label) return;
    for (const name of ["dragenter", "dragover"]) area.addEventListener(name, () => area.classList.add("is-over"));
    for (const name of ["dragleave", "drop"]) area.addEventListener(name, () => area.classList.remove("is-over"));
    input.addEventListener("change", () => {
      const files = [...(input.files ?? [])];
      if (files.length) label.textContent = files.map((file) => `${file.name} (${size(file.size)})`).join(", ");
    });
  }
}

export function size(bytes: number): string {
  const units = ["B", "kB", "MB", "GB"];
  const step = bytes ? Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3)) : 0;
  return `${(bytes / 1000 ** step).toFixed(step && bytes / 1000 ** step < 10 ? 1 : 0)} ${units[step]}`;
}

customElements.define("fl-drop", Drop);
