import { useParams, useSearchParams } from 'react-router';

/** Addresses of the pages of this step; the analysis chosen stays chosen. */
export function useTo() {
  const { projectId = '' } = useParams();
  const [search] = useSearchParams();
  const analysis = search.get('analysis');
  return (page: string, parameters: Record<string, string> = {}) => {
    const query = new URLSearchParams({ ...(analysis && { analysis }), ...parameters }).toString();
    return `/projects/${projectId}/analysis${page && `/${page}`}${query && `?${query}`}`;
  };
}
