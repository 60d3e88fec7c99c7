/** The history and the settings of one circuit, fetched while somebody reads them. */

import { one } from './circuits.js';
import { element } from './drawing.js';
import * as words from './words.js';

export class History {

  #button;
  #panel;
  #circuit;
  #asked = '';

  constructor(button, panel) {
    this.#button = button;
    this.#panel = panel;
    button.addEventListener('click', () => this.#toggle());
  }

  #toggle() {
    const open = this.#panel.hidden;
    this.#panel.hidden = !open;
    this.#button.setAttribute('aria-expanded', open);
    this.#panel.closest('li').classList.toggle('wide', open);
    this.#asked = '';
    if (open) {
      this.#panel.replaceChildren(element('p', { class: 'quiet' }, 'Asking …'));
      this.update(this.#circuit);
    }
  }

  /** Asks again when something happened since the last time. */
  update(circuit) {
    this.#circuit = circuit;
    this.#button.setAttribute('aria-label', `Details of ${circuit.identifier}`);
    const happened = JSON.stringify([circuit.since, circuit.mode, circuit.lastFailure?.at]);
    if (!this.#panel.hidden && this.#asked !== happened) {
      this.#asked = happened;
      this.#ask(circuit);
    }
  }

  async #ask(circuit) {
    try {
      const detail = await one(circuit);
      this.#show(detail ? sections(detail) : [element('p', {}, 'This circuit is gone.')]);
    } catch (error) {
      this.#asked = '';
      this.#show([element('p', { class: 'problem' }, error.message)]);
    }
  }

  /** Looks away from what is the same, so that a selection or focus in it survives. */
  #show(content) {
    const drawn = element('div', {}, ...content);
    if (this.#panel.firstElementChild?.isEqualNode(drawn) !== true) {
      this.#panel.replaceChildren(drawn);
    }
  }

}

function sections({ lastTransitions = [], lastFailures = [], guardedMethods = [], config = {} }) {
  const events = [
    ...section('History', lastTransitions.map(transition), 'ol', 'Nothing has happened yet.'),
    ...section('Last failures', lastFailures.map(failure), 'ol'),
    ...section('Guarded methods', guardedMethods.map((method) => element('li', {}, element('code', {}, method))), 'ul')
  ];
  return [element('div', {}, ...events), element('div', {}, element('h4', {}, 'Settings'), settings(config))];
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

function settings(config) {
  const rows = Object.entries(config).map(([option, { value, origin }]) => element('tr', {},
    element('th', { scope: 'row' }, option), element('td', {}, setting(value)), element('td', { class: 'quiet' }, origin)));
  return element('div', { class: 'scroll' }, element('table', {},
    element('thead', {}, element('tr', {}, ...['Option', 'Value', 'Set by'].map((title) => element('th', { scope: 'col' }, title)))),
    element('tbody', {}, ...rows)));
}

function setting(value) {
  if (Array.isArray(value)) {
    return value.map(words.shortType).join(', ') || 'none';
  }
  const time = typeof value === 'string' ? words.seconds(value) : undefined;
  return time !== undefined ? words.span(time) : String(value);
}
