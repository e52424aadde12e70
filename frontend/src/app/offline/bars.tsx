import { AwayBar } from './away-bar';
import { UpdateBar } from './update-bar';

/** What concerns all pages; read out when it appears. */
export function Bars() {
  return (
    <div role="status">
      <AwayBar />
      <UpdateBar />
    </div>
  );
}
