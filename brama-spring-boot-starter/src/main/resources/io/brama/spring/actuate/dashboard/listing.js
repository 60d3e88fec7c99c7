/** The circuits on the page: those that need a look as cards, the well ones in short. */

import { Card, group } from './card.js';
import { key } from './circuits.js';
import { arrange, icon, show, stamp, write } from './drawing.js';
import * as words from './words.js';

/** As many circuits have a card each; of more, only those that need a look. */
const ROOMY = 24;

const CARDS_AT_ONCE = 48;

const ROWS_AT_ONCE = 100;

const WELL = 5;

const part = (id) => document.getElementById(id);

export class Listing {

  #cards = new Map();
  #rows = new Map();
  #pinned = new Set();
  #cardLimit = CARDS_AT_ONCE;
  #rowLimit = ROWS_AT_ONCE;
  #shown = [];
  #listener;

  constructor(listener) {
    this.#listener = listener;
    part('more-cards').addEventListener('click', () => this.#more(() => this.#cardLimit += CARDS_AT_ONCE));
    part('more-rows').addEventListener('click', () => this.#more(() => this.#rowLimit += ROWS_AT_ONCE));
  }

  #more(grow) {
    grow();
    this.#listener.changed();
  }

  /** Shows the circuits that are wanted. */
  update(circuits, minutes, wanted, context) {
    const sorted = circuits.filter(wanted).sort(worstFirst);
    const inShort = (circuit) => sorted.length > ROOMY && rank(circuit) >= WELL && !this.#pinned.has(key(circuit));
    const cards = sorted.filter((circuit) => !inShort(circuit));
    const rows = sorted.filter(inShort);
    this.#updateCards(cards, minutes, context);
    this.#updateRows(rows, minutes, context);
    const known = new Set(circuits.map(key));
    [this.#cards, this.#rows].forEach((all) => all.forEach((_, id) => known.has(id) || all.delete(id)));
  }

  #updateCards(circuits, minutes, context) {
    const visible = circuits.slice(0, this.#cardLimit);
    this.#shown = visible.map((circuit) => {
      const id = key(circuit);
      const card = this.#cards.get(id) ?? this.#newCard(id);
      card.update(circuit, minutes.get(id), { ...context, pinned: this.#pinned.has(id) });
      return card;
    });
    arrange(part('cards'), this.#shown.map(({ root }) => root));
    more(part('more-cards'), circuits.length - visible.length);
  }

  #newCard(id) {
    const card = new Card({
      command: (action, circuit) => this.#listener.command(action, circuit),
      unpin: () => this.#more(() => this.#pinned.delete(id))
    });
    this.#cards.set(id, card);
    return card;
  }

  #updateRows(circuits, minutes, { now }) {
    const visible = circuits.slice(0, this.#rowLimit);
    arrange(part('rows'), visible.map((circuit) => {
      const id = key(circuit);
      const row = this.#rows.get(id) ?? this.#newRow(id);
      updateRow(row.parts, circuit, minutes.get(id).sums(now));
      return row.root;
    }));
    show(part('well'), circuits.length > 0);
    write(part('well-title'), `${words.several(circuits.length, 'circuit')} without trouble`);
    more(part('more-rows'), circuits.length - visible.length);
  }

  #newRow(id) {
    const row = stamp('row-template');
    row.parts.pin.addEventListener('click', () => {
      this.#pinned.add(id);
      this.#listener.changed();
      this.#cards.get(id)?.focus();
    });
    this.#rows.set(id, row);
    return row;
  }

  tick(now) {
    this.#shown.forEach((card) => card.tick(now));
  }

}

/** From 0, the worst, to WELL and beyond, where nothing is wrong. What somebody wanted is less bad than what happened. */
function rank({ state, mode, failureCount, cause }) {
  switch (state) {
    case 'OPEN': return cause === 'OPERATOR' ? 1 : 0;
    case 'HALF_OPEN': return 2;
    default: return failureCount > 0 ? 3 : mode !== 'ENFORCE' ? 4 : state === 'CLOSED' ? WELL : WELL + 1;
  }
}

function worstFirst(one, other) {
  return rank(one) - rank(other) || compare(one.identifier, other.identifier)
    || compare(one.scope ?? '', other.scope ?? '') || compare(one.type, other.type);
}

function compare(one, other) {
  return one < other ? -1 : one > other ? 1 : 0;
}

function updateRow(parts, circuit, sums) {
  const state = words.state(circuit.state);
  parts.pin.dataset.state = circuit.state;
  icon(parts.pin, state.icon);
  write(parts.name, circuit.identifier);
  write(parts.group, group(circuit));
  write(parts.state, state.word);
  const calls = sums.success + sums.failure + sums.rejected;
  write(parts.numbers, `${words.count(calls)} / min`);
}

function more(button, hidden) {
  write(button, hidden > 0 ? `Show more (${words.count(hidden)} not shown)` : '');
}
