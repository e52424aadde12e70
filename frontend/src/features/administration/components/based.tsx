import { Fragment, useState, type ReactNode } from 'react';

interface Props<Row> {
  row: Row;
  /** The present version. */
  load: () => Promise<Row | undefined>;
  children: (row: Row, reload: () => void) => ReactNode;
}

/** A form that is based on one version of something; another comes only when it is asked for. */
export function Based<Row extends { version: number }>({ row, load, children }: Props<Row>) {
  const [base, setBase] = useState(row);
  const reload = async () => {
    const present = await load();
    if (present) setBase(present);
  };
  return <Fragment key={base.version}>{children(base, () => void reload())}</Fragment>;
}
