import { useId } from 'react';
import * as css from './text-field.module.css';

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string;
  /** What is wrong with it, in words; said aloud when it appears. */
  readonly error?: string | undefined;
  readonly lines?: number;
  readonly maxLength?: number;
  readonly autoComplete?: string;
  readonly autoCapitalize?: string;
  readonly inputMode?: 'text' | 'numeric' | 'email';
  readonly autoFocus?: boolean;
  /** A dialog begins here. */
  readonly begin?: boolean;
  readonly placeholder?: string;
  readonly className?: string;
  readonly spellCheck?: boolean;
}

/** A labelled field of one or several lines. */
export function TextField({
  label,
  value,
  onChange,
  hint,
  error,
  lines = 1,
  className,
  begin,
  ...rest
}: TextFieldProps) {
  const id = useId();
  const about = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`].filter(Boolean).join(' ');
  const common = {
    id,
    value,
    className: className === undefined ? css.input : `${css.input} ${className}`,
    'aria-invalid': error !== undefined,
    ...(begin === true ? { 'data-begin': '' } : {}),
    ...(about === '' ? {} : { 'aria-describedby': about }),
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
    ...rest,
  };
  return (
    <div className={css.field}>
      <label className={css.label} htmlFor={id}>
        {label}
      </label>
      {hint !== undefined && (
        <span className={css.hint} id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {lines > 1 ? <textarea rows={lines} {...common} /> : <input type="text" {...common} />}
      {error !== undefined && (
        <span className={css.error} id={`${id}-error`} role="alert">
          {error}
        </span>
      )}
    </div>
  );
}
