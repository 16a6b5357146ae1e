/** What a response may ask for beside its content: `Fairlead-Effects`, see fairlead/shell/responses.py. */
import { closeDialogs } from "./frame/dialogs";
import { showToast, type ToastMessage } from "./frame/toasts";

interface Effects {
  toast?: ToastMessage;
  close?: boolean;
  refresh?: string[];
}

export function applyEffects(headers: Headers): void {
  const effects = JSON.parse(headers.get("Fairlead-Effects") ?? "{}") as Effects;
  if (effects.close) closeDialogs();
  if (effects.toast) showToast(effects.toast);
  for (const name of effects.refresh ?? []) document.body.dispatchEvent(new CustomEvent(`refresh:${name}`));
}

document.addEventListener("fairlead:response", (event) => applyEffects((event as CustomEvent<Headers>).detail));
