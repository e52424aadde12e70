import type { Progress } from '@/lib/api/progress';

/** What is drawn over time: rates between two looks at least a second apart. */
export interface Rate {
  seconds: number;
  rows: number;
  bytes: number;
}

export interface Live {
  progress: Progress | undefined;
  rates: readonly Rate[];
  /** Rows and bytes a second over the last moments; nothing before there are two looks. */
  now: Rate | undefined;
}

const STEP_SECONDS = 1;
const WINDOW_SECONDS = 5;
const MOST_POINTS = 900;

interface Look {
  seconds: number;
  rows: number;
  bytes: number;
}

const rateBetween = (from: Look, to: Look): Rate => {
  const seconds = Math.max(to.seconds - from.seconds, 1e-3);
  return {
    seconds: to.seconds,
    rows: Math.max(0, to.rows - from.rows) / seconds,
    bytes: Math.max(0, to.bytes - from.bytes) / seconds,
  };
};

/** Adds what was heard to what is known. Pure; a run that began again begins the curve again. */
export function advance(
  live: Live & { looks: readonly Look[] },
  progress: Progress,
): Live & { looks: readonly Look[] } {
  const look = { seconds: progress.seconds, rows: progress.rows_done, bytes: progress.bytes_done };
  const last = live.looks.at(-1);
  if (!last || look.seconds < last.seconds) return { progress, rates: [], now: undefined, looks: [look] };
  if (look.seconds - last.seconds < STEP_SECONDS) return { ...live, progress };
  const looks = [...live.looks, look].slice(-MOST_POINTS);
  const from = looks.findLast(({ seconds }) => look.seconds - seconds >= WINDOW_SECONDS) ?? looks[0] ?? look;
  return {
    progress,
    looks,
    rates: [...live.rates, rateBetween(last, look)].slice(-MOST_POINTS),
    now: rateBetween(from, look),
  };
}

/** Seconds that are left at the present rate; nothing while that is not known. */
export function secondsLeft({ progress, now }: Live) {
  if (!progress || progress.rows_total < 0 || !now || now.rows <= 0) return undefined;
  return Math.max(0, progress.rows_total - progress.rows_done) / now.rows;
}

const DRAW_MS = 250;

/** Hears progress as often as it comes, and is drawn at most four times a second; not at all while nobody looks. */
export class ProgressFeed {
  private state: Live & { looks: readonly Look[] } = { progress: undefined, rates: [], now: undefined, looks: [] };
  private shown: Live = this.state;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private drawn = 0;
  private readonly listeners = new Set<() => void>();

  snapshot = () => this.shown;
  listen = (listener: () => void) => {
    this.listeners.add(listener);
    document.addEventListener('visibilitychange', this.draw);
    return () => {
      this.listeners.delete(listener);
      clearTimeout(this.timer);
      this.timer = undefined;
      document.removeEventListener('visibilitychange', this.draw);
    };
  };

  hear(progress: Progress) {
    this.state = advance(this.state, progress);
    this.timer ??= setTimeout(this.draw, Math.max(0, this.drawn + DRAW_MS - Date.now()));
  }

  private readonly draw = () => {
    this.timer = undefined;
    if (document.hidden || this.shown === this.state) return;
    this.drawn = Date.now();
    this.shown = this.state;
    this.listeners.forEach((listener) => {
      listener();
    });
  };
}
