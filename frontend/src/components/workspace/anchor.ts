/** Where a comment stands besides the project itself: a table, or a field of it, as a JSON pointer of the names. */
export function anchorOf(table: string, field?: string) {
  const names = field === undefined ? [table] : [table, field];
  return names.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** "customer.email" of such an anchor; other pointers (of whoever writes by the API) as they are. */
export function nameOf(anchor: string) {
  const names = anchor.split('/').slice(1);
  if (!anchor.startsWith('/') || names.length > 2) return anchor;
  return names.map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~')).join('.');
}
