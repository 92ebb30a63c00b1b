import { i18n } from '@lingui/core';
import { ActionIcon, Menu } from '@mantine/core';
import { useState } from 'react';
import { listMembers, type Member, type Role, updateMember } from '#contract/access/http.ts';
import { useRefresh } from '#web/desk-ui/asking.ts';
import { ConfirmDialog } from '#web/desk-ui/confirm-dialog.tsx';
import { useAsk } from '#web/desk-ui/desk-context.tsx';
import { CheckIcon, ChevronDownIcon, MoreIcon, PowerIcon, RecordIcon } from '#web/desk-ui/icons.tsx';
import { say, sayTrouble } from '#web/desk-ui/notices.ts';
import { useDeed } from '#web/desk-ui/use-deed.ts';
import { refusalWords } from '#web/http/refusal-words.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { useMe } from './me.tsx';
import { mayLetRecord, maySwitch, rolesFor } from './member-rules.ts';
import { roleMeaning, roleWords } from './role-words.ts';

interface MemberWish {
  readonly role?: Role;
  readonly active?: boolean;
  readonly mayRecord?: boolean;
}

/** One member: role, whether they may record, on or off. */
export function MemberRow({ member, members }: { member: Member; members: readonly Member[] }) {
  const self = useMe().member;
  const ask = useAsk();
  const refresh = useRefresh();
  const [confirming, setConfirming] = useState(false);
  const change = useDeed((wish: MemberWish, requestId) =>
    ask(updateMember, { params: { memberId: member.id }, body: { requestId, ...wish } }),
  );
  const run = async (wish: MemberWish, done: string) => {
    const outcome = await change.run(wish);
    if (outcome === null) return;
    refresh(listMembers);
    if (outcome.ok) say(done);
    else sayTrouble(refusalWords(outcome));
    if (outcome.ok) setConfirming(false);
  };
  const giveRole = (role: Role) => {
    if (role === member.role) return;
    void run({ role }, i18n._('{name} is now {role}.', { name: member.name, role: roleWords(role) }));
  };
  const switchTo = (active: boolean) =>
    run(
      { active },
      active
        ? i18n._('{name} can sign in again.', { name: member.name })
        : i18n._('{name} is switched off.', { name: member.name }),
    );
  const letRecord = (mayRecord: boolean) =>
    run(
      { mayRecord },
      mayRecord
        ? i18n._('{name} may record sessions.', { name: member.name })
        : i18n._('{name} may no longer record sessions.', { name: member.name }),
    );
  const roles = rolesFor(self, member, members);
  const switchable = maySwitch(self, member, members);
  const recordable = mayLetRecord(self, member, members);

  return (
    <li className="member-row" data-off={!member.active}>
      <Avatar name={member.name} size={36} />
      <div className="list-main">
        <div className="name clip">
          {member.name}
          {member.id === self.id ? <span className="muted"> {i18n._('(you)')}</span> : null}
        </div>
        <div className="small clip">{member.email}</div>
      </div>
      {member.active ? null : <span className="pill">{i18n._('Switched off')}</span>}
      {member.active && (member.mayRecord || member.role === 'admin') ? (
        <span className="may-record" title={i18n._('May record sessions')}>
          <RecordIcon />
          <span className="only-heard">{i18n._('May record sessions')}</span>
        </span>
      ) : null}
      {roles.length > 0 ? (
        <Menu position="bottom-end" width={280}>
          <Menu.Target>
            <button
              type="button"
              className="choice"
              aria-label={i18n._('Role of {name}: {role}', { name: member.name, role: roleWords(member.role) })}
            >
              {roleWords(member.role)}
              <ChevronDownIcon size={16} />
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            {roles.map((role) => (
              <Menu.Item
                key={role}
                onClick={() => giveRole(role)}
                rightSection={role === member.role ? <CheckIcon /> : null}
              >
                <span className="menu-title">{roleWords(role)}</span>
                <span className="menu-about">{roleMeaning(role)}</span>
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : (
        <span className="choice" data-fixed="true">
          {roleWords(member.role)}
        </span>
      )}
      {switchable || recordable ? (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={i18n._('More about {name}', { name: member.name })}>
              <MoreIcon />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {recordable ? (
              <Menu.Item leftSection={<RecordIcon />} onClick={() => void letRecord(!member.mayRecord)}>
                {member.mayRecord ? i18n._('No longer let record') : i18n._('Let record sessions')}
              </Menu.Item>
            ) : null}
            {!switchable ? null : member.active ? (
              <Menu.Item color="red" leftSection={<PowerIcon />} onClick={() => setConfirming(true)}>
                {i18n._('Switch off')}
              </Menu.Item>
            ) : (
              <Menu.Item leftSection={<PowerIcon />} onClick={() => void switchTo(true)}>
                {i18n._('Switch on')}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      ) : (
        <span className="no-menu" />
      )}
      <ConfirmDialog
        opened={confirming}
        onClose={() => setConfirming(false)}
        title={i18n._('Switch off {name}?', { name: member.name })}
        deed={i18n._('Switch off')}
        danger
        busy={change.busy}
        trouble={change.trouble}
        onConfirm={() => void switchTo(false)}
      >
        <p>
          {i18n._('{name} is signed out everywhere at once and cannot sign in. Tickets and messages stay.', {
            name: member.name,
          })}
        </p>
        <p>{i18n._('You can switch the member on again at any time.')}</p>
      </ConfirmDialog>
    </li>
  );
}
