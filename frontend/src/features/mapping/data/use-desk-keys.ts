import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { usePageKeys } from '@/lib/keys/page-keys';

interface Actions {
  accept: () => void;
  other: () => void;
  reject: () => void;
  undo: () => void;
  preview: () => void;
  step: (by: number) => void;
  /** Where the search stands. */
  tools: RefObject<HTMLElement | null>;
}

/** A hundred columns without a mouse. */
export function useDeskKeys({ accept, other, reject, undo, preview, step, tools }: Actions) {
  const { t } = useTranslation('mapping');
  usePageKeys([
    {
      key: 'ArrowDown',
      shown: '↓',
      label: t('keys.next'),
      run: () => {
        step(1);
      },
    },
    {
      key: 'ArrowUp',
      shown: '↑',
      label: t('keys.previous'),
      run: () => {
        step(-1);
      },
    },
    { key: 'Enter', shown: '⏎', label: t('accept'), run: accept },
    { key: 'o', label: t('other'), run: other },
    { key: 'n', label: t('noMatch'), run: reject },
    { key: 'u', label: t('undo'), run: undo },
    { key: 'p', label: t('preview.show'), run: preview },
    {
      key: '/',
      label: t('search'),
      run: () => tools.current?.querySelector<HTMLInputElement>('input[type=search]')?.focus(),
    },
  ]);
}
