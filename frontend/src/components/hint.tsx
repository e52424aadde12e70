import { lazy, Suspense, type ReactElement } from 'react';

const Tooltip = lazy(() => import('@mui/material/Tooltip'));

/** Says beside it what an icon stands for. The icon is there at once: what says it is loaded afterwards. */
export const Hint = ({ title, children }: { title: string; children: ReactElement }) => (
  <Suspense fallback={children}>
    <Tooltip title={title} placement="right">
      {children}
    </Tooltip>
  </Suspense>
);
