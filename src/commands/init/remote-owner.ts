import { gitSetting } from '../../git/checkout.ts';

/**
 * Whose repository it is by its remote `origin`: `acme/search` of `git@github.com:acme/search.git`, groups of groups
 * included. Empty where there is no remote, or where it is a folder, which names nobody.
 */
export async function remoteOwner(root: string): Promise<string> {
  return ownerInUrl(await gitSetting(root, 'remote.origin.url'));
}

export function ownerInUrl(url: string): string {
  const words = pathOf(url)
    .split('/')
    .filter((word) => word !== '');
  return words.length < 2 ? '' : words.join('/').replace(/\.git$/, '');
}

function pathOf(url: string): string {
  if (URL.canParse(url) && url.includes('://')) {
    const { hostname, pathname } = new URL(url);
    return hostname === '' ? '' : pathname;
  }
  // As scp has it: git@github.com:acme/search.git. C:\search is a folder, and so is ./a:b.
  const colon = url.indexOf(':');
  return colon > 1 && !url.slice(0, colon).includes('/') ? url.slice(colon + 1) : '';
}
