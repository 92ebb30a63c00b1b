/** Address of the WebAssembly module, in the form that bundlers understand. */
export const coreUrl: URL = new URL('./core/core.wasm', import.meta.url);

/** Fetches and compiles the module: for browsers and workers (pass `coreUrl`, or where the build has put the file). In Node, read the file
 *  at `coreUrl` and pass its bytes to `createTracker`. Rejects when it cannot be fetched. */
export async function loadCore(url: URL | string): Promise<WebAssembly.Module> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`tracker core: ${response.status}`);
  return WebAssembly.compile(await response.arrayBuffer());
}
