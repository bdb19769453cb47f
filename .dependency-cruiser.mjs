// The import rules: data flows one way, and only commands/ joins the stages.
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: '^src/', pathNot: allowed },
});

/** Rooms of one folder, the lowest first: none imports one that stands after it. */
const oneWay = (folder, rooms, comment = `Rooms of ${folder} are stages: data flows one way.`) =>
  rooms.slice(0, -1).map((room, at) => ({
    name: `one-way-${folder.replace('src/', '')}-${room.replace(/[^a-z]/g, '')}`,
    comment,
    severity: 'error',
    from: { path: `^${folder}/${room}${room.endsWith('$') ? '' : '(/|$)'}` },
    to: {
      path: rooms
        .slice(at + 1)
        .map((later) => `^${folder}/${later}${later.endsWith('$') ? '' : '(/|$)'}`)
        .join('|'),
    },
  }));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-orphans', severity: 'error', from: { orphan: true, pathNot: '\\.d\\.c?ts$' }, to: {} },
    only(
      'domain-imports-nothing',
      '^src/domain/',
      '^src/domain/',
      'Types are what everything else stands on.',
    ),
    {
      name: 'domain-imports-no-package',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { dependencyTypes: ['npm', 'core'] },
    },
    only(
      'helpers-are-pure',
      '^src/(lib|schema|label)/',
      '^src/(domain|lib|schema|label)/',
      'Helpers know the domain and each other, no stage.',
    ),
    only(
      'plan-is-pure',
      '^src/plan/',
      '^src/(plan|domain|lib|schema|label)/|^src/errors\\.ts$',
      'The planner sees types, pure helpers and error classes: no I/O, no clock, no renderer, no client.',
    ),
    {
      name: 'plan-has-no-io',
      severity: 'error',
      from: { path: '^src/(plan|schedule|lint|label|domain|schema)/' },
      to: { path: '^(node:)?(fs|child_process|http|https|net|os|process)' },
    },
    ...oneWay('src/plan', ['observe', 'compare', 'operation', 'match', 'decide', 'rules']),
    only(
      'manifest-knows-no-service',
      '^src/(manifest|config)/',
      '^src/(manifest|config|schedule|domain|lib|schema|label)/|^src/errors\\.ts$',
      'Desired state is read without live state.',
    ),
    only(
      'authoring-knows-no-service',
      '^src/authoring/',
      '^src/(authoring|manifest|plan|domain|lib|schema|label)/|^src/errors\\.ts$',
      'Manifests are written from what is handed in, and read back as any other.',
    ),
    only(
      'api-knows-no-manifest',
      '^src/api/',
      '^src/(api|net|domain|lib)/|^src/errors\\.ts$',
      'Nor the other way round.',
    ),
    only(
      'net-knows-hosts-alone',
      '^src/net/',
      '^src/(net|domain|lib)/|^src/errors\\.ts$',
      'Proxies, connections and why there is none: whoever is asked over them, the service or GitHub.',
    ),
    only(
      'render-is-plan-to-string',
      '^src/render/',
      '^src/(render|schedule|domain|lib|label)/|^src/errors\\.ts$|^src/apply/outcome\\.ts$',
      'Renderers never call.',
    ),
    only(
      'apply-sends-what-was-planned',
      '^src/apply/',
      '^src/(apply|api|plan|domain|lib|label|schema)/|^src/errors\\.ts$',
      'The engine reads the plan and the client.',
    ),
    only(
      'sandbox-knows-no-client',
      '^src/sandbox/',
      '^src/(sandbox|schedule|domain|lib)/',
      'Sharing code with the client would let one misunderstanding of the service hide on both sides.',
    ),
    only(
      'github-neither-plans-nor-renders',
      '^src/github/',
      '^src/(github|net|domain|lib)/|^src/errors\\.ts$',
      'It stores and finds what commands hand it.',
    ),
    only(
      'ci-knows-no-command',
      '^src/ci/',
      '^src/(ci|domain|lib)/',
      'It says what it is handed, in the words that GitHub reads.',
    ),
    only(
      'status-is-read-from-the-plan',
      '^src/status/',
      '^src/(status|plan|domain|lib|label)/',
      'It says what the plan and live say, in other words: it neither calls nor renders.',
    ),
    only(
      'schedule-is-arithmetic',
      '^src/schedule/',
      '^src/(schedule|domain|lib)/',
      'When something runs, and what that costs, follows from a schedule and a time.',
    ),
    ...oneWay('src/schedule', ['cron', 'zone', '[^/]+\\.ts$', 'forecast', 'upcoming']),
    only(
      'lint-is-arithmetic',
      '^src/lint/',
      '^src/(lint|schedule|label|domain|lib)/',
      'What a schedule breaks or risks follows from the manifests, the settings and a time.',
    ),
    only('git-stands-alone', '^src/git/', '^src/(git|domain)/', 'Git is asked, and knows nothing of us.'),
    ...oneWay(
      'src',
      ['terminal', 'session', 'commands', 'cli', '(action|action\\.ts|main\\.ts|mxt\\.ts)'],
      'What is typed, a command, how it is set up, the terminal: each knows only those after it.',
    ),
    {
      name: 'only-session-makes-clients',
      comment:
        'A command is handed its client by type, inside the bracket that closes it: session/session.ts.',
      severity: 'error',
      from: { path: '^src/(commands|cli|terminal)/' },
      to: { path: '^src/api/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'only-commands-join',
      severity: 'error',
      from: { path: '^src/(?!terminal/|session/|commands/|cli/|action/|action\\.ts|main\\.ts|mxt\\.ts)' },
      to: { path: '^src/(terminal/|session/|commands/|cli/|action/|action\\.ts|main\\.ts|mxt\\.ts)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules|^generated/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.json'] },
  },
};
