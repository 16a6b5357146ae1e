/** `<fl-segment data-preview>`: counts while the conditions inside it are edited, one question at a time. */
import { icon } from "../ui/icon";
import { send } from "../http";

const DELAY_MS = 300;

class Segment extends HTMLElement {
  private timer = 0;
  private running: AbortController | null = null;

  connectedCallback(): void {
    this.addEventListener("criteria:change", () => this.soon(DELAY_MS));
    this.soon(0);
  }

  disconnectedCallback(): void {
    clearTimeout(this.timer);
    this.running?.abort();
  }

  private get place(): HTMLElement {
    return this.querySelector<HTMLElement>("[data-preview-body]")!;
  }

  private soon(delay: number): void {
    clearTimeout(this.timer);
    this.place.setAttribute("aria-busy", "true");
    this.timer = window.setTimeout(() => void this.ask(), delay);
  }

  /** Ask who is in; a newer question cancels this one. */
  private async ask(): Promise<void> {
    this.running?.abort();
    const mine = (this.running = new AbortController());
    const criteria = this.querySelector<HTMLInputElement>("input[name=criteria]")!.value;
    try {
      const response = await send(this.dataset.preview!, {
        method: "POST",
        body: new URLSearchParams({ criteria }),
        signal: mine.signal,
      });
      if (!response || (!response.ok && response.status !== 422)) return this.failed();
      this.show(await response.text());
    } catch (error) {
      if ((error as Error).name !== "AbortError") this.failed();
    }
  }

  private show(html: string): void {
    this.place.innerHTML = html;
    this.place.removeAttribute("aria-busy");
    const problems = this.place.querySelector<HTMLElement>("[data-problems]")?.dataset.problems ?? "[]";
    this.querySelector("fl-criteria")?.setAttribute("data-errors", problems);
  }

  private failed(): void {
    const line = document.createElement("p");
    const again = document.createElement("button");
    line.className = "error";
    line.append(icon("alert-circle"), "The count did not arrive.");
    again.type = "button";
    again.className = "btn btn-default btn-sm";
    again.textContent = "Try again";
    again.addEventListener("click", () => this.soon(0));
    this.place.replaceChildren(line, again);
    this.place.removeAttribute("aria-busy");
  }
}

customElements.define("fl-segment", Segment);
