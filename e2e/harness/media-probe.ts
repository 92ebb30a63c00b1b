/** What a test asks a page about its media. Lives in the page; the product does not know of it. */
export interface MediaProbe {
  readonly connections: RTCPeerConnection[];
  /** Media elements that were ever played. */
  readonly played: Set<HTMLMediaElement>;
  /** The size of the first picture that each video element of each stream showed. */
  readonly firstPictures: { readonly label: string; readonly width: number; readonly height: number }[];
  /** How often the page asked for camera or microphone. */
  mediaAsked: number;
}

declare global {
  interface Window {
    probe: MediaProbe;
  }
}

/** Runs in every page before its own scripts: keeps hold of what statistics and pictures are read from. */
export function watchMedia(): void {
  const probe: MediaProbe = { connections: [], played: new Set(), firstPictures: [], mediaAsked: 0 };
  window.probe = probe;
  const Native = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Native {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      probe.connections.push(this);
    }
  };
  const { play } = HTMLMediaElement.prototype;
  HTMLMediaElement.prototype.play = function () {
    probe.played.add(this);
    return play.call(this);
  };
  const seen = new WeakSet<object>();
  const first = (event: Event) => {
    const video = event.target;
    if (!(video instanceof HTMLVideoElement) || !(video.srcObject instanceof MediaStream)) return;
    if (video.videoWidth === 0 || seen.has(video.srcObject)) return;
    seen.add(video.srcObject);
    const label = video.getAttribute('aria-label') ?? '';
    probe.firstPictures.push({ label, width: video.videoWidth, height: video.videoHeight });
  };
  // These events don't bubble, but they can be caught on their way down.
  for (const name of ['loadedmetadata', 'resize']) document.addEventListener(name, first, true);
  const devices = navigator.mediaDevices;
  if (devices === undefined) return;
  const ask = devices.getUserMedia.bind(devices);
  devices.getUserMedia = (constraints) => {
    probe.mediaAsked += 1;
    return ask(constraints);
  };
}
