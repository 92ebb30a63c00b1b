import { describe, expect, it } from 'vitest';
import { withStartBitrate } from './sdp.ts';

const sdp = [
  'm=video 9 UDP/TLS/RTP/SAVPF 96 97 102',
  'a=rtpmap:96 VP8/90000',
  'a=rtcp-fb:96 nack',
  'a=rtpmap:97 rtx/90000',
  'a=fmtp:97 apt=96',
  'a=rtpmap:102 H264/90000',
  'a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1',
  '',
].join('\r\n');

describe('start bitrate', () => {
  it('is said once for each video codec, beside what was said before', () => {
    expect(withStartBitrate(sdp, 2000).split('\r\n')).toEqual([
      'm=video 9 UDP/TLS/RTP/SAVPF 96 97 102',
      'a=rtpmap:96 VP8/90000',
      'a=fmtp:96 x-google-start-bitrate=2000',
      'a=rtcp-fb:96 nack',
      'a=rtpmap:97 rtx/90000',
      'a=fmtp:97 apt=96',
      'a=rtpmap:102 H264/90000',
      'a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;x-google-start-bitrate=2000',
      '',
    ]);
  });
  it('leaves anything else as it is', () => {
    expect(withStartBitrate('v=0\r\na=rtpmap:111 opus/48000/2\r\n')).toBe('v=0\r\na=rtpmap:111 opus/48000/2\r\n');
  });
});
