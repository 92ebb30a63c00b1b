export { createMeshTransport, type MeshOptions } from './mesh/mesh-transport.ts';
export type { Delivery, MediaTransport, Peer, Signaling } from './transport.ts';
