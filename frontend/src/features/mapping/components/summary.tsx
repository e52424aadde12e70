import Box from '@mui/material/Box';
import MuiLink from '@mui/material/Link';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Status } from '@/components/status';
import { useOnline } from '@/lib/offline/use-online';
import { useUnsafe } from '@/lib/offline/use-queue';
import type { State } from '../model/filters';
import { isQuestion, type Shown } from '../model/suggestion';

interface Props {
  all: readonly Shown[];
  twice: number;
  waiting: number;
  complete: boolean;
  onShow: (state: State) => void;
}

function Shows({ children, onClick }: { children: string; onClick: () => void }) {
  return (
    <MuiLink component="button" type="button" onClick={onClick} sx={{ font: 'inherit', verticalAlign: 'baseline' }}>
      {children}
    </MuiLink>
  );
}

const PATIENCE_MS = 1000;

/** Is it so for longer than a moment? */
function useStays(now: boolean) {
  const [stays, setStays] = useState(false);
  useEffect(() => {
    const timer = setTimeout(
      () => {
        setStays(now);
      },
      now ? PATIENCE_MS : 0,
    );
    return () => {
      clearTimeout(timer);
    };
  }, [now]);
  return stays && now;
}

/** How far one is, what is asked, and what is wrong; each leads to where it is. */
export function Summary({ all, twice, waiting, complete, onShow }: Props) {
  const { t } = useTranslation('mapping');
  const online = useOnline();
  const total = all.length;
  const open = all.filter(({ decision }) => decision === 'open').length;
  const questions = all.filter(isQuestion).length;
  const waits = useStays(waiting > 0);
  const unsafe = useUnsafe();
  const unkept = useStays(unsafe > 0);
  return (
    <Box
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        columnGap: 5,
        rowGap: 1,
        mb: 3,
        flex: '1 1 320px',
        alignItems: 'center',
      }}
    >
      <span role="status">
        {complete ? t('decided', { count: total - open, total }) : t('loading', { count: total })}
      </span>
      {questions > 0 && (
        <Status look="warning">
          <Shows
            onClick={() => {
              onShow('questions');
            }}
          >
            {t('questions', { count: questions })}
          </Shows>
        </Status>
      )}
      {twice > 0 && (
        <Status look="bad">
          <Shows
            onClick={() => {
              onShow('twice');
            }}
          >
            {t('twice', { count: twice })}
          </Shows>
        </Status>
      )}
      {!online && <Status look="paused">{unkept ? t('offlineUnkept') : t('offline')}</Status>}
      {unkept && <Status look="warning">{t('unkept', { count: unsafe })}</Status>}
      {waits && <Status look="waiting">{t('waiting', { count: waiting })}</Status>}
    </Box>
  );
}
