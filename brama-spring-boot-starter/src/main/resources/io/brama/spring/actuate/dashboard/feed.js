/** The regular question how the circuits are, while somebody looks. */

import { all } from './circuits.js';

const PERIOD = 2000;

/**
 * Asks every two seconds, less often where answers take long, and never while the page is
 * hidden or paused. The listener hears of each answer, each failure, and of pauses; but not
 * of the answer to a question after which another was asked, which tells how it was before.
 */
export class Feed {

  #listener;
  #timer;
  #paused = false;
  #question;

  constructor(listener) {
    this.#listener = listener;
    document.addEventListener('visibilitychange', () => this.#resume());
  }

  get paused() {
    return this.#paused;
  }

  pause(paused) {
    this.#paused = paused;
    this.#question = undefined;
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

  /** Asks now, whatever was asked before. */
  async ask() {
    clearTimeout(this.#timer);
    const question = this.#question = { asked: performance.now() };
    const heard = (listen) => this.#question === question && listen();
    try {
      const answer = await all();
      heard(() => this.#listener.answered(answer));
    } catch (error) {
      heard(() => this.#listener.missed(error));
    }
    heard(() => this.#next(performance.now() - question.asked));
  }

  #next(took) {
    if (!this.#paused && !document.hidden) {
      this.#timer = setTimeout(() => this.ask(), Math.max(PERIOD - took, took, 100));
    }
  }

}
