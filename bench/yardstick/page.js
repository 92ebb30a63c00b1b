// The naive call that the product's join is held against: a script file, then the camera, then the WebSocket, then an
// offer from whoever was there first; one connection, trickled candidates. As short as it can be written.
const role = new URLSearchParams(location.search).get('role');
const show = (stream, muted) => {
  const video = document.body.appendChild(document.createElement('video'));
  Object.assign(video, { srcObject: stream, muted, autoplay: true, playsInline: true });
};
const camera = await navigator.mediaDevices.getUserMedia({
  audio: true,
  video: { width: 1280, height: 720, frameRate: 30 },
});
show(camera, true);
const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/socket${location.search}`);
const send = (message) => socket.send(JSON.stringify(message));
const connection = new RTCPeerConnection();
for (const track of camera.getTracks()) connection.addTrack(track, camera);
connection.onicecandidate = ({ candidate }) => candidate && send({ candidate });
connection.ontrack = ({ track, streams }) => track.kind === 'video' && show(streams[0], true);
socket.onopen = () => role === 'guest' && send({ hello: true });
const early = [];
socket.onmessage = async ({ data }) => {
  const { hello, description, candidate } = JSON.parse(data);
  if (hello) {
    await connection.setLocalDescription();
    send({ description: connection.localDescription });
  }
  if (candidate) await (connection.remoteDescription ? connection.addIceCandidate(candidate) : early.push(candidate));
  if (!description) return;
  await connection.setRemoteDescription(description);
  for (const one of early.splice(0)) await connection.addIceCandidate(one);
  if (description.type !== 'offer') return;
  await connection.setLocalDescription();
  send({ description: connection.localDescription });
};
document.title = 'ready';
