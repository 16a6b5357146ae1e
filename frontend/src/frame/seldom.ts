/** Return what does some work when it is told, but not more often than that: the last time is always followed by it. */
export function seldom(work: () => void, everyMs: number): () => void {
  let last = 0;
  let timer = 0;
  return () => {
    timer ||= window.setTimeout(
      () => {
        timer = 0;
        last = Date.now();
        work();
      },
      Math.max(0, last + everyMs - Date.now()),
    );
  };
}
