import { i18n } from '@lingui/core';
import { NumberInput } from '@mantine/core';
import type { Policies } from '#contract/access/policies.ts';
import { PolicySection } from './policy-section.tsx';

/** A11 for the organization: how long a request waits, and when both sides are reminded. */
export function RequestsSection({ kept }: { kept: Policies }) {
  return (
    <PolicySection
      name="requests"
      kept={kept}
      title={i18n._('Requests')}
      about={i18n._('When customers ask for a video session.')}
    >
      {(section, set) => (
        <div className="two-fields">
          <NumberInput
            label={i18n._('Hours that a request waits')}
            description={i18n._('If nobody agrees to it by then, it ends, and both sides are told. 1 to 720.')}
            allowDecimal={false}
            allowNegative={false}
            min={1}
            max={720}
            clampBehavior="blur"
            value={section.expireHours}
            onChange={(typed) => {
              if (typeof typed === 'number') set({ expireHours: typed });
            }}
          />
          <NumberInput
            label={i18n._('Minutes before an agreed time')}
            description={i18n._('Then both sides are reminded. 5 to 1440.')}
            allowDecimal={false}
            allowNegative={false}
            min={5}
            max={1_440}
            clampBehavior="blur"
            value={section.remindMinutes}
            onChange={(typed) => {
              if (typeof typed === 'number') set({ remindMinutes: typed });
            }}
          />
        </div>
      )}
    </PolicySection>
  );
}
