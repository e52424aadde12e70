import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Loaded } from '@/components/loaded';
import { TextDiff } from '@/components/text-diff';
import { $api, ifMatch, once, type Schema } from '@/lib/api/client';
import { useNotify } from '@/lib/store/store';
import { useVersionText } from './version-diff';

interface Props {
  plan: Schema<'PlanTextView'>;
  version: Schema<'PlanVersionView'>;
  onClose: () => void;
}

/** Back to an old version, as a new one; says first what that changes. */
export function RestoreDialog({ plan, version, onClose }: Props) {
  const { t } = useTranslation('transformation');
  const queries = useQueryClient();
  const notify = useNotify();
  const { number } = version;
  const old = useVersionText(plan.plan_id, number);
  const { mutate, isPending, error } = $api.useMutation('post', '/api/v1/plans/{plan_id}/restore', {
    onSuccess: async (restored) => {
      notify('success', t('save.done', { version: restored.version }));
      onClose();
      await Promise.all(
        ['', '/versions', '/columns'].map((part) =>
          queries.invalidateQueries({ queryKey: ['get', `/api/v1/plans/{plan_id}${part}`] }),
        ),
      );
    },
  });
  return (
    <ConfirmDialog
      title={t('versions.restoreTitle', { number })}
      action={t('versions.restore')}
      busy={isPending}
      error={error}
      disabled={!old.data}
      onClose={onClose}
      onConfirm={() => {
        mutate({
          params: { path: { plan_id: plan.plan_id }, header: { ...ifMatch(plan.version), ...once() } },
          body: { number, message: t('versions.restored', { number }) },
        });
      }}
    >
      <p>{t('versions.restoreText', { number, version: plan.version })}</p>
      <Loaded query={old}>
        {({ text }) => <TextDiff label={t('versions.restorePreview')} from={plan.text} to={text ?? ''} around={2} />}
      </Loaded>
    </ConfirmDialog>
  );
}
