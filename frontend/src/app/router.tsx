import { useRoutes, type RouteObject } from 'react-router';
import { KnownRoutes } from '@/components/workspace/known-routes';
import { features } from './features';
import { Guard } from './guard';
import { NotFound } from './pages/not-found';

const inside = features.flatMap((feature) => feature.routes ?? []);
const routes: RouteObject[] = [
  ...features.flatMap(({ openRoutes }) => openRoutes ?? []),
  {
    element: <Guard />,
    children: [...inside, { path: '*', element: <NotFound /> }],
  },
];

/** The page of the address. */
export const Routes = () => <KnownRoutes value={inside}>{useRoutes(routes)}</KnownRoutes>;
