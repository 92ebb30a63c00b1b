/**
 * Runs in the page before its own scripts: notes when the first frame of a remote video track is shown, and how wide it
 * is, in any page (the product's or the yardstick's). `window.firstRemoteFrame` is set once.
 */
export function probe(): void {
  const remote = new Set<string>();
  const watched = new WeakSet<HTMLVideoElement>();
  const Original = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      this.addEventListener('track', ({ track }) => remote.add(track.id));
    }
  };
  const look = () => {
    for (const video of document.querySelectorAll('video')) {
      const stream = video.srcObject;
      const isRemote = stream instanceof MediaStream && stream.getVideoTracks().some((track) => remote.has(track.id));
      if (!isRemote || watched.has(video)) continue;
      watched.add(video);
      video.requestVideoFrameCallback((_now, frame) => {
        Reflect.set(
          window,
          'firstRemoteFrame',
          Reflect.get(window, 'firstRemoteFrame') ?? {
            at: performance.timeOrigin + performance.now(),
            width: frame.width,
          },
        );
      });
    }
    if (Reflect.get(window, 'firstRemoteFrame') === undefined) setTimeout(look, 4);
  };
  look();
}

/** Presses Join the moment it can be pressed, as a person with the finger on it would. */
export function pressJoin(): void {
  const press = () => {
    const button = document.querySelector<HTMLButtonElement>('#join');
    if (button === null || button.disabled) setTimeout(press, 4);
    else button.click();
  };
  press();
}
