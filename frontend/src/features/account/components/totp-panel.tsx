import Button from '@mui/material/Button';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { ErrorNote } from '@/components/error-note';
import { Loaded } from '@/components/loaded';
import { Panel } from '@/components/panel';
import { Status } from '@/components/status';
import { $api } from '@/lib/api/client';
import { useMe } from '@/lib/api/me';
import { RecoveryCodes } from './recovery-codes';
import { TotpEnrolment } from './totp-enrolment';

function useRefreshMe() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ['get', '/api/v1/me'] });
}

/** The factor is there: new recovery codes, or away with it. */
function Enrolled({ onCodes }: { onCodes: (codes: string[]) => void }) {
  const { t } = useTranslation('account');
  const refreshMe = useRefreshMe();
  const [removing, setRemoving] = useState(false);
  const remove = $api.useMutation('delete', '/api/v1/auth/totp', {
    onSuccess: async () => {
      setRemoving(false);
      await refreshMe();
    },
  });
  const renew = $api.useMutation('post', '/api/v1/auth/recovery-codes', {
    onSuccess: ({ codes }) => {
      onCodes(codes);
    },
  });
  return (
    <>
      <Status look="good">{t('totp.on')}</Status>
      <ErrorNote error={renew.error} />
      <div>
        <Button
          variant="outlined"
          loading={renew.isPending}
          onClick={() => {
            renew.mutate({});
          }}
          sx={{ mt: 3, marginInlineEnd: 2 }}
        >
          {t('totp.renew')}
        </Button>
        <Button
          color="error"
          onClick={() => {
            setRemoving(true);
          }}
          sx={{ mt: 3 }}
        >
          {t('totp.remove')}
        </Button>
      </div>
      {removing && (
        <ConfirmDialog
          dangerous
          title={t('totp.removeTitle')}
          action={t('totp.remove')}
          busy={remove.isPending}
          error={remove.error}
          onConfirm={() => {
            remove.mutate({});
          }}
          onClose={() => {
            setRemoving(false);
          }}
        >
          {t('totp.removeText')}
        </ConfirmDialog>
      )}
    </>
  );
}

export function TotpPanel() {
  const { t } = useTranslation('account');
  const query = useMe();
  const refreshMe = useRefreshMe();
  const [codes, setCodes] = useState<string[]>();
  const show = async (given: string[]) => {
    setCodes(given);
    await refreshMe();
  };
  return (
    <Panel title={t('totp.title')}>
      <Loaded query={query}>
        {(me) =>
          codes ? (
            <RecoveryCodes
              codes={codes}
              onDone={() => {
                setCodes(undefined);
              }}
            />
          ) : me.totp ? (
            <Enrolled onCodes={(given) => void show(given)} />
          ) : (
            <TotpEnrolment onCodes={(given) => void show(given)} />
          )
        }
      </Loaded>
    </Panel>
  );
}
