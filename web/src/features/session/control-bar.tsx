import { i18n } from '@lingui/core';
import { createStore } from '#web/state/store.ts';
import { useStore } from '#web/state/use-store.ts';
import { IconFlip, IconHangUp, IconPeople, IconSettings } from '#web/ui/call-icons.tsx';
import { IconDown, IconMessage, IconMore } from '#web/ui/icons.tsx';
import { Menu } from '#web/ui/menu.tsx';
import { cameraSections, microphoneSections } from './device-menus.ts';
import { leaveSections } from './leave-menu.ts';
import type { Panel } from './menu-model.ts';
import { isOn } from './own-devices.ts';
import type { ToolButton } from './picture-tools.ts';
import { useRoom } from './room.ts';
import * as css from './screen.module.css';
import { panelWords } from './side-menu.tsx';
import { CameraButton, Control, MicrophoneButton } from './switches.tsx';

/** Before the picture tools are here, they have no buttons. */
const NO_BUTTONS = createStore<readonly ToolButton[]>([]);

/** The one bar of controls: what one sends, leaving, and the side menu's panels. */
export function ControlBar() {
  const room = useRoom();
  const { own, menu, chat, screen, facts } = room;
  const devices = useStore(own.state);
  const wish = useStore(own.wish);
  const { open, panel } = useStore(menu.menu);
  const unread = useStore(chat.unread);
  const { you } = useStore(facts.session);
  const tools = useStore(room.tools);
  const toolButtons = useStore(tools?.buttons ?? NO_BUTTONS);
  const shows = (one: Panel) => open && panel === one;
  return (
    <section className={css.controls} aria-label={i18n._('Controls')}>
      <div className={css.group} />
      <div className={css.group}>
        <span className={css.split}>
          <MicrophoneButton on={isOn('microphone', wish, devices)} toggle={room.toggleMicrophone} />
          <Menu
            label={i18n._('Choose microphone and speaker')}
            icon={<IconDown size={20} />}
            side="above"
            align="start"
            sections={microphoneSections(devices, own)}
          />
        </span>
        <span className={css.split}>
          <CameraButton on={isOn('camera', wish, devices)} toggle={room.toggleCamera} />
          <Menu
            label={i18n._('Choose camera')}
            icon={<IconDown size={20} />}
            side="above"
            align="start"
            sections={cameraSections(devices, own)}
          />
        </span>
        {devices.canFlip ? (
          <Control
            caption={i18n._('Flip')}
            label={i18n._('Flip the camera')}
            icon={<IconFlip />}
            onClick={() => void own.flipCamera()}
          />
        ) : null}
        {toolButtons.map((button) => (
          <Control key={button.id} {...button} className={css.onlyDesk} />
        ))}
        <span className={css.split}>
          <Control
            id="leave"
            caption={i18n._('Leave')}
            label={i18n._('Leave the session')}
            icon={<IconHangUp />}
            className={css.leave}
            onClick={() => void screen.leave()}
          />
          {you.mayEnd ? (
            <Menu
              label={i18n._('Leave or end for all')}
              icon={<IconMore size={20} />}
              side="above"
              sections={leaveSections(room)}
            />
          ) : null}
        </span>
      </div>
      <div className={css.group}>
        <Control
          id="show-chat"
          caption={i18n._('Chat')}
          label={unread > 0 ? i18n._('Chat, {unread} unread', { unread }) : i18n._('Chat')}
          icon={<IconMessage />}
          badge={unread}
          expanded={shows('chat')}
          onClick={() => menu.toggle('chat')}
        />
        <Control
          id="show-participants"
          caption={panelWords('participants')}
          icon={<IconPeople />}
          className={css.onlyDesk}
          expanded={shows('participants')}
          onClick={() => menu.toggle('participants')}
        />
        <Control
          id="show-settings"
          caption={panelWords('settings')}
          icon={<IconSettings />}
          className={css.onlyDesk}
          expanded={shows('settings')}
          onClick={() => menu.toggle('settings')}
        />
      </div>
    </section>
  );
}
