import { isProgress, shareDone } from '@/lib/api/progress';
import { useFormat } from '@/lib/format/use-format';

/** How much of a run is done, in percent; a dash while nobody knows. */
export function ShareDone({ run: { state, progress } }: { run: { state: string; progress?: unknown } }) {
  const format = useFormat();
  if (!isProgress(progress)) return <>–</>;
  const share = state === 'succeeded' ? 1 : shareDone(progress);
  return <>{share === undefined ? '–' : format.percent(Math.floor(share * 100) / 100)}</>;
}
