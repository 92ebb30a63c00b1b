/** With this the picture is sharp from its first second; the estimate corrects it downwards in time on a bad link (research/webrtc.md §1). */
const START_KBPS = 2500;

/**
 * Asks Chromium's and Safari's sender to begin video at `kbps` instead of 300: put into the description of the *other* side,
 * beside whatever that said about each codec.
 */
export function withStartBitrate(sdp: string, kbps = START_KBPS): string {
  const hint = `x-google-start-bitrate=${kbps}`;
  const lines = sdp.split('\r\n');
  const described = new Set<string>();
  for (const line of lines) {
    const payload = /^a=fmtp:(\d+) /.exec(line)?.[1];
    if (payload) described.add(payload);
  }
  const codecs = new Map<string, boolean>();
  for (const line of lines) {
    const payload = /^a=rtpmap:(\d+) (?:VP8|VP9|H264|AV1)\/90000$/i.exec(line)?.[1];
    if (payload) codecs.set(payload, described.has(payload));
  }
  return lines
    .flatMap((line) => {
      const [, kind = '', payload = ''] = /^a=(rtpmap|fmtp):(\d+) /.exec(line) ?? [];
      const hasOwn = codecs.get(payload);
      if (kind === 'fmtp' && hasOwn === true) return [`${line};${hint}`];
      if (kind === 'rtpmap' && hasOwn === false) return [line, `a=fmtp:${payload} ${hint}`];
      return [line];
    })
    .join('\r\n');
}
