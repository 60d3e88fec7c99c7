/** The history and the settings of one circuit, fetched while somebody reads them. */

import { one } from './circuits.js';
import { element, show, write } from './drawing.js';
import * as words from './words.js';

export class History {

  #parts;
  #circuit;
  #detail;
  #asked;

  constructor(parts) {
    this.#parts = parts;
    parts.disclose.addEventListener('click', () => this.#toggle());
  }

  /** The circuit in full, as it is shown. */
  get detail() {
    return this.#detail;
  }

  #toggle() {
    const { disclose, details, detail } = this.#parts;
    const open = details.hidden;
    show(details, open);
    disclose.setAttribute('aria-expanded', open);
    details.closest('li').classList.toggle('wide', open);
    this.#asked = undefined;
    if (open) {
      show(detail, false);
      this.#note('quiet', 'Asking …');
      this.#ask();
    }
  }

  /** Takes an answer about the circuit, and asks for the rest unless that was a full one. */
  update(circuit) {
    if (circuit === this.#circuit) {
      return;
    }
    this.#circuit = circuit;
    const { disclose, details } = this.#parts;
    disclose.setAttribute('aria-label', `Details of ${circuit.identifier}`);
    if (details.hidden) {
      return;
    }
    if (circuit.config) {
      this.#asked = undefined;
      this.#show(circuit);
    } else if (!this.#asked) {
      this.#ask();
    }
  }

  /** What is told of the circuit after a question is newer than what that is answered with. */
  async #ask() {
    const asked = this.#asked = this.#circuit;
    const heard = (listen) => this.#asked === asked && listen();
    try {
      const detail = await one(asked);
      heard(() => this.#show(detail));
    } catch (error) {
      heard(() => this.#note('problem', error.message));
    }
    heard(() => this.#asked = undefined);
  }

  #show(detail) {
    const part = this.#parts;
    show(part.detail, Boolean(detail));
    this.#note('quiet', detail ? '' : 'This circuit is gone.');
    if (detail) {
      this.#detail = detail;
      renew(part.events, events(detail));
      renew(part.settings, settings(detail));
    }
  }

  #note(kind, text) {
    this.#parts.note.className = kind;
    write(this.#parts.note, text);
  }

}

/** Leaves alone what is the same, so that a selection in it survives. */
function renew(place, content) {
  const drawn = element('div', {}, ...content);
  if (place.firstElementChild?.isEqualNode(drawn) !== true) {
    place.replaceChildren(drawn);
  }
}

function events({ lastTransitions = [], lastFailures = [], guardedMethods = [] }) {
  return [
    ...section('History', lastTransitions.map(transition), 'ol', 'Nothing has happened yet.'),
    ...section('Last failures', lastFailures.map(failure), 'ol'),
    ...section('Guarded methods', guardedMethods.map((method) => element('li', {}, element('code', {}, method))), 'ul')
  ];
}

function section(title, items, list, otherwise) {
  if (items.length === 0) {
    return otherwise ? [element('h4', {}, title), element('p', { class: 'quiet' }, otherwise)] : [];
  }
  return [element('h4', {}, title), element(list, { class: 'events' }, ...items)];
}

function transition(event) {
  const { at, previous, next, expiry } = event;
  const until = words.seconds(expiry) !== undefined ? `, for ${words.span(words.seconds(expiry))}` : '';
  return element('li', {},
    element('time', { datetime: at }, words.clock(at)),
    element('span', {}, `${words.state(previous).word} → `, element('b', { 'data-state': next }, words.state(next).word)),
    element('span', {}, `${words.why(event)}${until}`));
}

function failure({ at, errorType, message }) {
  return element('li', {},
    element('time', { datetime: at }, words.clock(at)),
    element('span', { title: errorType }, words.shortType(errorType) || 'failure'),
    element('span', {}, message ?? ''));
}

function settings({ config = {} }) {
  const rows = Object.entries(config).map(([option, { value, origin }]) => element('tr', {},
    element('th', { scope: 'row' }, option),
    element('td', {}, words.setting(value)),
    element('td', { class: 'quiet' }, origin)));
  return [element('table', {},
    element('thead', {}, element('tr', {}, ...['Option', 'Value', 'Set by'].map((title) => element('th', { scope: 'col' }, title)))),
    element('tbody', {}, ...rows))];
}
