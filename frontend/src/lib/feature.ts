import type { LucideIcon } from 'lucide-react';
import { createElement, lazy, type ComponentType } from 'react';
import type { RouteObject } from 'react-router';

/** What a feature folder gives the app: its `feature.ts` exports one as default. Its texts are in its `locales/`. */
export interface Feature {
  /** The folder's name, which is the namespace of its texts too. */
  name: string;
  /** Pages for everybody. */
  openRoutes?: RouteObject[];
  /** Pages inside the frame, for who is signed in. */
  routes?: RouteObject[];
  /** Its place in the rail; the label is its text `nav`. `ofProjects`: a role in one project is enough to go there. */
  nav?: { order: number; to: string; icon: LucideIcon; permission?: string; ofProjects?: boolean; key?: string };
  /** For the command palette; the label is its text `command.<id>`. */
  commands?: { id: string; to: string; permission?: string }[];
}

/** A route whose code is loaded when it is first shown; `handle` loads it before. */
export const page = (
  path: string,
  load: () => Promise<{ default: ComponentType }>,
  children?: RouteObject[],
): RouteObject => ({
  path,
  element: createElement(lazy(load)),
  handle: load,
  ...(children && { children }),
});
