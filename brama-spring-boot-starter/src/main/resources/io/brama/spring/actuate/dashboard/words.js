/** What the codes and numbers of the endpoint are called on the page. */

/** Worst first. */
export const STATES = {
  OPEN: { word: 'OPEN', icon: 'icon-open' },
  HALF_OPEN: { word: 'HALF OPEN', icon: 'icon-half-open' },
  CLOSED: { word: 'CLOSED', icon: 'icon-closed' },
  UNKNOWN: { word: 'NO CALL YET', icon: 'icon-unknown' }
};

const CAUSES = {
  REGISTERED: 'registered',
  CONSECUTIVE_FAILURES: 'too many failures in a row',
  FAILURE_RATE: 'too high a failure rate',
  SLOW_CALL_RATE: 'too many slow calls',
  FAILURE_TRIPPED: 'a failure that opens at once',
  EXPIRY_REACHED: 'the expiry was over',
  TRIALS_SUCCEEDED: 'the trials succeeded',
  TRIALS_FAILED: 'the trials failed',
  TRIAL_TIMED_OUT: 'a trial did not end in time',
  OPERATOR: 'a command'
};

const MODES = {
  OBSERVE: 'observes, rejects nothing',
  OFF: 'switched off'
};

const number = new Intl.NumberFormat('en');

export function count(n) {
  return number.format(n);
}

/** "1 call", "1,204 calls". */
export function several(n, word) {
  return `${count(n)} ${word}${n === 1 ? '' : 's'}`;
}

export function state(code) {
  return STATES[code] ?? { word: code, icon: 'icon-unknown' };
}

export function mode(code) {
  return MODES[code] ?? '';
}

export function percent(rate) {
  return `${Number((rate * 100).toFixed(1))} %`;
}

/** The seconds of an ISO duration such as PT2M5.3S, or undefined. */
export function seconds(iso) {
  const parts = /^(-?)P(?:([\d.]+)D)?(?:T(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?)?$/.exec(iso ?? '');
  if (!parts || parts[0].length < 3) {
    return undefined;
  }
  const [days, hours, minutes, rest] = parts.slice(2).map((part) => Number(part ?? 0));
  return (parts[1] ? -1 : 1) * (days * 86400 + hours * 3600 + minutes * 60 + rest);
}

/** A span of time in its two largest units: "2 min 5 s". */
export function span(time) {
  if (time < 1) {
    return `${Math.round(Math.max(time, 0) * 1000)} ms`;
  }
  const units = [['d', 86400], ['h', 3600], ['min', 60], ['s', 1]];
  const first = units.findIndex(([, length]) => time >= length);
  let rest = Math.floor(time);
  return units.slice(first, first + 2)
    .map(([unit, length]) => {
      const amount = Math.floor(rest / length);
      rest -= amount * length;
      return amount > 0 ? `${count(amount)} ${unit}` : '';
    })
    .filter(Boolean)
    .join(' ');
}

/** A span that grows or shrinks while one looks: whole seconds. */
export function ticking(time) {
  return time < 1 ? '0 s' : span(time);
}

/** A time of day, with the date unless it is today. */
export function clock(instant) {
  const time = new Date(instant);
  const today = time.toDateString() === new Date().toDateString();
  return today ? time.toLocaleTimeString('en-GB') : `${time.toLocaleDateString('en-CA')} ${time.toLocaleTimeString('en-GB')}`;
}

/** "com.acme.TimeoutException" is a TimeoutException to those who read. */
export function shortType(type) {
  return type ? type.slice(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1) : '';
}

/** Why a circuit moved, from the cause, the numbers and the words that came with it. */
export function why({ cause, reason, errorType, actor, failureCount }) {
  const causes = cause === 'CONSECUTIVE_FAILURES' && failureCount > 0
    ? `${several(failureCount, 'failure')} in a row` : CAUSES[cause] ?? cause ?? '';
  const told = [shortType(errorType), reason].filter(Boolean).join(': ');
  const by = actor ? ` by ${actor}` : '';
  return told ? `${causes}${by}: ${told}` : `${causes}${by}`;
}

export function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What to make of an answer that is none. */
export function problem(status, message) {
  switch (status) {
    case 0: return 'The application did not answer.';
    case 401: return 'You are not signed in, or not any more. Sign in to the application and load this page again.';
    case 403: return 'You may not do this: either your rights do not reach that far, or the application did not accept '
      + 'the CSRF token of this page (it looks for a cookie XSRF-TOKEN).';
    case 405: return 'The application only lets circuits be looked at; commands need management.endpoint.brama.access=unrestricted.';
    default: return message || `The application answered with status ${status}.`;
  }
}
