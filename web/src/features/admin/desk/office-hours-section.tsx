import { i18n } from '@lingui/core';
import { NativeSelect, Textarea } from '@mantine/core';
import type { OpenHours, Policies } from '#contract/access/policies.ts';
import { SwitchRow } from '#web/desk-ui/switch-row.tsx';
import { isWrongWeek, timeOf, timeZones, typedEnd, withDay } from './office-hours-form.ts';
import { PolicySection } from './policy-section.tsx';
import { weekdayWords } from './weekday-words.ts';

/** When somebody is there to answer, and what customers read outside of that. */
export function OfficeHoursSection({ kept }: { kept: Policies }) {
  return (
    <PolicySection
      name="officeHours"
      kept={kept}
      title={i18n._('Office hours')}
      about={i18n._('Outside of them nobody can call directly; customers read when you are back.')}
      wrong={({ week }) => (isWrongWeek(week) ? i18n._('A day has to begin before it ends.') : null)}
    >
      {(section, set) => (
        <>
          <SwitchRow
            title={i18n._('We have office hours')}
            about={i18n._('Without them, customers can call whenever an employee is available.')}
            on={section.enabled}
            onChange={(enabled) => set({ enabled })}
          />
          {section.enabled ? (
            <>
              <NativeSelect
                className="policy-field"
                label={i18n._('Time zone')}
                data={timeZones(section.timeZone)}
                value={section.timeZone}
                onChange={(event) => set({ timeZone: event.currentTarget.value })}
              />
              <fieldset className="week">
                <legend className="only-heard">{i18n._('Days of the week')}</legend>
                {weekdayWords().map((weekday, at) => (
                  <WeekDay
                    key={weekday}
                    weekday={weekday}
                    hours={section.week[at] ?? null}
                    onHours={(hours) => set({ week: withDay(section.week, at, hours) })}
                  />
                ))}
              </fieldset>
              <Textarea
                className="policy-field"
                label={i18n._('What customers read outside of the office hours')}
                description={i18n._('May stay empty: when you are back is said in any case.')}
                autosize
                minRows={2}
                maxLength={400}
                value={section.message}
                onChange={(event) => set({ message: event.currentTarget.value })}
              />
            </>
          ) : null}
        </>
      )}
    </PolicySection>
  );
}

interface WeekDayProps {
  readonly weekday: string;
  readonly hours: OpenHours | null;
  onHours(hours: OpenHours | null): void;
}

const DAYTIME: OpenHours = { from: '08:00', to: '17:00' };

function WeekDay({ weekday, hours, onHours }: WeekDayProps) {
  return (
    <div className="week-day">
      <label className="week-name">
        <input
          type="checkbox"
          checked={hours !== null}
          onChange={(event) => onHours(event.currentTarget.checked ? DAYTIME : null)}
        />
        {weekday}
      </label>
      {hours === null ? (
        <span className="muted">{i18n._('Closed')}</span>
      ) : (
        <span className="week-hours">
          <input
            type="time"
            className="week-time"
            required
            aria-label={i18n._('{weekday}: from', { weekday })}
            value={timeOf(hours.from)}
            onChange={(event) => onHours({ ...hours, from: event.currentTarget.value })}
          />
          –
          <input
            type="time"
            className="week-time"
            required
            aria-label={i18n._('{weekday}: until', { weekday })}
            value={timeOf(hours.to)}
            onChange={(event) => onHours({ ...hours, to: typedEnd(event.currentTarget.value) })}
          />
        </span>
      )}
    </div>
  );
}
