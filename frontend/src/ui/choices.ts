/** What a list offers, and which of it fits what is typed. */
export interface Choice {
  value: string;
  label: string;
  color?: string;
  group?: string;
}

/** Those whose label holds every typed word: within a group those that begin so come first, else in the order given. */
export function matching<T extends { label: string; group?: string }>(choices: T[], typed: string): T[] {
  const wanted = fold(typed),
    words = wanted.split(" ").filter(Boolean);
  const found = choices.filter((choice) => words.every((word) => fold(choice.label).includes(word)));
  const groups = [...new Set(found.map((choice) => choice.group))];
  const rank = ({ label }: T) => (fold(label).startsWith(wanted) ? 0 : fold(label).includes(` ${wanted}`) ? 1 : 2);
  return found.sort((one, other) => groups.indexOf(one.group) - groups.indexOf(other.group) || rank(one) - rank(other));
}

export function fold(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
}
