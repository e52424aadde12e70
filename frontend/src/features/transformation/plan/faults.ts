import type { Mark } from '@/components/code-editor';
import type { Schema } from '@/lib/api/client';
import { offsetOf, pathAt, placeOf, type PlanPath, type Reading } from './document';

/** Something wrong with a plan, where it stands: in the text and in the form. */
export interface PlacedFault {
  message: string;
  code: string;
  fix: string;
  from: number;
  to: number;
  line: number | undefined;
  path: PlanPath;
}

const endOfLine = (text: string, at: number) => {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
};

function placed(reading: Reading, fault: Schema<'PlanFaultView'>): PlacedFault {
  const { message, code, fix, line, column } = fault;
  const from = line === undefined ? 0 : offsetOf(reading.text, line, column);
  const path = line === undefined ? [] : pathAt(reading, from);
  const end = placeOf(reading, path)?.to ?? 0;
  const to = line === undefined ? 0 : Math.max(Math.min(end, endOfLine(reading.text, from)), from + 1);
  return { message, code, fix, from, to, line, path };
}

/** What keeps the text from being read, else what the server finds wrong with it. */
export function placedFaults(reading: Reading, faults: readonly Schema<'PlanFaultView'>[]): PlacedFault[] {
  if (reading.faults.length === 0) return faults.map((fault) => placed(reading, fault));
  return reading.faults.map(({ message, from, to, line }) => ({
    message,
    code: '',
    fix: '',
    from,
    to,
    line,
    path: [],
  }));
}

export const marksOf = (faults: readonly PlacedFault[]): Mark[] =>
  faults
    .filter(({ line }) => line !== undefined)
    .map(({ from, to, message }) => ({ from, to, message, severity: 'error' }));

const begins = (path: PlanPath, start: PlanPath) => start.every((step, at) => path[at] === step);

/** What is wrong with what stands at a path, or below it. */
export const faultAt = (faults: readonly PlacedFault[], path: PlanPath) =>
  path.length === 0 ? undefined : faults.find((fault) => begins(fault.path, path));
