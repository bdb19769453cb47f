import { describe, expect, it } from 'vitest';
import { openGitHub } from '../../src/github/octokit.ts';
import { reply, serve } from '../api/local-service.ts';
import { startProxy } from '../net/loopback-proxy.ts';

const TOKEN = 'ghs_0123456789abcdef';

async function gitHub(env: Record<string, string>, apiUrl: string) {
  const sleeps: number[] = [];
  const github = await openGitHub(
    { apiUrl, token: TOKEN, owner: 'acme', repo: 'search' },
    {
      env,
      userAgent: 'test',
      now: () => new Date('2026-11-24T12:00:00Z'),
      sleep: async (ms) => void sleeps.push(ms),
    },
  );
  return { github, sleeps };
}

describe('GitHub through a proxy', () => {
  it('is reached through the one that the environment names', async () => {
    const service = await serve((_, response) => reply(response, 200, []));
    const proxy = await startProxy(service.url);
    const { github } = await gitHub({ http_proxy: proxy.url }, 'http://github.invalid');
    expect(await github.comments(7)).toEqual([]);
    expect(proxy.asked).toEqual(['github.invalid:80']);
    expect(service.seen[0]?.headers.authorization).toBe(`token ${TOKEN}`);
    expect(JSON.stringify(proxy.headers)).not.toContain(TOKEN);
  });

  it.each([
    [407, 1, /answered 407 and opened no tunnel/, /USER:PASSWORD/],
    [403, 1, /answered 403 and opened no tunnel/, /may the proxy reach GitHub/],
    [503, 4, /answered 503 and opened no tunnel/, /may the proxy reach GitHub/],
  ])('that answers %i is told as the proxy', async (status, tries, message, hint) => {
    const service = await serve((_, response) => reply(response, 200, []));
    const proxy = await startProxy(service.url, { kind: 'refuse', status });
    const { github } = await gitHub({ http_proxy: proxy.url }, 'http://github.invalid');
    await expect(github.comments(7)).rejects.toMatchObject({
      code: 'network',
      message: expect.stringMatching(
        new RegExp(`the proxy 127\\.0\\.0\\.1:\\d+ \\(http_proxy\\) ${message.source}`),
      ),
      hint: expect.stringMatching(hint),
    });
    expect(proxy.asked).toHaveLength(tries);
  });
});

describe('the secondary rate limit without Retry-After', () => {
  const SAID = {
    message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
    documentation_url:
      'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits',
  };

  it('is waited for a minute, and is no missing permission', async () => {
    const { url, seen } = await serve((_, response) => {
      if (seen.length > 1) reply(response, 200, []);
      else reply(response, 403, SAID, { 'x-ratelimit-remaining': '4990' });
    });
    const { github, sleeps } = await gitHub({}, url);
    expect(await github.comments(7)).toEqual([]);
    expect(sleeps).toEqual([60_000]);
  });

  it('that stays is told as what it is', async () => {
    const { url } = await serve((_, response) => reply(response, 403, SAID));
    const { github } = await gitHub({}, url);
    await expect(github.comments(7)).rejects.toMatchObject({
      hint: "This is GitHub's rate limit: run it again later.",
    });
  });

  it('another 403 is a permission', async () => {
    const { url, seen } = await serve((_, response) =>
      reply(response, 403, {
        message: 'Resource not accessible by integration',
        documentation_url: 'https://docs.github.com/rest',
      }),
    );
    const { github } = await gitHub({}, url);
    await expect(github.comments(7)).rejects.toMatchObject({
      hint: expect.stringMatching(/permissions: pull-requests: read/),
    });
    expect(seen).toHaveLength(1);
  });
});
