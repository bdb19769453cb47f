// The import rules: data flows one way, and only commands/ joins the stages.
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: '^src/', pathNot: allowed },
});

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-orphans', severity: 'error', from: { orphan: true, pathNot: '\\.d\\.ts$' }, to: {} },
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
      '^src/(plan|schedule|domain|lib|schema|label)/|^src/errors\\.ts$',
      'The planner sees types, pure helpers and error classes: no I/O, no renderer, no client.',
    ),
    {
      name: 'plan-has-no-io',
      severity: 'error',
      from: { path: '^src/(plan|schedule|lint|label|domain|schema)/' },
      to: { path: '^(node:)?(fs|child_process|http|https|net|os|process)' },
    },
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
      '^src/(api|domain|lib)/|^src/errors\\.ts$',
      'Nor the other way round.',
    ),
    only(
      'render-is-plan-to-string',
      '^src/render/',
      '^src/(render|agenda|schedule|domain|lib|label)/|^src/errors\\.ts$|^src/apply/outcome\\.ts$',
      'Renderers never call.',
    ),
    only(
      'apply-sends-what-was-planned',
      '^src/apply/',
      '^src/(apply|api|plan|domain|lib|label)/|^src/errors\\.ts$',
      'The engine reads the plan and the client.',
    ),
    only(
      'sandbox-is-a-stranger',
      '^src/sandbox/',
      '^src/(sandbox|domain)/',
      'Sharing code with the client would let one misunderstanding hide on both sides.',
    ),
    only(
      'github-is-a-far-end',
      '^src/github/',
      '^src/(github|domain|lib)/|^src/errors\\.ts$',
      'It stores and finds what commands hand it; it neither plans nor renders.',
    ),
    only(
      'ci-knows-no-command',
      '^src/ci/',
      '^src/(ci|domain|lib)/',
      'It says what it is handed, in the words that GitHub reads.',
    ),
    only(
      'status-is-told-from-the-plan',
      '^src/status/',
      '^src/(status|plan|domain|lib|label)/',
      'It says what the plan and live say, in other words: it neither calls nor renders.',
    ),
    only(
      'schedule-is-arithmetic',
      '^src/schedule/',
      '^src/(schedule|domain|lib)/',
      'When something runs is asked by plans, rules and commands alike, and follows from a schedule and a time.',
    ),
    only(
      'forecast-is-arithmetic',
      '^src/forecast/',
      '^src/(forecast|schedule|domain|lib)/',
      'What a plan will run follows from the plan, live state and a time.',
    ),
    only(
      'lint-is-arithmetic',
      '^src/lint/',
      '^src/(lint|schedule|domain|lib)/',
      'What a schedule breaks or risks follows from the manifests, the settings and a time.',
    ),
    only(
      'agenda-is-arithmetic',
      '^src/agenda/',
      '^src/(agenda|forecast|schedule|domain|lib)/',
      'What runs in the coming days follows from schedules and a time.',
    ),
    only('git-stands-alone', '^src/git/', '^src/(git|domain)/', 'Git is asked, and knows nothing of us.'),
    {
      name: 'only-commands-join',
      severity: 'error',
      from: { path: '^src/(?!commands/|action/|action\\.ts|cli/|cli\\.ts|main\\.ts|mxt\\.ts)' },
      to: { path: '^src/(commands/|action/|action\\.ts|cli\\.ts|main\\.ts|mxt\\.ts)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules|^generated/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.json'] },
  },
};
