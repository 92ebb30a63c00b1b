import { i18n } from '@lingui/core';
import type { Recording } from '#contract/recording/http.ts';
import { Button } from '#web/ui/button.tsx';
import { dateTimeWords, fullTimeWords } from '#web/ui/time-words.ts';
import { IconDownload } from './icons.tsx';
import { ledgerCsv, ledgerJson, nameOf } from './ledger-files.ts';
import * as css from './record.module.css';
import { saveMade } from './save.ts';
import { answerWords } from './words.ts';

const languages = { en: () => i18n._('English'), de: () => i18n._('German') } as const;

/** The ledger of a recording: who answered what, when, to which words. */
export function ConsentList({ recording }: { recording: Recording }) {
  const { ledger } = recording;
  if (ledger.length === 0) return null;
  return (
    <details
      className={css.consent}
      onToggle={({ currentTarget }) => {
        if (currentTarget.open) currentTarget.scrollIntoView({ block: 'nearest' });
      }}
    >
      <summary>
        {i18n._('Consent of {count, plural, one {# person} other {# people}}', { count: peopleIn(ledger) })}
      </summary>
      <div className={css.wide}>
        <table>
          <thead>
            <tr>
              <th scope="col">{i18n._('Person')}</th>
              <th scope="col">{i18n._('Their answer')}</th>
              <th scope="col">{i18n._('When')}</th>
              <th scope="col">{i18n._('Words they read')}</th>
            </tr>
          </thead>
          <tbody>
            {ledger.map((entry) => (
              <tr key={`${entry.participantId} ${entry.at} ${entry.answer}`}>
                <td>{nameOf(entry)}</td>
                <td data-answer={entry.answer}>{answerWords(entry)}</td>
                <td>
                  <time dateTime={entry.at} title={fullTimeWords(entry.at)}>
                    {dateTimeWords(entry.at)}
                  </time>
                </td>
                <td>{entry.wording === null ? '–' : <Wording wording={entry.wording} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={css.deeds}>
        <Button icon={<IconDownload size={18} />} onClick={() => saveMade(ledgerCsv(recording))}>
          {i18n._('Save as a table (CSV)')}
        </Button>
        <Button icon={<IconDownload size={18} />} onClick={() => saveMade(ledgerJson(recording))}>
          {i18n._('Save for programs (JSON)')}
        </Button>
      </p>
    </details>
  );
}

const peopleIn = (ledger: Recording['ledger']) => new Set(ledger.map(({ participantId }) => participantId)).size;

function Wording({ wording }: { wording: NonNullable<Recording['ledger'][number]['wording']> }) {
  const { version, language, text } = wording;
  return (
    <details>
      <summary>{i18n._('{language}, version {version}', { language: languages[language](), version })}</summary>
      <p lang={language}>{text}</p>
    </details>
  );
}
