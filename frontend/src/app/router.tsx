import { matchRoutes, useRoutes, type RouteObject } from 'react-router';
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

/** Begins to load a page for everybody before React runs; the namespaces of its texts. */
export function warm(pathname: string): string[] {
  const found = features.filter(({ openRoutes = [] }) => matchRoutes(openRoutes, pathname));
  for (const { openRoutes = [] } of found) {
    for (const { route } of matchRoutes(openRoutes, pathname) ?? []) void (route.handle as () => Promise<unknown>)();
  }
  return found.map(({ name }) => name);
}
