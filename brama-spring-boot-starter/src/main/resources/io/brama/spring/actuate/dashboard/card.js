/** One circuit as a card. */

import { Bars, gauge, icon, show, stamp, write } from './drawing.js';
import { History } from './history.js';
import * as words from './words.js';

export class Card {

  #circuit;
  #parts;
  #bars;
  #history;

  /** The listener hears what its reader wants to do with the circuit. */
  constructor(listener) {
    const { root, parts } = stamp('card-template');
    this.root = root;
    this.#parts = parts;
    this.#bars = new Bars(parts.bars);
    this.#history = new History(parts);
    root.addEventListener('click', ({ target }) => {
      const { command } = target.dataset;
      if (command) {
        listener.command(command, command === 'configure' ? this.#history.detail : this.#circuit);
      }
    });
    parts.unpin.addEventListener('click', () => listener.unpin(this.#circuit));
  }

  /** Shows what an answer said. */
  update(circuit, minute, { now, writable, pinned }) {
    this.#circuit = circuit;
    const part = this.#parts;
    const state = words.state(circuit.state);
    part.bars.closest('.card').dataset.state = circuit.state;
    icon(part.badge, state.icon);
    write(part.state, state.word);
    write(part.mode, words.mode(circuit.mode));
    write(part.name, circuit.identifier);
    write(part.group, group(circuit));
    write(part.why, why(circuit));
    this.#gauges(circuit);
    this.#minute(minute, now);
    write(part['last-failure'], lastFailure(circuit));
    write(part.totals, totals(circuit.calls));
    show(part.unpin, pinned);
    this.#commands(writable);
    this.#history.update(circuit);
    this.tick(now);
  }

  #gauges({ failureCount, maxAttempts, window = {}, state, mode }) {
    const part = this.#parts;
    const closed = state === 'CLOSED' && mode !== 'OFF';
    this.#gauge(part['row-gauge'], part['row-words'], closed && failureCount > 0 && maxAttempts,
      () => [`${words.count(failureCount)} of ${words.count(maxAttempts)}`, failureCount, maxAttempts, maxAttempts]);
    const rate = (value, limit) => () => [share(value, limit, window), value ?? 0, limit, 1];
    this.#gauge(part['failure-gauge'], part['failure-words'], closed && window.failureThreshold,
      rate(window.failureRate, window.failureThreshold));
    this.#gauge(part['slow-gauge'], part['slow-words'], closed && window.slowCallThreshold,
      rate(window.slowCallRate, window.slowCallThreshold));
  }

  #gauge(row, place, wanted, numbers) {
    show(row, Boolean(wanted));
    if (wanted) {
      const [text, ...drawn] = numbers();
      if (place.dataset.drawn !== text) {
        place.dataset.drawn = text;
        place.replaceChildren(text, gauge(...drawn));
      }
    }
  }

  #minute(minute, now) {
    this.#bars.draw(minute.slots(now));
    const sums = minute.sums(now);
    Object.entries(sums).forEach(([kind, sum]) => write(this.#parts[`minute-${kind}`], words.count(sum)));
    this.#parts.bars.setAttribute('aria-label',
      `The last minute: ${sums.success} succeeded, ${sums.failure} failed, ${sums.rejected} rejected`);
  }

  #commands(writable) {
    show(this.#parts.commands, writable);
    show(this.#parts.configure, writable);
    this.root.querySelectorAll('[data-command]').forEach((button) => {
      button.setAttribute('aria-label', `${button.textContent} ${this.#circuit.identifier}`);
    });
    this.#offerToClose(['OPEN', 'HALF_OPEN'].includes(this.#circuit.state));
  }

  /** Whoever has just closed the circuit by the keyboard is still at the button for it. */
  #offerToClose(wanted) {
    const { close, commands } = this.#parts;
    const left = !wanted && document.activeElement === close;
    show(close, wanted);
    if (left) {
      commands.querySelector('button').focus();
    }
  }

  /** Lets the time on the card go on. */
  tick(now) {
    const part = this.#parts;
    const circuit = this.#circuit;
    const since = Math.max(0, now - circuit.receivedAt) / 1000;
    const inState = (words.seconds(circuit.timeInState) ?? 0) + since;
    write(part.duration, circuit.cause === 'REGISTERED' ? '' : `for ${words.ticking(inState)}${again(circuit)}`);
    const { text, share } = waiting(circuit, inState, since);
    write(part.countdown, text);
    show(part.wait, text !== '');
    part.wait.classList.toggle('endless', share === undefined);
    part.waited.setAttribute('width', 100 * Math.min(1, share ?? 0));
  }

  focus() {
    const card = this.root.querySelector('.card');
    card.focus();
    card.scrollIntoView({ block: 'nearest' });
  }

}

function share(value, limit, { calls, minimumCalls }) {
  return value === undefined ? `counts from ${words.several(minimumCalls, 'call')}, ${words.count(calls)} so far`
    : `${words.percent(value)}, opens at ${words.percent(limit)}`;
}

/** What an open or half-open circuit waits for, and how much of the way is done. */
function waiting({ state, mode, remainingOpenTime, trials }, inState, since) {
  if (mode === 'OFF') {
    return { text: '' };
  }
  if (state === 'OPEN') {
    const remaining = words.seconds(remainingOpenTime);
    if (remaining === undefined) {
      return { text: 'Stays open until somebody closes it' };
    }
    const left = Math.max(0, remaining - since);
    const text = left > 0 ? `${mode === 'ENFORCE' ? 'Next trial' : 'Would try again'} in ${words.ticking(Math.ceil(left))}`
      : 'The next call is a trial';
    return { text, share: inState / (inState + left) };
  }
  if (state === 'HALF_OPEN') {
    return trials ? { text: progress(trials), share: trials.succeeded / trials.needed } : { text: 'The next call is a trial' };
  }
  return { text: '' };
}

function progress({ needed, succeeded, failed, inFlight }) {
  return [`${succeeded} of ${words.several(needed, 'trial')} succeeded`,
    failed > 0 && `${failed} failed`,
    inFlight > 0 && `${inFlight} under way`].filter(Boolean).join(', ');
}

/** Trials are told with what they follow, which is what one wants to know. */
function why(circuit) {
  const { opening } = circuit;
  return [opening && `Opened by ${words.why(opening)}`, worthTelling(circuit) && words.capital(words.why(circuit))]
    .filter(Boolean).join('. ');
}

/** Why a circuit is closed is of no interest, but why somebody told it to reject nothing is. */
function worthTelling({ state, mode, cause }) {
  return state === 'CLOSED' ? mode !== 'ENFORCE' && cause === 'OPERATOR' : cause !== 'REGISTERED';
}

/** Whether this is not the first time since it was last well. */
function again({ state, consecutiveOpenings: times }) {
  return ['OPEN', 'HALF_OPEN'].includes(state) && times > 1 ? `, opened ${words.count(times)} times in a row` : '';
}

/** Scope, type and metadata, which are not worth a line each. */
export function group({ scope, type, metadata = {} }) {
  return [scope, type === 'general' ? '' : type, ...Object.entries(metadata).map(([name, value]) => `${name}: ${value}`)]
    .filter(Boolean).join(' · ');
}

/** What it was is told only once: it may be why the circuit opened. */
function lastFailure({ state, errorType, reason, opening, lastFailure: last }) {
  if (!last) {
    return '';
  }
  const what = words.told(last.errorType, last.message);
  const known = state !== 'CLOSED' && [words.told(errorType, reason), opening && words.told(opening.errorType, opening.reason)].includes(what);
  return `Last failure at ${words.clock(last.at)}${what && !known ? `: ${what}` : ''}`;
}

function totals({ success, failure, rejected, ignored, late, slow, successRate }) {
  return [`${words.several(success + failure, 'call')} in total`,
    successRate !== undefined && `${words.percent(successRate)} succeeded`,
    rejected > 0 && `${words.count(rejected)} rejected`,
    slow > 0 && `${words.count(slow)} slow`,
    ignored > 0 && `${words.count(ignored)} ignored`,
    late > 0 && `${words.count(late)} late`].filter(Boolean).join(' · ');
}
