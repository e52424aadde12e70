import { Fragment } from 'react';
import { Link } from '@/components/link';
import { objectId } from '../data/objects';
import { useTo } from '../data/use-to';

/** Tables, views, routines ... by name, each a way to its page. */
export function ObjectLinks({ objects }: { objects: readonly { kind: string; name: string }[] }) {
  const to = useTo();
  return objects.map((object, at) => (
    <Fragment key={objectId(object)}>
      {at > 0 && ', '}
      <Link to={to('tables', object.kind === 'table' ? { table: object.name } : { object: objectId(object) })}>
        <code dir="auto">{object.name}</code>
      </Link>
    </Fragment>
  ));
}
