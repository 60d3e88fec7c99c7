/** The dialog in which an operator confirms a command. */

import { command } from './circuits.js';
import { show, write } from './drawing.js';
import { Setting } from './setting.js';
import * as words from './words.js';

const COMMANDS = {
  open: {
    title: 'Open', confirm: 'Open the circuit',
    effect: 'Calls are rejected without being run, until the time is over and a trial succeeds.'
  },
  close: {
    title: 'Close', confirm: 'Close the circuit',
    effect: 'Calls are let in again at once, and the failures so far are forgotten.'
  },
  mode: {
    title: 'Change the mode of', confirm: 'Change the mode',
    effect: 'The mode says whether the circuit may reject calls. It lasts until it is changed again or the application restarts.'
  },
  configure: {
    title: 'Change a setting of', confirm: 'Change the setting',
    effect: 'The circuit goes by the new value from now on, until it is changed again or the application restarts.'
  },
  reset: {
    title: 'Reset', confirm: 'Reset the circuit',
    effect: 'The circuit becomes as it was at the start: closed, with all totals, times and openings forgotten.'
  }
};

const part = (id) => document.getElementById(id);

/** One dialog for all commands; the listener hears what a circuit is like after one. */
export class Dialog {

  #dialog = part('dialog');
  #form = part('command');
  #setting = new Setting();
  #turn = 0;
  #action;
  #circuit;

  constructor(listener) {
    part('cancel').addEventListener('click', () => this.#dialog.close());
    part('duration').addEventListener('change', () => this.#offerOther());
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#carryOut(listener);
    });
  }

  ask(action, circuit) {
    this.#turn++;
    this.#action = action;
    this.#circuit = circuit;
    const { title, confirm, effect } = COMMANDS[action];
    this.#form.reset();
    write(part('dialog-title'), `${title} ${circuit.identifier}?`);
    const exception = action === 'open' && words.mode(circuit.mode);
    write(part('dialog-effect'), exception ? `${effect} But this one is ${exception}.` : effect);
    write(part('confirm'), confirm);
    part('confirm').disabled = false;
    write(part('problem'));
    show(part('field-duration'), action === 'open');
    show(part('field-mode'), action === 'mode');
    this.#form.elements.mode.value = circuit.mode.toLowerCase();
    this.#offerOther();
    this.#setting.offer(action === 'configure' ? circuit.config : undefined);
    this.#dialog.showModal();
    (action === 'configure' ? this.#setting : part('reason')).focus();
  }

  #offerOther() {
    const other = this.#action === 'open' && part('duration').value === 'other';
    show(part('field-other'), other);
    part('other').required = other;
    part('other').disabled = !other;
  }

  #order() {
    const order = { action: this.#action, reason: part('reason').value.trim() || undefined };
    if (this.#action === 'mode') {
      order.mode = this.#form.elements.mode.value;
    }
    if (this.#action === 'open') {
      const duration = part('duration').value;
      order.expiresIn = (duration === 'other' ? part('other').value : duration) || undefined;
    }
    if (this.#action === 'configure') {
      order.config = this.#setting.wish;
    }
    return order;
  }

  /** The dialog may be closed, and stand open for another command, before this one is answered. */
  async #carryOut(listener) {
    const turn = this.#turn;
    const awaited = () => this.#dialog.open && this.#turn === turn;
    part('confirm').disabled = true;
    write(part('problem'));
    try {
      const circuit = await command(this.#circuit, this.#order());
      this.#obeyed(listener, awaited() ? circuit : undefined);
    } catch (error) {
      awaited() && this.#explain(error);
    }
  }

  #obeyed(listener, circuit) {
    if (circuit) {
      this.#dialog.close();
    }
    listener.commanded(circuit);
  }

  #explain({ status, message }) {
    part('confirm').disabled = false;
    if (status === 400 && this.#action === 'configure') {
      this.#setting.refuse(message);
    } else {
      write(part('problem'), status === 0 ? `${message} Whether the circuit obeyed shows on its card, once that is up to date.` : message);
    }
  }

}
