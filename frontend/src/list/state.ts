/** The state of a list is its address; these functions only compute. */
export type Changes = Record<string, string | null>;

/** The query string with `changes`; null or "" takes a parameter out. Anything but paging starts at the first page. */
export function changed(search: string, changes: Changes): string {
  const params = new URLSearchParams(search);
  if (!("after" in changes) && !("before" in changes)) {
    params.delete("after");
    params.delete("before");
  }
  for (const [name, value] of Object.entries(changes)) {
    if (value) params.set(name, value);
    else params.delete(name);
  }
  const text = params.toString();
  return text ? `?${text}` : "";
}

/** What a bulk action is for: the chosen ids, or everything that the list shows on all its pages. */
export function selectionJson(ids: Iterable<string>, everything: boolean, search: string): string {
  return JSON.stringify(everything ? { all: true, search } : { ids: [...ids] });
}

/** `keys` with `key` moved by `delta` places, staying between `first` and the end. */
export function moved(keys: readonly string[], key: string, delta: number, first = 1): string[] {
  const from = keys.indexOf(key);
  if (from < first) return [...keys];
  const to = Math.min(keys.length - 1, Math.max(first, from + delta));
  const rest = keys.filter((other) => other !== key);
  return [...rest.slice(0, to), key, ...rest.slice(to)];
}

/** The values between two rows of a page, both included, for a click with Shift. */
export function between(values: readonly string[], from: string, to: string): string[] {
  const [a, b] = [values.indexOf(from), values.indexOf(to)];
  return a < 0 || b < 0 ? [to] : values.slice(Math.min(a, b), Math.max(a, b) + 1);
}
