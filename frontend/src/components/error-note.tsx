import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { asApiError } from '@/lib/api/errors';
import { useErrorText } from './error-text';
import { Note } from './note';

/** Why what was just asked for did not happen: stands in a form or dialog. */
export function ErrorNote({ error: given, reload }: { error: unknown; reload?: () => void }) {
  const { t } = useTranslation('common');
  const error = asApiError(given);
  const { what, fix } = useErrorText(error);
  if (!given) return null;
  const detail = error.detail && error.detail !== what ? error.detail : '';
  return (
    <Note tone="error" urgent>
      <strong>{what}</strong>
      {detail && <div dir="auto">{detail}</div>}
      {fix && <div dir="auto">{fix}</div>}
      {error.code && <code>{error.code}</code>}
      {error.stale && reload && (
        <div>
          <Button size="small" variant="outlined" onClick={reload} sx={{ mt: 2 }}>
            {t('error.loadTheirs')}
          </Button>
        </div>
      )}
    </Note>
  );
}
