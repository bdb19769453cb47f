import { BlockList, isIP } from 'node:net';

/**
 * Whether `NO_PROXY` names a host, as curl reads it: names with all that ends in them, addresses, networks with
 * their number of bits. `*` counts only where it stands alone, and `*.example.com` or a port match nothing.
 *
 * @param host without brackets
 */
export function bypassesProxy(host: string, list: string): boolean {
  if (list === '*') return true;
  const family = isIP(host);
  const name = host.toLowerCase().replace(/\.$/, '');
  return list
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => (family === 0 ? holdsName(entry, name) : holdsAddress(entry, host, family)));
}

function holdsName(entry: string, name: string): boolean {
  const domain = entry.toLowerCase().replace(/\.$/, '').replace(/^\./, '');
  return domain !== '' && (name === domain || name.endsWith(`.${domain}`));
}

function holdsAddress(entry: string, host: string, family: number): boolean {
  const [network = '', bits] = entry.split('/');
  if (isIP(network) !== family) return false;
  const most = family === 4 ? 32 : 128;
  // No bits are all of them: curl takes 10.0.0.1/0 for the one address.
  const prefix = bits === undefined || Number(bits) === 0 ? most : Number(bits);
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > most) return false;
  const type = family === 4 ? 'ipv4' : 'ipv6';
  const holds = new BlockList();
  holds.addSubnet(network, prefix, type);
  return holds.check(host, type);
}
