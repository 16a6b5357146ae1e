/** Requests that htmx does not make. They carry the CSRF token and announce what the server asks for beside its answer. */
import { cookie } from "./frame/cookies";

/** The token as it is now: who logs in again in another tab gets a new one, and this page must go on. */
function token(): string {
  return cookie("csrftoken") || (document.body.dataset.csrf ?? "");
}

export function csrf(): Record<string, string> {
  return { "X-CSRFToken": token() };
}

document.addEventListener(
  "submit",
  (event) => {
    const field = (event.target as HTMLFormElement).querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]");
    if (field) field.value = token();
  },
  true,
);

/** Fetch as htmx would; null when the server cannot be reached. */
export async function send(url: string | URL, init: RequestInit = {}): Promise<Response | null> {
  const headers = {
    "HX-Request": "true",
    "HX-Request-Type": "partial",
    ...csrf(),
    ...(init.headers as Record<string, string>),
  };
  const response = await fetch(url, { credentials: "same-origin", ...init, headers }).catch((error: unknown) => {
    if ((error as Error).name === "AbortError") throw error;
    return null;
  });
  if (response) document.dispatchEvent(new CustomEvent("fairlead:response", { detail: response.headers }));
  return response;
}
