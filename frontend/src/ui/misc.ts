/** Small behaviours that markup asks for. */
import { showToast } from "../frame/toasts";

/** Browsers let a page copy only over https, or on the machine itself. */
async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    showToast({ text: "Copied." });
  } catch {
    showToast({ text: "The browser does not let this page copy. Mark the text and press Ctrl+C.", kind: "error" });
  }
}

/** Go back to where somebody came from; who came by the link of a mail has nothing behind them. */
function goBack(): void {
  if (history.length > 1) history.back();
  else location.assign("/");
}

document.addEventListener("click", (event) => {
  const target = event.target as Element;
  const copy = target.closest<HTMLElement>("[data-copy]");
  if (copy) {
    const text = copy.dataset.copy || copy.closest(".code")?.querySelector("pre")?.textContent || "";
    void copyText(text.trim());
  }
  if (target.closest("[data-back]")) goBack();
  const toggle = target.closest<HTMLElement>("[data-toggle]");
  if (toggle) {
    const part = document.getElementById(toggle.dataset.toggle!);
    if (part) {
      part.hidden = !part.hidden;
      toggle.ariaExpanded = String(!part.hidden);
    }
  }
});
