import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asApiError } from '@/lib/api/errors';

interface Options<Values> {
  /** Members that must not be empty. */
  required?: readonly (keyof Values & string)[];
  /** The last answer's error: what it says of a member stands at its field. */
  error?: unknown;
}

/** What a Field is given. */
export interface Bound {
  name: string;
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
}

/** The texts of a form: `bind('name')` gives a Field its value, change and fault. */
export function useFields<Values extends Record<string, string>>(initial: Values, options: Options<Values> = {}) {
  const { t } = useTranslation('common');
  const [values, setValues] = useState(initial);
  const [tried, setTried] = useState(false);
  const error = options.error ? asApiError(options.error) : undefined;
  const missing = (name: string) => tried && options.required?.includes(name) && !values[name]?.trim();
  return {
    values,
    set: (changes: Partial<Values>) => {
      setValues((before) => ({ ...before, ...changes }));
    },
    bind: (name: keyof Values & string): Bound => ({
      name,
      value: values[name] ?? '',
      onChange: (value: string) => {
        setValues((before) => ({ ...before, [name]: value }));
      },
      error: missing(name) ? t('form.required') : error?.field(name),
    }),
    /** For onSubmit: goes on only when nothing is missing. */
    submit: (go: (values: Values) => void) => (event: { preventDefault: () => void }) => {
      event.preventDefault();
      setTried(true);
      if (options.required?.every((name) => values[name]?.trim()) ?? true) go(values);
    },
  };
}
