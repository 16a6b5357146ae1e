/** Small behaviours that markup asks for. */
import { showToast } from "../frame/toasts";

document.addEventListener("click", (event) => {
  const target = event.target as Element;
  const copy = target.closest<HTMLElement>("[data-copy]");
  if (copy) {
    const text = copy.dataset.copy || copy.closest(".code")?.querySelector("pre")?.textContent || "";
    void navigator.clipboard.writeText(text.trim()).then(() => showToast({ text: "Copied." }));
  }
  if (target.closest("[data-back]")) history.back();
  const toggle = target.closest<HTMLElement>("[data-toggle]");
  if (toggle) {
    const part = document.getElementById(toggle.dataset.toggle!);
    if (part) {
      part.hidden = !part.hidden;
      toggle.ariaExpanded = String(!part.hidden);
    }
  }
});
