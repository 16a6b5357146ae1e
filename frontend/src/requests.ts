/** What htmx tells of a request with its events. */
export interface Context {
  sourceElement: Element;
  sourceEvent?: Event;
  request: { method: string; action: string; headers: Record<string, string> };
  response?: { status: number; headers: Headers };
  confirm?: string;
}
export function contextOf(event: Event): Context {
  return (event as CustomEvent<{ ctx: Context }>).detail.ctx;
}
