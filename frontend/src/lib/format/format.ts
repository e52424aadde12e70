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

function bytesIn(language: string, value: number) {
  let rest = value;
  let unit = 0;
  while (rest >= 1000 && unit < UNITS.length - 1) {
    rest /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || rest >= 100 ? 0 : 1;
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: UNITS[unit] ?? 'byte',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(rest);
}

function durationIn(language: string, seconds: number) {
  const whole = Math.max(0, Math.round(seconds));
  const parts = { hours: Math.floor(whole / 3600), minutes: Math.floor(whole / 60) % 60, seconds: whole % 60 };
  if (whole > 0) return new DurationFormat(language, { style: 'narrow' }).format(parts);
  const digits = seconds > 0 ? 2 : 0;
  const options = { style: 'unit', unit: 'second', unitDisplay: 'narrow', maximumFractionDigits: digits } as const;
  return new Intl.NumberFormat(language, options).format(seconds);
}

function relativeIn(language: string, moment: string, now: number) {
  let distance = (Date.parse(moment) - now) / 1000;
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  for (const [unit, size] of STEPS) {
    if (Math.abs(distance) < size) return format.format(Math.round(distance), unit);
    distance /= size;
  }
  return '';
}

export function makeFormat(language: string): Format {
  const number = new Intl.NumberFormat(language);
  const short = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 });
  const signed = new Intl.NumberFormat(language, { signDisplay: 'exceptZero' });
  const dateTime = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' });
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'medium' });
  return {
    number: (value) => number.format(value),
    short: (value) => short.format(value),
    percent: (ratio, digits = 0) =>
      new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: digits }).format(ratio),
    signed: (value) => signed.format(value),
    signedPercent: (ratio) =>
      new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero' }).format(
        ratio,
      ),
    bytes: (value) => bytesIn(language, value),
    duration: (seconds) => durationIn(language, seconds),
    dateTime: (moment) => dateTime.format(new Date(moment)),
    time: (moment) => time.format(new Date(moment)),
    relative: (moment, now) => relativeIn(language, moment, now),
  };
}
