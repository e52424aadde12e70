import { matchRoutes, useRoutes, type RouteObject } from 'react-router';
import { features } from './features';
import { Guard } from './guard';
import { NotFound } from './pages/not-found';

const routes: RouteObject[] = [
  ...features.flatMap(({ openRoutes }) => openRoutes ?? []),
  {
    element: <Guard />,
    children: [...features.flatMap((feature) => feature.routes ?? []), { path: '*', element: <NotFound /> }],
  },
];

/** The page of the address. */
export const Routes = () => useRoutes(routes);

/** Begins to load a page for everybody before React runs; the namespaces of its texts. */
export function warm(pathname: string): string[] {
  const found = features.filter(({ openRoutes = [] }) => matchRoutes(openRoutes, pathname));
  for (const { openRoutes = [] } of found) {
    for (const { route } of matchRoutes(openRoutes, pathname) ?? []) void (route.handle as () => Promise<unknown>)();
  }
  return found.map(({ name }) => name);
}
