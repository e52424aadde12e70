import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import CloudOffIcon from 'lucide-react/icons/cloud-off';
import { useFormat } from '@/lib/format/use-format';
import { useNow } from '@/lib/format/use-now';
import { onAway, isAway, pageChanged, useAway } from '@/lib/offline/away';
import { watchServer } from '@/lib/offline/return';
import { Bar } from './bar';

/** What is shown is asked for anew as soon as the server answers again. */
function useReturn() {
  const queries = useQueryClient();
  useEffect(() => {
    const unwatch = watchServer();
    let was = isAway();
    const stop = onAway(() => {
      if (was && !isAway()) void queries.invalidateQueries();
      was = isAway();
    });
    return () => {
      unwatch();
      stop();
    };
  }, [queries]);
}

/** While the server is away: that it is, and how old what is shown is. */
export function AwayBar() {
  const { t } = useTranslation('app');
  const { pathname } = useLocation();
  const { away, at } = useAway();
  const format = useFormat();
  const now = useNow();
  useReturn();
  useEffect(() => {
    pageChanged();
  }, [pathname]);
  if (!away) return null;
  const moment = new Date(at).toISOString();
  return (
    <Bar icon={<CloudOffIcon size={16} aria-hidden />} tone="warning.main">
      <strong>{t('away.title')}</strong>{' '}
      <span title={format.dateTime(moment)}>
        {t('away.text', { when: format.relative(moment, Math.max(now, at)) })}
      </span>
    </Bar>
  );
}
