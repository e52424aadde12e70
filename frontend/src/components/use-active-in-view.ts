import { useEffect, type RefObject } from 'react';
import { useLocation } from 'react-router';

/** On a narrow screen the entry of this page may stand beyond the bar's edge: moves it to the middle. */
export function useActiveInView(bar: RefObject<HTMLElement | null>, widths = '') {
  const { pathname } = useLocation();
  useEffect(() => {
    const active: Partial<Element> | null | undefined = bar.current?.querySelector('.active');
    active?.scrollIntoView?.({ inline: 'center', block: 'nearest' });
  }, [bar, pathname, widths]);
}
