import { i18n } from '@lingui/core';
import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { changePolicies, type Policies, readPolicies } from '#contract/access/policies.ts';
import { keyOf } from '#web/desk-ui/asking.ts';
import { useAsk } from '#web/desk-ui/desk-context.tsx';
import { say } from '#web/desk-ui/notices.ts';
import { Section } from '#web/desk-ui/page.tsx';
import { useUnsaved } from '#web/desk-ui/unsaved.tsx';
import { useDeed } from '#web/desk-ui/use-deed.ts';

interface PolicySectionProps<Name extends keyof Policies> {
  readonly name: Name;
  readonly kept: Policies;
  readonly title: string;
  readonly about: string;
  /** What keeps it from being saved, in words. */
  wrong?(section: Policies[Name]): string | null;
  children(section: Policies[Name], set: (change: Partial<Policies[Name]>) => void): ReactNode;
}

/** One section of the organization's policies: changed and saved by itself, the others stay as they are on the server. */
export function PolicySection<Name extends keyof Policies>(props: PolicySectionProps<Name>) {
  const { name, kept, title, about, children } = props;
  const ask = useAsk();
  const client = useQueryClient();
  const [section, setSection] = useState(kept[name]);
  const save = useDeed((next: Policies[Name], requestId) =>
    ask(changePolicies, { body: { requestId, policies: { [name]: next } } }),
  );
  const isSame = JSON.stringify(section) === JSON.stringify(kept[name]);
  useUnsaved(!isSame);
  const wrong = props.wrong?.(section) ?? null;
  const trouble = wrong ?? save.trouble;
  const send = async () => {
    if (wrong !== null) return;
    const outcome = await save.run(section);
    if (outcome?.ok !== true) return;
    setSection(outcome.value[name]);
    client.setQueryData(keyOf(readPolicies, {}), outcome.value);
    say(i18n._('Saved.'));
  };
  return (
    <Section title={title} about={about}>
      <form
        className="policy"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        {children(section, (change) => setSection({ ...section, ...change }))}
        {trouble === null ? null : (
          <p className="trouble" role="alert">
            {trouble}
          </p>
        )}
        {isSame ? null : (
          <div className="row">
            <Button type="submit" loading={save.busy} disabled={wrong !== null}>
              {i18n._('Save')}
            </Button>
            <Button variant="default" onClick={() => setSection(kept[name])}>
              {i18n._('Undo changes')}
            </Button>
          </div>
        )}
      </form>
    </Section>
  );
}
