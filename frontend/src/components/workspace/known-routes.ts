import { createContext } from 'react';
import type { RouteObject } from 'react-router';

/** The pages that the features have registered: what is not among them cannot be gone to. */
export const KnownRoutes = createContext<readonly RouteObject[]>([]);
