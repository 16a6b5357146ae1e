/** Where a card stands: its column, and between which cards. */
export interface Spot {
  stage: string;
  list: HTMLElement;
  before: Element | null;
}

export const columnOf = (card: Element): HTMLElement | null => card.closest<HTMLElement>("[data-stage]");
const isCard = (element: Element | null): element is HTMLElement =>
  element !== null && (element as HTMLElement).dataset.deal !== undefined;

/** Remember where a card is, to put it back. */
export function spotOf(card: HTMLElement): Spot {
  return { stage: columnOf(card)!.dataset.stage!, list: card.parentElement!, before: card.nextElementSibling };
}

export function put(card: HTMLElement, { list, before }: Spot): void {
  list.insertBefore(card, before?.parentElement === list ? before : null);
}

/** The ids of the cards above and below; "" for none. */
export function neighbours(card: HTMLElement): { above: string; below: string } {
  const { previousElementSibling: above, nextElementSibling: below } = card;
  return { above: isCard(above) ? above.dataset.deal! : "", below: isCard(below) ? below.dataset.deal! : "" };
}

/** The cards of a list in their order, without what stands among them. */
export const cardsOf = (list: Element): HTMLElement[] => [...list.children].filter(isCard);

/** Move a card within its column by one place; false at the ends. */
export function step(card: HTMLElement, delta: 1 | -1): boolean {
  const cards = cardsOf(card.parentElement!);
  const other = cards[cards.indexOf(card) + delta];
  if (!other) return false;
  other[delta > 0 ? "after" : "before"](card);
  return true;
}

/** Move a card to the next column, as near to its height as that has cards; false at the ends. */
export function jump(card: HTMLElement, lists: readonly HTMLElement[], delta: 1 | -1): boolean {
  const target = lists[lists.indexOf(card.parentElement!) + delta];
  if (!target) return false;
  const at = cardsOf(card.parentElement!).indexOf(card);
  const there = cardsOf(target)[at];
  if (there) there.before(card);
  else target.insertBefore(card, target.querySelector("[data-more]"));
  return true;
}
