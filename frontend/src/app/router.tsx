import { lazy } from 'react';
import { useRoutes, type RouteObject } from 'react-router';
import { features } from './features';
import { NotFound } from './pages/not-found';

const Frame = lazy(() => import('./shell/frame'));

const routes: RouteObject[] = [
  ...features.flatMap(({ openRoutes }) => openRoutes ?? []),
  {
    element: <Frame />,
    children: [...features.flatMap((feature) => feature.routes ?? []), { path: '*', element: <NotFound /> }],
  },
];

/** The page of the address. */
export const Routes = () => useRoutes(routes);
