const VARIABLES = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'] as const;

/** Whether the environment names a proxy for this origin. NO_PROXY is left to undici's agent, which reads it too. */
export function needsProxy(origin: string, env: Readonly<Record<string, string | undefined>>): boolean {
  return !isLoopback(new URL(origin).hostname) && VARIABLES.some((name) => (env[name] ?? '') !== '');
}

/** A proxy elsewhere cannot reach this machine's own services, the sandbox among them. */
function isLoopback(host: string): boolean {
  return (
    host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(?:\.\d+){3}$/.test(host)
  );
}
