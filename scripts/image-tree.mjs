// The files that a Containerfile puts on top of its base image, without a daemon: what COPY, ADD and `ln` do is done in a
// folder. It knows the few instructions that ours has, and refuses any other, so that none is passed over.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * @param context the folder with the Containerfile and what it adds
 * @param tree where the files go; links in it lead into it, not to the root of this machine
 * @returns who runs in it, and what
 * @throws Error where an instruction is not known here
 */
export function makeImageTree(context, tree) {
  const text = readFileSync(join(context, 'Containerfile'), 'utf8');
  const image = { user: 'root', entrypoint: [], base: '' };
  const play = {
    ARG: () => {},
    FROM: (base) => {
      image.base = base;
    },
    ADD: (words) => {
      const [archive, target] = words.split(' ');
      mkdirSync(join(tree, target), { recursive: true });
      execFileSync('tar', [
        '--extract',
        '--gzip',
        '--file',
        join(context, archive),
        '--directory',
        join(tree, target),
      ]);
    },
    RUN: (command) => {
      const [name, flag, target, link] = command.split(' ');
      if (command === 'apk add --no-cache git') return; // of the base image's
      if (name !== 'ln' || flag !== '-s') throw new Error(`Containerfile: RUN ${command}: not known here`);
      mkdirSync(dirname(join(tree, link)), { recursive: true });
      symlinkSync(join(tree, target), join(tree, link));
    },
    USER: (user) => {
      image.user = user;
    },
    WORKDIR: () => {},
    ENTRYPOINT: (words) => {
      image.entrypoint = JSON.parse(words);
    },
  };
  for (const line of text.split('\n').filter((one) => /^[^#]/.test(one))) {
    const [instruction, ...words] = line.split(' ');
    if (!Object.hasOwn(play, instruction)) throw new Error(`Containerfile: ${instruction} is not known here`);
    play[instruction](words.join(' '));
  }
  return image;
}
