import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import BanIcon from 'lucide-react/icons/ban';
import LockIcon from 'lucide-react/icons/lock';
import WarnIcon from 'lucide-react/icons/triangle-alert';
import { asApiError, codes, type ApiError } from '@/lib/api/errors';
import { ButtonLink } from './button-link';
import { CopyButton } from './copy-button';
import { useErrorText } from './error-text';

function iconOf(error: ApiError) {
  if (error.forbidden) return <LockIcon size={20} />;
  return error.missing ? <BanIcon size={20} /> : <WarnIcon size={20} />;
}

const detailsOf = (error: ApiError) =>
  JSON.stringify(
    {
      code: error.code,
      status: error.status,
      detail: error.detail,
      request_id: error.requestId,
      page: location.pathname,
    },
    null,
    2,
  );

/** What went wrong, why, what to do, with the code last: instead of what could not be loaded. */
export function ErrorPanel({ error: given, retry }: { error: unknown; retry?: () => unknown }) {
  const { t } = useTranslation('common');
  const error = asApiError(given);
  const { what, fix } = useErrorText(error);
  return (
    <Box role="alert" sx={{ display: 'flex', gap: 3, p: 4, maxWidth: '80ch' }}>
      <Box aria-hidden sx={{ color: error.forbidden ? 'text.secondary' : 'error.main', pt: 0.5 }}>
        {iconOf(error)}
      </Box>
      <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
        <Typography sx={{ fontWeight: 600 }}>{what}</Typography>
        {error.detail && error.detail !== what && <Typography dir="auto">{error.detail}</Typography>}
        <Typography dir="auto" color="textSecondary">
          {error.forbidden && error.code !== codes.needsEnrolment ? t('error.whoCanGive') : fix}
        </Typography>
        {error.code && (
          <Typography variant="body2" color="textSecondary">
            <code>{error.code}</code>
          </Typography>
        )}
        <Box sx={{ display: 'flex', gap: 2, mt: 2, flexWrap: 'wrap' }}>
          {error.code === codes.needsEnrolment && (
            <ButtonLink to="/account/security" variant="contained" size="small">
              {t('error.enrol')}
            </ButtonLink>
          )}
          {retry && (
            <Button size="small" variant="outlined" onClick={() => void retry()}>
              {t('action.retry')}
            </Button>
          )}
          <CopyButton text={detailsOf(error)} label={t('error.copyDetails')} />
        </Box>
      </Box>
    </Box>
  );
}
