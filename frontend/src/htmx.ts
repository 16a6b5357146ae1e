/** htmx is set up once, here: the CSRF header, our confirm dialog, and what happens when a request fails. */
import htmx from "htmx.org";
import { applyEffects } from "./effects";
import { confirmed } from "./frame/confirm";
import { showToast } from "./frame/toasts";
import { csrf } from "./http";
import { contextOf, type Context } from "./requests";

document.addEventListener("htmx:config:request", (event) => {
  Object.assign(contextOf(event).request.headers, csrf());
});

document.addEventListener("htmx:after:request", (event) => {
  const { response, sourceElement } = contextOf(event);
  if (response) applyEffects(response.headers, sourceElement);
});

document.addEventListener("htmx:confirm", (event) => {
  const { ctx, issueRequest, dropRequest } = (
    event as CustomEvent<{ ctx: Context; issueRequest: () => void; dropRequest: () => void }>
  ).detail;
  event.preventDefault();
  void confirmed(ctx.confirm ?? "").then((yes) => (yes ? issueRequest() : dropRequest()));
});

const FAILURES: Record<number, string> = {
  401: "You are logged out. Log in and try again.",
  403: "Your role does not allow this.",
  404: "This is no longer there.",
  413: "This file is too large.",
  429: "Too many requests. Wait a moment and try again.",
};

/** A failing server must not be swapped into the page, nor pass unseen. Forms come back with 422, conflicts with 412. */
document.addEventListener("htmx:before:swap", (event) => {
  const { response } = contextOf(event);
  if (response?.headers.get("HX-Reswap") === "none") return event.preventDefault(); // it says itself what is wrong
  const status = response?.status ?? 200;
  if (status < 500 && !(status in FAILURES)) return;
  event.preventDefault();
  showToast({ kind: "error", text: FAILURES[status] ?? "Something went wrong here. Nothing was changed; try again." });
});
document.addEventListener("htmx:error", (event) => {
  const name = (event as CustomEvent<{ error?: { name?: string } }>).detail.error?.name;
  if (name === "TypeError")
    showToast({ kind: "error", text: "The server cannot be reached. Check the connection and try again." });
});

export default htmx;
