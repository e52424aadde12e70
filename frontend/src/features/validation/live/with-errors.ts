/**
 * For queries that are begun outside of the project's frame and shown inside: what is read of them there for the first
 * time, an error, has to be told as well.
 */
export const WITH_ERRORS = { notifyOnChangeProps: 'all' } as const;
