import Box from '@mui/material/Box';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Field } from '@/components/field';
import { $api, once } from '@/lib/api/client';
import { useFormat } from '@/lib/format/use-format';
import { acceptable } from '../model/filters';
import { sourcesOf, type Shown } from '../model/suggestion';
import { floored } from './marks';

interface Props {
  matchingId: string;
  all: readonly Shown[];
  /** So many decisions are still on their way. */
  waiting: number;
  /** In percent. */
  from: string;
  onFrom: (percent: string) => void;
  onAccepted: (accepted: readonly Shown[]) => void;
  onClose: () => void;
}

const LISTED = 8;
/** 0 to 1; nothing for what is no percentage. */
export function shareOf(percent: string) {
  const value = Number(percent.replace(',', '.'));
  return percent.trim() !== '' && value >= 0 && value <= 100 ? value / 100 : undefined;
}

/** Those that are sure enough, before they are accepted: how many, and the least sure of them. */
export function AcceptDialog({ matchingId, all, waiting, from, onFrom, onAccepted, onClose }: Props) {
  const { t } = useTranslation('mapping');
  const format = useFormat();
  const [tried, setTried] = useState<readonly Shown[]>([]);
  const confidence = shareOf(from);
  const found = confidence === undefined ? [] : acceptable(all, confidence);
  const leastSure = [...found].sort((a, b) => a.confidence - b.confidence).slice(0, LISTED);
  const { mutate, isPending, error } = $api.useMutation('post', '/api/v1/matchings/{matching_id}/accept', {
    onSuccess: () => {
      onAccepted(tried);
    },
  });
  return (
    <ConfirmDialog
      title={t('bulk.title')}
      action={t('bulk.accept', { count: found.length })}
      busy={isPending}
      error={error}
      disabled={found.length === 0 || waiting > 0}
      onClose={onClose}
      onConfirm={() => {
        if (confidence === undefined) return;
        setTried(found);
        mutate({ params: { path: { matching_id: matchingId }, header: once() }, body: { confidence } });
      }}
    >
      <Field
        label={t('bulk.from')}
        value={from}
        onChange={onFrom}
        autoFocus
        error={confidence === undefined ? t('bulk.noPercentage') : undefined}
        inputProps={{ inputMode: 'decimal' }}
        sx={{ maxWidth: 200 }}
      />
      <Box role="status" sx={{ fontWeight: 600, mb: 2 }}>
        {t('bulk.count', { count: found.length })}
      </Box>
      {leastSure.length > 0 && (
        <>
          <Box sx={{ color: 'text.secondary', mb: 1 }}>{t('bulk.leastSure')}</Box>
          <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1 }}>
            {leastSure.map((one) => (
              <Box component="li" key={one.number} sx={{ display: 'flex', gap: 3 }}>
                <Box component="code" dir="auto" sx={{ flex: '1 1 auto', minWidth: 0, overflowWrap: 'anywhere' }}>
                  {sourcesOf(one).join(' + ')} → {one.target_column}
                </Box>
                <span>{format.percent(floored(one.confidence))}</span>
              </Box>
            ))}
          </Box>
        </>
      )}
    </ConfirmDialog>
  );
}
