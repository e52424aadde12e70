import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Field } from '@/components/field';
import { useFields } from '@/components/use-fields';
import { $api } from '@/lib/api/client';
import { useMe } from '@/lib/api/me';
import { onProofNeeded } from '@/lib/api/session';

type Settle = (proven: boolean) => void;

function Ask({ onSettled }: { onSettled: Settle }) {
  const { t } = useTranslation('app');
  const { data: me } = useMe();
  const { mutate, isPending, error } = $api.useMutation('post', '/api/v1/auth/step-up', {
    onSuccess: () => {
      onSettled(true);
    },
  });
  const { bind, values } = useFields({ password: '', otp: '' }, { error });
  const byCode = me?.totp ?? false;
  return (
    <ConfirmDialog
      title={t('proof.title')}
      action={t('proof.action')}
      busy={isPending}
      error={error}
      onConfirm={() => {
        mutate({ body: byCode ? { otp: values.otp } : { password: values.password } });
      }}
      onClose={() => {
        onSettled(false);
      }}
    >
      <p>{byCode ? t('proof.textCode') : t('proof.textPassword')}</p>
      {byCode ? (
        <Field label={t('proof.code')} autoComplete="one-time-code" autoFocus {...bind('otp')} />
      ) : (
        <Field
          label={t('proof.password')}
          type="password"
          autoComplete="current-password"
          autoFocus
          {...bind('password')}
        />
      )}
    </ConfirmDialog>
  );
}

/** Asks again who one is, when something needs a recent proof; then what was asked for goes on. */
export function ProofDialog() {
  const [asked, setAsked] = useState(false);
  const settle = useRef<Settle | undefined>(undefined);
  useEffect(
    () =>
      onProofNeeded(
        () =>
          new Promise<boolean>((resolve) => {
            settle.current?.(false);
            settle.current = resolve;
            setAsked(true);
          }),
      ),
    [],
  );
  if (!asked) return null;
  return (
    <Ask
      onSettled={(proven) => {
        setAsked(false);
        settle.current?.(proven);
        settle.current = undefined;
      }}
    />
  );
}
