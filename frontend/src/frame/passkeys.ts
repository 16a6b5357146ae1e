/** What the browser does with a passkey, said in words; the scripts that ask it are django-allauth's. */
import { showToast } from "./toasts";

const KNOWN_ALREADY = "This device is a passkey of yours already. Use another one.";
const NOT_USED = "No passkey was used: it was cancelled, took too long, or is not one of yours. Try again.";
const CANNOT = "This browser cannot use passkeys here. They need HTTPS, and a browser that knows them.";

function wording(problem: unknown): string {
  if (!("PublicKeyCredential" in window)) return CANNOT;
  return problem instanceof DOMException && problem.name === "InvalidStateError" ? KNOWN_ALREADY : NOT_USED;
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault(); // it is told here, and no longer in the console
  showToast({ kind: "error", text: wording((event as CustomEvent<{ exception?: unknown }>).detail?.exception) });
});

/** Enter in the name of a new passkey asks the browser for it, as the button does: the form alone has nothing to send. */
document.addEventListener("submit", (event) => {
  const add = (event.target as HTMLFormElement).querySelector<HTMLButtonElement>("#mfa_webauthn_add");
  if (!add) return;
  event.preventDefault();
  add.click();
});
