import { isProgress, shareDone } from '@/lib/api/progress';
import { useFormat } from '@/lib/format/use-format';

/** How much of a run is done, in percent; a dash while nobody knows. */
export function ShareDone({ progress }: { progress: unknown }) {
  const format = useFormat();
  const share = isProgress(progress) ? shareDone(progress) : undefined;
  return <>{share === undefined ? '–' : format.percent(Math.floor(share * 100) / 100)}</>;
}
