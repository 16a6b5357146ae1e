/** Ask before something that cannot be taken back. Never `window.confirm`: it blocks and cannot be styled. */
export function confirmed(text: string, yes = "Go ahead"): Promise<boolean> {
  const dialog = document.getElementById("confirm") as HTMLDialogElement;
  dialog.querySelector("[data-confirm-text]")!.textContent = text;
  // "Cancel" beside "Cancel" would leave it to luck which of them stops the job.
  const cancels = yes.trim() === "Cancel";
  dialog.querySelector("[data-confirm-yes]")!.textContent = cancels ? "Yes, cancel" : yes;
  dialog.querySelector("[value=no]")!.textContent = cancels ? "No" : "Cancel";
  keepOpen(dialog);
  dialog.showModal();
  // Not the close event: it comes later, when the next question may already be open.
  return new Promise((resolve) => {
    const answered = new AbortController();
    const answer = (is: boolean): void => {
      answered.abort();
      resolve(is);
    };
    const { signal } = answered;
    dialog.addEventListener(
      "submit",
      (event) => answer((event.submitter as HTMLButtonElement | null)?.value === "yes"),
      { signal },
    );
    dialog.addEventListener("cancel", () => answer(false), { signal });
  });
}

/** A dialog closes the popovers beneath it; the one in which the question was asked (background work) shows the answer. */
function keepOpen(dialog: HTMLDialogElement): void {
  const beneath = document.querySelector<HTMLElement>(".popover:popover-open");
  if (!beneath) return;
  const reopen = (): void => {
    beneath.dataset.reopened = "";
    beneath.showPopover();
  };
  dialog.addEventListener("close", reopen, { once: true });
}

/** `data-confirm` on a plain form or link. */
document.addEventListener(
  "submit",
  (event) => {
    const form = event.target as HTMLFormElement;
    const text = form.dataset.confirm;
    if (!text || form.dataset.confirmedOnce) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const submitter = (event as SubmitEvent).submitter;
    void confirmed(text, submitter?.textContent?.trim()).then((yes) => {
      if (!yes) return;
      form.dataset.confirmedOnce = "yes";
      form.requestSubmit(submitter);
      delete form.dataset.confirmedOnce;
    });
  },
  true,
);
