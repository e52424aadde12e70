import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { Page } from '@/components/page';
import { Beside } from '@/components/side-panel';
import { Workspace } from '@/components/workspace';

interface Props {
  /** What the page is called outside of a project. */
  title: string;
  actions?: ReactNode;
  side?: ReactNode;
  children: ReactNode;
}

/** The frame of the step; of the tenant's own suites, which have no project, a page of its own. */
export function Frame({ title, actions, side, children }: Props) {
  const { t } = useTranslation('validation');
  const { projectId } = useParams();
  if (projectId)
    return (
      <Workspace step="validation" actions={actions} side={side}>
        {() => children}
      </Workspace>
    );
  return (
    <Page title={title} crumbs={[{ label: t('title') }]} actions={actions}>
      <Beside side={side}>{children}</Beside>
    </Page>
  );
}
