import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '@/components/error-note';
import { Note } from '@/components/note';
import { ProgressBar } from '@/components/progress-bar';
import { Status, type Look } from '@/components/status';
import { useFormat } from '@/lib/format/use-format';
import type { Upload, UploadNow } from './upload';

const LOOKS: Record<UploadNow['state'], Look> = {
  sending: 'busy',
  paused: 'paused',
  waiting: 'waiting',
  done: 'good',
  refused: 'bad',
};

/** The browser could not read the file; everything else is the server's refusal, in its words. */
function Refusal({ error }: { error: UploadNow['error'] }) {
  const { t } = useTranslation('connections');
  if (error?.status !== -1) return <ErrorNote error={error} />;
  return (
    <Note tone="error" urgent>
      <strong>{t('upload.unreadable')}</strong>
      <div>{t('upload.chooseAgain')}</div>
    </Note>
  );
}

interface Props {
  upload: Upload;
  now: UploadNow;
  onOther: () => void;
}

/** How far a file is, and what can be done about it. */
export function UploadProgress({ upload, now, onOther }: Props) {
  const { t } = useTranslation('connections');
  const format = useFormat();
  const { name, size } = upload.source;
  const { state, sent } = now;
  const share = size === 0 ? 1 : sent / size;
  const figures = t('upload.progress', { sent: format.bytes(sent), size: format.bytes(size) });
  const busy = state === 'sending' || state === 'waiting';
  return (
    <Box sx={{ p: 4, border: '1px solid', borderColor: 'divider', borderRadius: 1 }}>
      <Box sx={{ display: 'flex', gap: 3, flexWrap: 'wrap', alignItems: 'center', mb: 2 }}>
        <Box sx={{ fontWeight: 550, overflowWrap: 'anywhere', flex: '1 1 auto' }}>
          <bdi>{name}</bdi>
        </Box>
        <span role="status">
          <Status look={LOOKS[state]}>{t(`upload.state.${state}`)}</Status>
        </span>
      </Box>
      <ProgressBar
        label={t('upload.of', { name })}
        value={share}
        text={`${format.percent(share)}, ${figures}`}
        still={!busy}
      />
      <Box sx={{ color: 'text.secondary', fontSize: '0.9286rem', mt: 1 }}>{figures}</Box>
      {state === 'waiting' && <Note tone="info">{t('upload.lost')}</Note>}
      {state === 'refused' && <Refusal error={now.error} />}
      <Box sx={{ display: 'flex', gap: 2, mt: 2, flexWrap: 'wrap' }}>
        {busy && (
          <Button
            size="small"
            variant="outlined"
            onClick={() => {
              upload.pause();
            }}
          >
            {t('upload.pause')}
          </Button>
        )}
        {(state === 'paused' || state === 'waiting') && (
          <Button
            size="small"
            variant="outlined"
            onClick={() => {
              upload.start();
            }}
          >
            {state === 'paused' ? t('upload.resume') : t('upload.now')}
          </Button>
        )}
        <Button size="small" onClick={onOther}>
          {state === 'done' || state === 'refused' ? t('upload.other') : t('upload.giveUp')}
        </Button>
      </Box>
    </Box>
  );
}
