/** The regular question how the circuits are, while somebody looks. */

import { all } from './circuits.js';

const PERIOD = 2000;

const PATIENCE = 4000;

/**
 * Asks every two seconds, less often where answers take long, and never while the page is
 * hidden or paused. The listener hears of each answer, each failure, and of pauses.
 */
export class Feed {

  #listener;
  #timer;
  #paused = false;
  #asking = false;

  constructor(listener) {
    this.#listener = listener;
    document.addEventListener('visibilitychange', () => this.#resume());
  }

  get paused() {
    return this.#paused;
  }

  pause(paused) {
    this.#paused = paused;
    this.#listener.paused(paused);
    this.#resume();
  }

  /** Asks now, or not at all if nobody looks. */
  #resume() {
    clearTimeout(this.#timer);
    if (!this.#paused && !document.hidden) {
      this.ask();
    }
  }

  async ask() {
    if (this.#asking) {
      return;
    }
    this.#asking = true;
    const asked = performance.now();
    try {
      this.#listener.answered(await all(PATIENCE));
    } catch (error) {
      this.#listener.missed(error);
    } finally {
      this.#asking = false;
    }
    this.#next(performance.now() - asked);
  }

  #next(took) {
    clearTimeout(this.#timer);
    if (!this.#paused && !document.hidden) {
      this.#timer = setTimeout(() => this.ask(), Math.max(PERIOD - took, took, 100));
    }
  }

}
