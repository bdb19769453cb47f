// How GitHub's runner reads what a step writes (ActionCommand.cs and FileCommandManager.cs of actions/runner), and a
// little more than that: what any culture or any other CI server may take for a command counts as one.

export interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

export function commandsIn(log: string): Command[] {
  return log
    .replace(/\p{DI}/gu, '')
    .split(/\r\n|[\n\r\u0085\u2028\u2029]/)
    .flatMap((line): Command[] => {
      const [, info, message = ''] = /^\s*::(.+?)::(.*)$/.exec(line) ?? [];
      if (info !== undefined) return [{ ...head(info, ','), message: decode(message) }];
      const [, other, rest = ''] = /##(?:vso|teamcity)?\[([^\]]*)\](.*)/.exec(line) ?? [];
      return other === undefined ? [] : [{ ...head(other, ';'), message: decode(rest) }];
    });
}

function head(info: string, separator: string): Pick<Command, 'name' | 'properties'> {
  const [name = '', ...more] = info.split(' ');
  const pairs = more
    .join(' ')
    .split(separator)
    .filter((pair) => pair.includes('='))
    .map((pair) => [pair.slice(0, pair.indexOf('=')), decode(pair.slice(pair.indexOf('=') + 1))]);
  return { name, properties: Object.fromEntries(pairs) };
}

function decode(text: string): string {
  return text
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%');
}

export function outputsIn(file: string): Record<string, string> {
  const found: Record<string, string> = {};
  const lines = file.split('\n');
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    if (line === '') continue;
    const equals = line.indexOf('=');
    const here = line.indexOf('<<');
    if (equals !== -1 && (here === -1 || equals < here)) {
      found[line.slice(0, equals)] = line.slice(equals + 1);
      continue;
    }
    if (here === -1) throw new Error(`neither a value nor a heredoc: ${line}`);
    const end = lines.indexOf(line.slice(here + 2));
    if (end === -1) throw new Error(`no end of ${line}`);
    found[line.slice(0, here)] = lines
      .splice(0, end + 1)
      .slice(0, -1)
      .join('\n');
  }
  return found;
}
