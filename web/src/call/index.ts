/**
 * Sound, picture and data between the pages of a session. No components here; the session screen wires it so:
 *
 * 1. `const devices = createDevices(signal)`; `devices.start({ microphone: true, camera: true })` at page load shows the preview
 *    (`devices.tracks`), `devices.state` has the menus and the reason when something is missing. `watchLevel` drives the meter.
 * 2. `createMeshTransport(signal, { participantId, tabId, signaling, iceServers, relayOnly, parkedOffer })` at page load when the
 *    bootstrap has a parked offer: it is answered at once, without tracks. Otherwise at the latest on joining.
 *    `signaling` is three functions over HTTP and the socket; it may fail at any time, signals are repeated.
 * 3. Joined: `publish` both of `devices.tracks` and every later change of them; `announce(devices.media.get())` and every change;
 *    `setJoined(ids of the others who are in)` and every change; `connect(id)` for those who were in before us (newcomers begin;
 *    harmless when the parked offer was theirs); `park()` whenever nobody else is in.
 * 4. Show `transport.peers`: each has `audio` and `video` streams (put each into an element of its own, `srcObject` anew when the
 *    object changes; `playThrough(element, devices.state.get().speakerId)`), `condition` and `connections` for the words about
 *    trouble, `media` for "camera off" and "muted".
 *    Show what comes only of peers that have `joined`: an element whose stream has no picture yet holds the load event back.
 * 5. `nudge()` when the socket is connected again or a participant's presence came back. `close()` on leaving or moving away.
 */
export { createDevices, type Devices, type Tracks } from './devices/devices.ts';
export { playThrough, watchLevel } from './devices/sound.ts';
export {
  type DeviceChoice,
  type DeviceNotice,
  type DevicesState,
  NO_DEVICES,
  type SourceState,
} from './devices/state.ts';
export type { Reason } from './devices/trouble.ts';
export { createMeshTransport } from './mesh/mesh-transport.ts';
export type { Delivery, MediaTransport, Peer, Signaling } from './transport.ts';
