/** Dragging by mouse and touch: SortableJS does the work; a long press lifts on touch, so that scrolling stays free. */
import Sortable from "sortablejs";
import { spotOf, type Spot } from "./places";

export type Dropped = (card: HTMLElement, from: Spot) => void;

export function makeDraggable(board: HTMLElement, dropped: Dropped): void {
  let from: Spot | null = null;
  for (const list of board.querySelectorAll<HTMLElement>("[data-cards], [data-end]")) {
    Sortable.create(list, {
      group: { name: "deals", pull: !list.dataset.end, put: true },
      draggable: "[data-deal]",
      sort: !list.dataset.end,
      animation: 140,
      delay: 180,
      delayOnTouchOnly: true,
      touchStartThreshold: 6,
      // No native dragging, which every browser does differently. Where fingers are, Sortable would hold on to a card
      // from which a swipe scrolled the board, and the next press on any card would lift nothing.
      forceFallback: true,
      fallbackTolerance: 4,
      scroll: true,
      bubbleScroll: true,
      scrollSensitivity: 70,
      ghostClass: "is-ghost",
      chosenClass: "is-chosen",
      dragClass: "is-dragged",
      onStart: ({ item }) => {
        from = spotOf(item);
        board.toggleAttribute("data-dragging", true);
      },
      onEnd: ({ item, to, from: source, oldIndex, newIndex }) => {
        board.removeAttribute("data-dragging");
        dropNextClick();
        if (from && (to !== source || oldIndex !== newIndex)) dropped(item, from);
        from = null;
      },
      onUnchoose: () => void setTimeout(() => board.dispatchEvent(new Event("board:rest"))),
    });
  }
}

/** Firefox clicks what is under the pointer when a card is let go, which would open the deal. */
function dropNextClick(): void {
  const drop = (event: Event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  addEventListener("click", drop, { capture: true, once: true });
  setTimeout(() => removeEventListener("click", drop, { capture: true }));
}
