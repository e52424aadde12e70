import { useFilters } from '@/components/filter';
import { useMay } from '@/lib/api/me';
import type { Schema } from '@/lib/api/client';
import { RuleForm } from '../components/rule-form';
import { Rules } from '../components/rules';
import { SuiteFrame } from '../components/suite-frame';
import { useDraft } from '../live/use-draft';
import { readSuite, removeCheck, setCheck } from '../suite/suite-text';
import { Beside } from '@/components/side-panel';

function Editor({ suite }: { suite: Schema<'SuiteTextView'> }) {
  const mayWrite = useMay()('suites.write');
  const draft = useDraft(suite);
  const { values, set } = useFilters(['rule']);
  const read = readSuite(draft.text);
  const at = values.rule === undefined ? undefined : Number(values.rule);
  const check = read?.checks.find((each) => each.at === at);
  const close = () => {
    set({ rule: '' });
  };
  const side = mayWrite && read && (check ?? values.rule === 'new') && (
    <RuleForm
      key={values.rule}
      check={check}
      flow={read.attach === 'flow'}
      onApply={(members) => {
        draft.setText(setCheck(draft.text, check?.at, members));
        close();
      }}
      onRemove={() => {
        if (check) draft.setText(removeCheck(draft.text, check.at));
        close();
      }}
      onClose={close}
    />
  );
  return (
    <Beside side={side}>
      <Rules draft={draft} suite={read} mayWrite={mayWrite} />
    </Beside>
  );
}

/** What a suite demands: as a list with forms, and as text, both in step. */
export default function SuiteRules() {
  return <SuiteFrame>{(suite) => <Editor key={suite.suite_id} suite={suite} />}</SuiteFrame>;
}
