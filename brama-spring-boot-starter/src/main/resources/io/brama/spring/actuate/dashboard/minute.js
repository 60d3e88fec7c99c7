/** The calls of the last minute, from the differences between answers. */

const SLOT = 2000;

export const SLOTS = 30;

const KINDS = ['success', 'failure', 'rejected'];

/** Longer than this between two answers, nobody knows when the calls were. */
const GAP = 3 * SLOT;

/** The last minute of one circuit. Slots of which nothing is known stay empty. */
export class Minute {

  #totals;
  #counted;
  #slots = new Map();

  /** Takes the totals of an answer. */
  count(totals, now) {
    if (this.#totals && now - this.#counted <= GAP) {
      const slot = this.#slot(Math.floor(now / SLOT));
      KINDS.forEach((kind) => slot[kind] += grown(this.#totals[kind], totals[kind]));
    }
    this.#totals = totals;
    this.#counted = now;
  }

  #slot(index) {
    if (!this.#slots.has(index)) {
      this.#slots.set(index, { success: 0, failure: 0, rejected: 0 });
      this.#slots.forEach((slot, at) => at <= index - SLOTS && this.#slots.delete(at));
    }
    return this.#slots.get(index);
  }

  /** The slots of the minute before now, the oldest first; undefined where nothing is known. */
  slots(now) {
    const last = Math.floor(now / SLOT);
    return Array.from({ length: SLOTS }, (_, i) => this.#slots.get(last - SLOTS + 1 + i));
  }

  /** The sums of the minute before now. */
  sums(now) {
    const sums = { success: 0, failure: 0, rejected: 0 };
    this.slots(now).forEach((slot) => KINDS.forEach((kind) => sums[kind] += slot?.[kind] ?? 0));
    return sums;
  }

}

/** A total that shrank was reset and began at zero. */
function grown(before, after) {
  return after >= before ? after - before : after;
}
