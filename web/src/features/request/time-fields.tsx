import { i18n } from '@lingui/core';
import { useId } from 'react';
import { requestLimits } from '#contract/request/limits.ts';
import { Button, IconButton } from '#web/ui/button.tsx';
import { IconClose, IconPlus } from '#web/ui/icons.tsx';
import * as css from './request.module.css';
import { fieldOf, suggestedField, type TimeTrouble, timeTrouble } from './times.ts';

interface TimeFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly trouble: TimeTrouble | null;
  readonly onRemove?: (() => void) | undefined;
  /** A dialog begins here. */
  readonly begin?: boolean;
}

/** A day and a time, in the browser's own field. */
export function TimeField({ label, value, onChange, trouble, onRemove, begin }: TimeFieldProps) {
  const id = useId();
  return (
    <div className={css.field}>
      <label htmlFor={id}>{label}</label>
      <div className={css.timeRow}>
        <input
          id={id}
          type="datetime-local"
          className={css.time}
          {...(begin === true ? { 'data-begin': '' } : {})}
          value={value}
          min={fieldOf(new Date())}
          aria-invalid={trouble !== null}
          {...(trouble === null ? {} : { 'aria-describedby': `${id}-trouble` })}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
        {onRemove === undefined ? null : (
          <IconButton label={i18n._('Take {label} away', { label })} icon={<IconClose />} onClick={onRemove} />
        )}
      </div>
      {trouble === null ? null : (
        <span id={`${id}-trouble`} className={css.fieldTrouble} role="alert">
          {timeTroubleWords(trouble)}
        </span>
      )}
    </div>
  );
}

interface TimeFieldsProps {
  readonly values: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
  /** How many there may be. */
  readonly most: number;
  /** Says what is wrong: after the first try to send. */
  readonly tried: boolean;
}

/** Several times to choose from. */
export function TimeFields({ values, onChange, most, tried }: TimeFieldsProps) {
  const now = Date.now();
  return (
    <>
      {values.map((value, at) => (
        <TimeField
          // biome-ignore lint/suspicious/noArrayIndexKey: a field is what stands in its place
          key={at}
          begin={at === 0}
          label={values.length === 1 ? i18n._('Day and time') : i18n._('Time {number}', { number: at + 1 })}
          value={value}
          onChange={(next) => onChange(values.with(at, next))}
          trouble={tried ? timeTrouble(value, now) : null}
          onRemove={values.length === 1 ? undefined : () => onChange(values.toSpliced(at, 1))}
        />
      ))}
      {values.length < most ? (
        <Button
          kind="quiet"
          icon={<IconPlus size={20} />}
          onClick={() => onChange([...values, suggestedField(new Date(), values.at(-1))])}
        >
          {i18n._('Add another time')}
        </Button>
      ) : null}
    </>
  );
}

/** What is wrong with a time, in words. */
function timeTroubleWords(trouble: TimeTrouble): string {
  switch (trouble) {
    case 'missing':
      return i18n._('Please choose a day and a time.');
    case 'past':
      return i18n._('This time is over. Please choose a later one.');
    case 'far':
      return i18n._('At most {days} days ahead, please.', { days: requestLimits.aheadDays });
  }
}
