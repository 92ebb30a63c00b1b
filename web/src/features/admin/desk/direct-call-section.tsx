import { i18n } from '@lingui/core';
import { NumberInput } from '@mantine/core';
import type { Policies } from '#contract/access/policies.ts';
import { SwitchRow } from '#web/desk-ui/switch-row.tsx';
import { PolicySection } from './policy-section.tsx';

/** A12 for the organization: whether customers may call at all, and how long it rings. */
export function DirectCallSection({ kept }: { kept: Policies }) {
  return (
    <PolicySection
      name="directCall"
      kept={kept}
      title={i18n._('Direct call')}
      about={i18n._('A customer calls, and it rings at every employee who is available.')}
    >
      {(section, set) => (
        <>
          <SwitchRow
            title={i18n._('Customers may call directly')}
            about={i18n._('Each code has a switch of its own as well: this one alone lets nobody call.')}
            on={section.enabled}
            onChange={(enabled) => set({ enabled })}
          />
          {section.enabled ? (
            <NumberInput
              className="policy-number"
              label={i18n._('Seconds that it rings')}
              description={i18n._('When nobody has answered by then, the call becomes a request. 10 to 300.')}
              allowDecimal={false}
              allowNegative={false}
              min={10}
              max={300}
              clampBehavior="blur"
              value={section.ringSeconds}
              onChange={(typed) => {
                if (typeof typed === 'number') set({ ringSeconds: typed });
              }}
            />
          ) : null}
        </>
      )}
    </PolicySection>
  );
}
