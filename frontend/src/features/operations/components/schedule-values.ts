import type { Schema } from '@/lib/api/client';

/** A schedule's moments and manners as a form has them. */
export type ScheduleValues = Record<'name' | 'when' | 'cron' | 'time_zone' | 'once_at' | 'missed' | 'overlap', string>;

export const EMPTY: ScheduleValues = {
  name: '',
  when: 'cron',
  cron: '0 2 * * *',
  time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  once_at: '',
  missed: 'once',
  overlap: 'skip',
};

const two = (number: number) => String(number).padStart(2, '0');
/** As a field of date and time wants it: the person's own time, without zone. */
export function localOf(moment: string) {
  const at = new Date(moment);
  const date = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  return `${date}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

export const valuesOf = (schedule: Schema<'ScheduleView'>): ScheduleValues => ({
  name: schedule.name,
  when: schedule.once_at ? 'once' : 'cron',
  cron: schedule.cron ?? EMPTY.cron,
  time_zone: schedule.time_zone ?? EMPTY.time_zone,
  once_at: schedule.once_at ? localOf(schedule.once_at) : '',
  missed: schedule.missed,
  overlap: schedule.overlap,
});

/** What is asked for in words that the API has. */
export const bodyOf = ({ name, when, cron, time_zone, once_at, missed, overlap }: ScheduleValues) => ({
  name: name.trim(),
  missed: missed as Schema<'MissedMoments'>,
  overlap: overlap as Schema<'OverlappingRuns'>,
  ...(when === 'once'
    ? { once_at: new Date(once_at).toISOString() }
    : { cron: cron.trim(), time_zone: time_zone.trim() }),
});

export const requiredOf = (when: string) =>
  when === 'once' ? (['name', 'once_at'] as const) : (['name', 'cron', 'time_zone'] as const);
