import { useTranslation } from 'react-i18next';
import { ButtonLink } from '@/components/button-link';
import { Empty } from '@/components/empty';
import { Page } from '@/components/page';

export function NotFound() {
  const { t } = useTranslation('common');
  return (
    <Page title={t('notFound.title')}>
      <Empty
        action={
          <ButtonLink to="/" variant="contained">
            {t('notFound.home')}
          </ButtonLink>
        }
      >
        {t('notFound.text')}
      </Empty>
    </Page>
  );
}
