import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '@/components/copy-button';
import { ErrorNote } from '@/components/error-note';
import { Field } from '@/components/field';
import { useFields } from '@/components/use-fields';
import { $api, type Schema } from '@/lib/api/client';
import { QrCode } from './qr-code';

function Confirm({ enrolment, onCodes }: { enrolment: Schema<'TotpEnrolment'>; onCodes: (codes: string[]) => void }) {
  const { t } = useTranslation('account');
  const { mutate, isPending, error } = $api.useMutation('post', '/api/v1/auth/totp/confirm', {
    onSuccess: ({ codes }) => {
      onCodes(codes);
    },
  });
  const { bind, submit } = useFields({ otp: '' }, { required: ['otp'], error });
  return (
    <Box sx={{ display: 'flex', gap: 6, flexWrap: 'wrap', mt: 4 }}>
      <QrCode text={enrolment.uri} label={t('totp.qr')} />
      <Box
        component="form"
        noValidate
        onSubmit={submit(({ otp }) => {
          mutate({ body: { otp: otp.replaceAll(/\s/g, '') } });
        })}
        sx={{ flex: '1 1 260px', maxWidth: 420 }}
      >
        <p>{t('totp.scan')}</p>
        <p>
          <code>{enrolment.secret.replaceAll(/(.{4})/g, '$1 ').trim()}</code> <CopyButton text={enrolment.secret} />
        </p>
        <Field
          label={t('totp.code')}
          autoComplete="one-time-code"
          inputProps={{ inputMode: 'numeric' }}
          {...bind('otp')}
        />
        <ErrorNote error={error} />
        <Button type="submit" variant="contained" loading={isPending}>
          {t('totp.confirm')}
        </Button>
      </Box>
    </Box>
  );
}

/** Sets a second factor up: secret as picture and text, then a code of it. */
export function TotpEnrolment({ onCodes }: { onCodes: (codes: string[]) => void }) {
  const { t } = useTranslation('account');
  const enrol = $api.useMutation('post', '/api/v1/auth/totp');
  return (
    <>
      <p>{t('totp.off')}</p>
      <ErrorNote error={enrol.error} />
      {enrol.data ? (
        <Confirm enrolment={enrol.data} onCodes={onCodes} />
      ) : (
        <Button
          variant="contained"
          loading={enrol.isPending}
          onClick={() => {
            enrol.mutate({});
          }}
        >
          {t('totp.enrol')}
        </Button>
      )}
    </>
  );
}
