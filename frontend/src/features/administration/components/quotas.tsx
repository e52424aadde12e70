import { useTranslation } from 'react-i18next';
import { Facts } from '@/components/facts';
import { useFormat } from '@/lib/format/use-format';

/** From here on the server does not count. */
const NO_LIMIT = 1_000_000_000;
const MEGABYTE = 2 ** 20;

/** How many of what a tenant may have. */
export function Quotas({ quotas }: { quotas: Record<string, number> }) {
  const { t } = useTranslation('administration');
  const format = useFormat();
  const valueOf = (name: string, limit: number) => {
    if (limit >= NO_LIMIT) return t('quotas.none');
    return name === 'storage_mb' ? format.bytes(limit * MEGABYTE) : format.number(limit);
  };
  return (
    <Facts
      items={Object.entries(quotas).map(([name, limit]) => [
        t(`quotas.of.${name}`, { defaultValue: name }),
        valueOf(name, limit),
      ])}
    />
  );
}
