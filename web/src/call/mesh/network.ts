/** Only phones' browsers have it; TypeScript's DOM does not know it. */
interface NetworkInformation extends EventTarget {
  readonly type?: string;
}

function networkOf(source: Navigator): NetworkInformation | null {
  return 'connection' in source && source.connection instanceof EventTarget ? source.connection : null;
}

/** Calls `listener` when the device is online again, or on another kind of network (Wi-Fi, mobile). */
export function onNetworkChange(signal: AbortSignal, listener: () => void): void {
  window.addEventListener('online', listener, { signal });
  const network = networkOf(navigator);
  let type = network?.type;
  // The event also tells of mere changes in speed.
  network?.addEventListener(
    'change',
    () => {
      if (network.type === type) return;
      type = network.type;
      if (type !== 'none') listener();
    },
    { signal },
  );
}
