/** `<fl-editor>`: rich text. TipTap (a third of a megabyte) is loaded when the first editor appears. */
class Editor extends HTMLElement {
  private destroy: (() => void) | null = null;

  connectedCallback(): void {
    void import("./editor").then(({ mount }) => {
      if (this.isConnected && !this.destroy) this.destroy = mount(this);
    });
  }

  /** Moved as it is (`moveBefore`): nothing is put up or taken down. */
  connectedMoveCallback(): void {}

  disconnectedCallback(): void {
    this.destroy?.();
    this.destroy = null;
  }
}

customElements.define("fl-editor", Editor);
