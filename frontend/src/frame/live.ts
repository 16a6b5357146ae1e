/** Hears that something changed (server-sent events) and lets the parts of the page that show it fetch themselves again.
 *
 * One tab of the browser holds the stream and tells the others: a browser allows a host only few connections. */
const CHANNEL = "fairlead-live";
const TOGETHER_MS = 150;
const RETRY_MS = 30_000;
/** What each topic is shown by, beside the parts of its own name. */
const PARTS: Record<string, string[]> = {
  tasks: ["tasks"],
  "team-tasks": ["team-tasks", "panel-open-tasks-contact", "panel-open-tasks-company", "panel-open-tasks-deal"],
  deals: ["board", "panel-deals-contact", "panel-deals-company"],
  segments: ["segments"],
};
const ALL = "*"; // said when it is unknown what was missed

const waiting = new Set<string>();
let timer = 0;

function refresh(topic: string): void {
  const parts = topic === ALL ? ["notices", "records", ...Object.values(PARTS).flat()] : (PARTS[topic] ?? [topic]);
  for (const part of parts) waiting.add(part);
  clearTimeout(timer);
  timer = window.setTimeout(() => {
    const parts = [...waiting];
    waiting.clear();
    for (const part of parts) {
      document.body.dispatchEvent(new CustomEvent(`refresh:${part}`));
      document.body.dispatchEvent(new CustomEvent("live:told", { detail: part }));
    }
  }, TOGETHER_MS);
}

function listen(address: string, tell: (topic: string) => void): Promise<never> {
  const open = (): void => {
    const stream = new EventSource(address, { withCredentials: true });
    stream.addEventListener("changed", (event) => tell((event as MessageEvent<string>).data));
    stream.addEventListener("open", () => (document.body.dataset.liveState = "open"));
    stream.addEventListener("error", () => {
      document.body.dataset.liveState = "waiting";
      if (stream.readyState === EventSource.CLOSED) window.setTimeout(open, RETRY_MS);
    });
  };
  open();
  return new Promise(() => undefined);
}

function begin(address: string): void {
  if (!("BroadcastChannel" in window) || !navigator.locks) return void listen(address, refresh);
  const firm = new URL(address).pathname;
  const channel = new BroadcastChannel(`${CHANNEL}:${firm}`);
  channel.addEventListener("message", (event: MessageEvent<string>) => refresh(event.data));
  void navigator.locks.request(`${CHANNEL}:${firm}`, () =>
    listen(address, (topic) => {
      refresh(topic);
      channel.postMessage(topic);
    }),
  );
}

const address = document.body.dataset.live;
if (address && "EventSource" in window) begin(address);
