/**
 * Moving cards by keyboard: Space lifts, arrows move, Space drops, Escape puts back; each step is read out. Beyond the
 * last column stand the ends, won and lost, which ask why.
 */
import { cardsOf, columnOf, jump, put, spotOf, step, type Spot } from "./places";

type Dropped = (card: HTMLElement, from: Spot) => Promise<boolean>;

export class Keyboard {
  private lifted: HTMLElement | null = null;
  private from: Spot | null = null;

  constructor(
    private readonly board: HTMLElement,
    private readonly dropped: Dropped,
  ) {
    board.addEventListener("keydown", (event) => void this.pressed(event));
    board.addEventListener("focusout", () => setTimeout(() => this.leave()));
  }

  private get lists(): HTMLElement[] {
    return [...this.board.querySelectorAll<HTMLElement>("[data-cards]")];
  }

  /** The columns, and the ends behind them. */
  private get goals(): HTMLElement[] {
    return [...this.lists, ...this.board.querySelectorAll<HTMLElement>("[data-end]")];
  }

  private async pressed(event: KeyboardEvent): Promise<void> {
    const card = (event.target as Element).closest<HTMLElement>("[data-deal]");
    if (!card || event.target !== card || event.ctrlKey || event.metaKey || event.altKey) return;
    const keys: Record<string, () => void> = this.lifted ? this.liftedKeys(card) : this.restingKeys(card);
    const action = keys[event.key];
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  }

  private restingKeys(card: HTMLElement): Record<string, () => void> {
    return {
      " ": () => this.lift(card),
      Enter: () => card.querySelector("a")!.click(),
      ArrowDown: () => this.walk(card, 1),
      ArrowUp: () => this.walk(card, -1),
      ArrowRight: () => this.cross(card, 1),
      ArrowLeft: () => this.cross(card, -1),
    };
  }

  private liftedKeys(card: HTMLElement): Record<string, () => void> {
    return {
      " ": () => void this.drop(card),
      Enter: () => void this.drop(card),
      Escape: () => this.putBack(card),
      ArrowDown: () => this.move(card, step(card, 1)),
      ArrowUp: () => this.move(card, step(card, -1)),
      ArrowRight: () => this.move(card, jump(card, this.goals, 1)),
      ArrowLeft: () => this.move(card, jump(card, this.goals, -1)),
      Tab: () => undefined,
    };
  }

  private lift(card: HTMLElement): void {
    this.lifted = card;
    this.from = spotOf(card);
    card.classList.add("is-lifted");
    this.showEnds(true);
    this.say(`${card.dataset.name!} lifted. ${this.place(card)}`);
  }

  private move(card: HTMLElement, done: boolean): void {
    card.focus();
    card.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.say(done ? this.place(card) : "There is no place in this direction.");
  }

  private async drop(card: HTMLElement): Promise<void> {
    const from = this.from!;
    this.rest();
    const same = card.parentElement === from.list && card.nextElementSibling === from.before;
    if (same) return this.say(`${card.dataset.name!} left where it was.`);
    const place = this.place(card);
    const stays = await this.dropped(card, from);
    if (stays) card.focus();
    this.say(stays ? `${card.dataset.name!} dropped. ${place}` : ""); // the message or dialog that refuses speaks for itself
  }

  private putBack(card: HTMLElement): void {
    put(card, this.from!);
    this.rest();
    card.focus();
    this.say(`${card.dataset.name!} put back.`);
  }

  /** Focus that goes elsewhere puts a lifted card back: nobody should find it moved later. */
  private leave(): void {
    if (!this.lifted || document.activeElement === this.lifted) return;
    put(this.lifted, this.from!);
    this.rest();
  }

  private rest(): void {
    this.lifted?.classList.remove("is-lifted");
    this.showEnds(false);
    this.lifted = this.from = null;
    this.board.dispatchEvent(new Event("board:rest"));
  }

  private showEnds(shown: boolean): void {
    this.board.toggleAttribute("data-lifting", shown);
    this.board.querySelector(".board-ends")?.setAttribute("aria-hidden", String(!shown));
  }

  private walk(card: HTMLElement, delta: 1 | -1): void {
    const cards = cardsOf(card.parentElement!);
    cards[cards.indexOf(card) + delta]?.focus();
  }

  private cross(card: HTMLElement, delta: 1 | -1): void {
    const lists = this.lists;
    const at = cardsOf(card.parentElement!).indexOf(card);
    for (let next = lists.indexOf(card.parentElement!) + delta; lists[next]; next += delta) {
      const cards = cardsOf(lists[next]!);
      if (cards.length) return (cards[at] ?? cards.at(-1))!.focus();
    }
  }

  private place(card: HTMLElement): string {
    const { name, end } = columnOf(card)!.dataset;
    if (end) return `${name!}. Space asks why.`;
    const cards = cardsOf(card.parentElement!);
    return `${name!}, place ${cards.indexOf(card) + 1} of ${cards.length}.`;
  }

  private say(text: string): void {
    document.querySelector("[data-board-live]")!.textContent = text;
  }
}
