import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { $api, ifMatch, type Schema } from '@/lib/api/client';
import { asApiError } from '@/lib/api/errors';

type Suite = Schema<'SuiteTextView'>;
const PATH = '/api/v1/suites/{suite_id}';

/** A suite's text as it is being changed, and the version that this is based on. */
export function useDraft(suite: Suite) {
  const queries = useQueryClient();
  const [base, setBase] = useState(suite);
  const [text, setText] = useState(suite.text);
  const [theirs, setTheirs] = useState<Suite>();
  const dirty = text !== base.text;
  // Another's version is shown at once where nothing would be lost.
  if (!dirty && suite.version > base.version) {
    setBase(suite);
    setText(suite.text);
  }
  const begin = (from: Suite, words: string) => {
    setBase(from);
    setText(words);
    setTheirs(undefined);
  };
  const options = $api.queryOptions('get', PATH, { params: { path: { suite_id: suite.suite_id } } });
  const { mutate, isPending, error, reset } = $api.useMutation('put', PATH, {
    onSuccess: async (saved) => {
      begin(saved, saved.text);
      queries.setQueryData(options.queryKey, saved);
      await queries.invalidateQueries({ queryKey: ['get', '/api/v1/suites/{suite_id}/versions'] });
      await queries.invalidateQueries({ queryKey: ['get', '/api/v1/suites'] });
    },
    onError: async (problem) => {
      if (asApiError(problem).stale) setTheirs(await queries.fetchQuery({ ...options, staleTime: 0 }));
    },
  });
  return {
    text,
    setText,
    dirty,
    saving: isPending,
    /** Why it was not saved; that somebody was faster is said by `theirs`. */
    error: theirs ? undefined : error,
    /** What somebody else saved meanwhile. */
    theirs,
    save: () => {
      mutate({ params: { path: { suite_id: suite.suite_id }, header: ifMatch(base.version) }, body: { text } });
    },
    discard: () => {
      reset();
      setText(base.text);
    },
    takeTheirs: () => {
      reset();
      if (theirs) begin(theirs, theirs.text);
    },
    /** What is in the draft stays, to be saved over theirs. */
    keepMine: () => {
      reset();
      if (theirs) begin(theirs, text);
    },
  };
}
export type Draft = ReturnType<typeof useDraft>;
