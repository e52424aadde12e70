import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Facts } from '@/components/facts';
import type { Schema } from '@/lib/api/client';
import { useFormat } from '@/lib/format/use-format';
import { Distinct } from './distinct';

type Profile = Schema<'ColumnProfile'>;
type Fact = [string, ReactNode];

const Value = ({ children }: { children: string }) => (
  <Box component="code" dir="auto" sx={{ whiteSpace: 'pre-wrap' }}>
    {children}
  </Box>
);

function useFitting({ fitting }: Profile): Fact[] {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  if (!fitting) return [];
  const shares = t('column.fitsOf', { fits: format.number(fitting.fits), checked: format.number(fitting.checked) });
  return [
    [
      t('column.fits'),
      <span key="fits">
        <code>{fitting.type}</code>
        {fitting.format && (
          <>
            {' '}
            (<code>{fitting.format}</code>)
          </>
        )}{' '}
        <Box component="span" sx={{ color: 'text.secondary' }}>
          {shares}
        </Box>
      </span>,
    ],
    ...(fitting.exceptions.length > 0
      ? [[t('column.exceptions'), <Value key="not">{fitting.exceptions.join(', ')}</Value>] as Fact]
      : []),
  ];
}

function useNumbers({ numbers }: Profile): Fact[] {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  if (!numbers) return [];
  return [
    [
      t('column.mean'),
      t('column.meanText', { mean: format.number(numbers.mean), deviation: format.number(numbers.deviation) }),
    ],
    [t('column.zeros'), format.number(numbers.zeros)],
    [t('column.negatives'), format.number(numbers.negatives)],
    ...(numbers.not_finite > 0 ? [[t('column.notFinite'), format.number(numbers.not_finite)] as Fact] : []),
  ];
}

/** The figures of a column. */
export function ColumnFigures({ profile }: { profile: Profile }) {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  const fitting = useFitting(profile);
  const numbers = useNumbers(profile);
  const { count, nulls, empty, blank, minimum, maximum, lengths } = profile;
  const part = (value: number) =>
    t('column.part', { number: format.number(value), share: format.percent(count > 0 ? value / count : 0, 1) });
  const items: Fact[] = [
    [t('column.type'), <code key="type">{profile.declared_type || profile.batch_type}</code>],
    [t('column.mayBeNull'), profile.nullable ? t('yes') : t('no')],
    ...fitting,
    [t('figure.rows'), format.number(count)],
    [t('column.nulls'), part(nulls)],
    ...(empty > 0 ? [[t('column.empty'), part(empty)] as Fact] : []),
    ...(blank > 0 ? [[t('column.blank'), part(blank)] as Fact] : []),
    [t('column.distinct'), <Distinct key="distinct" count={profile.distinct} long />],
    ...(minimum === undefined ? [] : [[t('column.minimum'), <Value key="least">{minimum}</Value>] as Fact]),
    ...(maximum === undefined ? [] : [[t('column.maximum'), <Value key="most">{maximum}</Value>] as Fact]),
    ...numbers,
    ...(lengths
      ? [
          [
            t('column.lengths'),
            t('column.lengthsText', {
              least: format.number(lengths.minimum),
              most: format.number(lengths.maximum),
              mean: format.number(lengths.mean),
            }),
          ] as Fact,
        ]
      : []),
  ];
  return <Facts items={items} />;
}
