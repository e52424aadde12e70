/** Numbers, sizes, times in a language. Pure; `useFormat` gives the one of the language chosen. */
export interface Format {
  number: (value: number) => string;
  /** 1.2M, where there is little room. */
  short: (value: number) => string;
  percent: (ratio: number, digits?: number) => string;
  /** +12, −3 */
  signed: (value: number) => string;
  /** +4 % */
  signedPercent: (ratio: number) => string;
  bytes: (value: number) => string;
  duration: (seconds: number) => string;
  dateTime: (moment: string | number) => string;
  time: (moment: string | number) => string;
  /** "5 minutes ago" as seen from `now`. */
  relative: (moment: string, now: number) => string;
}

/** In all current browsers; TypeScript's own library learns it later. */
interface DurationFormat {
  format: (parts: { hours: number; minutes: number; seconds: number }) => string;
}
const { DurationFormat } = Intl as unknown as {
  DurationFormat: new (language: string, options: { style: 'narrow' }) => DurationFormat;
};

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['second', 60],
  ['minute', 60],
  ['hour', 24],
  ['day', 30],
  ['month', 12],
  ['year', Infinity],
];

/** Makers of formats are slow to make: each is made when it is first wanted, and once. */
function once<Made>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => (made ??= make());
}
function onceEach<Key, Made>(make: (key: Key) => Made): (key: Key) => Made {
  const made = new Map<Key, Made>();
  return (key) => {
    const found = made.get(key) ?? make(key);
    made.set(key, found);
    return found;
  };
}

type BytesUnit = (typeof UNITS)[number];

function bytesOf(language: string) {
  const whole = onceEach((unit: BytesUnit) => bytesFormat(language, unit, 0));
  const tenths = onceEach((unit: BytesUnit) => bytesFormat(language, unit, 1));
  return (value: number) => {
    let rest = value;
    let step = 0;
    while (rest >= 1000 && step < UNITS.length - 1) {
      rest /= 1000;
      step += 1;
    }
    const unit = UNITS[step] ?? 'byte';
    return (step === 0 || rest >= 100 ? whole(unit) : tenths(unit)).format(rest);
  };
}
const bytesFormat = (language: string, unit: BytesUnit, digits: number) =>
  new Intl.NumberFormat(language, {
    style: 'unit',
    unit,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });

function durationOf(language: string) {
  const long = once(() => new DurationFormat(language, { style: 'narrow' }));
  const brief = onceEach((maximumFractionDigits: number) => {
    const options = { style: 'unit', unit: 'second', unitDisplay: 'narrow', maximumFractionDigits } as const;
    return new Intl.NumberFormat(language, options);
  });
  return (seconds: number) => {
    const whole = Math.max(0, Math.round(seconds));
    const parts = { hours: Math.floor(whole / 3600), minutes: Math.floor(whole / 60) % 60, seconds: whole % 60 };
    return whole > 0 ? long().format(parts) : brief(seconds > 0 ? 2 : 0).format(seconds);
  };
}

const CLOCK_SECONDS = 5;

function relativeOf(language: string) {
  const format = once(() => new Intl.RelativeTimeFormat(language, { numeric: 'auto' }));
  return (moment: string, now: number) => {
    const exact = (Date.parse(moment) - now) / 1000;
    // The page's clock is rough: what was begun just now is not to come.
    let distance = exact > 0 && exact < CLOCK_SECONDS ? 0 : exact;
    for (const [unit, size] of STEPS) {
      if (Math.abs(distance) < size) return format().format(Math.round(distance), unit);
      distance /= size;
    }
    return '';
  };
}

export function makeFormat(language: string): Format {
  const numbers = (options?: Intl.NumberFormatOptions) => once(() => new Intl.NumberFormat(language, options));
  const moments = (options: Intl.DateTimeFormatOptions) => once(() => new Intl.DateTimeFormat(language, options));
  const number = numbers();
  const short = numbers({ notation: 'compact', maximumFractionDigits: 1 });
  const signed = numbers({ signDisplay: 'exceptZero' });
  const signedPercent = numbers({ style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero' });
  const percent = onceEach(
    (digits: number) => new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: digits }),
  );
  const dateTime = moments({ dateStyle: 'medium', timeStyle: 'medium' });
  const time = moments({ timeStyle: 'medium' });
  return {
    number: (value) => number().format(value),
    short: (value) => short().format(value),
    percent: (ratio, digits = 0) => percent(digits).format(ratio),
    signed: (value) => signed().format(value),
    signedPercent: (ratio) => signedPercent().format(ratio),
    bytes: bytesOf(language),
    duration: durationOf(language),
    dateTime: (moment) => dateTime().format(new Date(moment)),
    time: (moment) => time().format(new Date(moment)),
    relative: relativeOf(language),
  };
}

/** The one of a language, the same for all who ask. */
export const formatOf = onceEach(makeFormat);

/** A browser reads what it knows of a language when something is first formatted: before that, each in a step of its own. */
export function warmFormat(language: string) {
  const { number, dateTime, relative } = formatOf(language);
  const now = Date.now();
  for (const use of [() => number(0), () => dateTime(now), () => relative(new Date(now).toISOString(), now)])
    setTimeout(use);
}
