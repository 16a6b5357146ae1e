/** What a response may ask for beside its content: `Fairlead-Effects`, see fairlead/shell/responses.py. */
import { closeDialogs } from "./frame/dialogs";
import { showToast, type ToastMessage } from "./frame/toasts";

interface Effects {
  toast?: ToastMessage;
  close?: boolean;
  refresh?: string[];
}

/** What is done within `data-stay`, a tick in a list say, leaves the dialog open that it stands in. */
export function applyEffects(headers: Headers, source?: Element): void {
  const effects = JSON.parse(headers.get("Fairlead-Effects") ?? "{}") as Effects;
  if (effects.close && !source?.closest("[data-stay]")) closeDialogs();
  if (effects.toast) showToast(effects.toast);
  for (const name of effects.refresh ?? []) document.body.dispatchEvent(new CustomEvent(`refresh:${name}`));
}

document.addEventListener("fairlead:response", (event) => applyEffects((event as CustomEvent<Headers>).detail));
