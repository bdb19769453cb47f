/**
 * Loads the HTTP client while there is other work to do: its WebAssembly parser is compiled in the background, and
 * is ready by the time manifests are read. Nothing is connected, and nothing is called.
 */
export function preloadTransport(): void {
  void import('../../net/undici.ts');
}
