/** The page: it follows the circuits of one instance and passes commands on. */

import { key, reachable } from './circuits.js';
import { Dialog } from './commands.js';
import { show, write } from './drawing.js';
import { Feed } from './feed.js';
import { Filter } from './filter.js';
import { Listing } from './listing.js';
import { Minute } from './minute.js';
import * as words from './words.js';

/** Longer lists of news tell nobody anything. */
const MOST_NEWS = 3;

const part = (id) => document.getElementById(id);

const minutes = new Map();

let circuits = [];

let writable = false;

let application = '';

let answeredAt;

let missed;

const dialog = new Dialog({ commanded });

const listing = new Listing({ command: (action, circuit) => dialog.ask(action, circuit), changed: render });

const filter = new Filter(() => render());

const feed = new Feed({ answered, missed: (error) => { missed = error; renderFeed(); }, paused: renderFeed });

function answered(answer) {
  const now = performance.now();
  const names = new Set(answer.connections.map(key));
  minutes.forEach((_, id) => names.has(id) || minutes.delete(id));
  answer.connections.forEach((circuit) => {
    const id = key(circuit);
    minutes.set(id, minutes.get(id) ?? new Minute());
    minutes.get(id).count(circuit.calls, now);
  });
  tell(answer.connections);
  ({ connections: circuits, writable } = answer);
  application = answer.application ?? '';
  answeredAt = { now, time: new Date() };
  missed = undefined;
  render();
}

/** The list of an answer is a moment old; what a command answered is not. */
function commanded(circuit) {
  const next = circuits.map((known) => (key(known) === key(circuit) ? circuit : known));
  tell(next);
  circuits = next;
  render();
  feed.ask();
}

/** Says aloud which circuits moved. */
function tell(next) {
  const before = new Map(circuits.map((circuit) => [key(circuit), circuit.state]));
  const moved = next.filter((circuit) => before.has(key(circuit)) && before.get(key(circuit)) !== circuit.state);
  if (moved.length > 0) {
    part('news').textContent = moved.length > MOST_NEWS ? `${moved.length} circuits changed`
      : moved.map((circuit) => `${circuit.identifier} is ${words.state(circuit.state).word}: ${words.why(circuit)}.`).join(' ');
  }
}

function render() {
  if (!answeredAt) {
    return;
  }
  const { now } = answeredAt;
  const wanted = (circuit) => filter.matches(circuit);
  filter.counts(circuits);
  listing.update(circuits, minutes, wanted, { now, writable });
  renderTitle();
  write(part('nothing'), circuits.length === 0 ? 'This instance has no circuits yet. They appear when they are registered or first used.'
    : circuits.some(wanted) ? '' : 'No circuit matches the filter.');
  renderFeed();
}

function renderTitle() {
  const open = circuits.filter(({ state }) => state === 'OPEN').length;
  const name = application ? `Circuits of ${application}` : 'Circuits';
  document.title = open > 0 ? `${open} open · ${name}` : name;
  write(part('title'), name);
  write(part('place'), `This instance only (${location.host})${writable ? '' : ' · to look at, not to change'}`);
}

/** A feed that is dead looks dead. */
function renderFeed() {
  const state = feed.paused ? 'paused' : missed ? 'dead' : answeredAt ? 'live' : 'waiting';
  document.body.dataset.feed = state;
  part('pause').setAttribute('aria-pressed', feed.paused);
  write(part('pause'), feed.paused ? 'Go on' : 'Pause');
  const since = answeredAt ? ` since ${words.clock(answeredAt.time)}` : '';
  write(part('feed-state'), {
    waiting: 'waiting for the first answer',
    live: `as of ${answeredAt ? words.clock(answeredAt.time) : ''}`,
    paused: `paused${since}`,
    dead: `no answer${since}`
  }[state]);
  write(part('alarm'), state !== 'dead' ? ''
    : `No answer${since}. ${missed.message}${answeredAt ? ' What you see below is how it was then.' : ''}`);
}

part('pause').addEventListener('click', () => feed.pause(!feed.paused));

setInterval(() => document.body.dataset.feed === 'live' && listing.tick(performance.now()), 500);

if (reachable) {
  feed.ask();
} else {
  show(part('pause'), false);
  write(part('feed-state'));
  write(part('alarm'), 'The circuits cannot be reached: the endpoint "brama" is not exposed. Add brama to management.endpoints.web.exposure.include.');
}
