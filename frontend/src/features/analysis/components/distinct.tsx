import { useTranslation } from 'react-i18next';
import type { Schema } from '@/lib/api/client';
import { useFormat } from '@/lib/format/use-format';

/** How many different values, said to be exact or an estimate with its error. */
export function Distinct({
  count: { value, method, error },
  long = false,
}: {
  count: Schema<'DistinctCount'>;
  long?: boolean;
}) {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  const number = format.number(value);
  if (method === 'exact') return <>{long ? t('distinct.exact', { number }) : number}</>;
  const text = t('distinct.estimated', { number, error: format.percent(error, 1) });
  return long ? <>{text}</> : <span title={text}>{t('distinct.about', { number })}</span>;
}
