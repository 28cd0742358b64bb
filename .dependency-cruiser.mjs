/** Who may import whom. Each message names the right way. */
const services = ['people', 'ideas', 'conversations'];

export default {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'Two files that need each other are one file, or a third one is missing between them.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    ...services.map((name) => ({
      name: `${name}-stands-alone`,
      severity: 'error',
      comment: `A service never imports another. To read data of another service give a federation reference; to react to it, follow its events.`,
      from: { path: `^services/${name}/`, pathNot: '\\.test\\.ts$' },
      to: { path: `^services/(${services.filter((other) => other !== name).join('|')}|hub)/` },
    })),
    {
      name: 'kernel-owns-nothing',
      severity: 'error',
      comment: 'The kernel is below everything: what it needs from a service is handed to it.',
      from: { path: '^services/kernel/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(gateway|schema|test|services/(?!kernel/))' },
    },
    {
      name: 'gateway-owns-no-data',
      severity: 'error',
      comment:
        'The gateway knows the kernel and the composed schema. What belongs to a service is asked through its subgraph.',
      from: { path: '^gateway/', pathNot: '\\.test\\.ts$' },
      to: { path: '^services/(?!kernel/)' },
    },
    {
      name: 'command-uses-the-api',
      severity: 'error',
      comment: 'The hub command is a client like any other: it talks to the public API.',
      from: { path: '^services/hub/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^(gateway/|services/(people|ideas|conversations)/|services/kernel/(database|events|write|consumers))',
      },
    },
    {
      name: 'elastic-licence-in-one-folder',
      severity: 'error',
      comment:
        "Apollo's planner and composition are under the Elastic licence: only gateway/plan may import them, so that they can be replaced; the bench measures against them.",
      from: { pathNot: '^gateway/plan/|^bench/contenders/|\\.test\\.ts$|/testing/' },
      to: { path: 'node_modules/@apollo/(query-planner|composition|federation-internals|query-graphs|gateway)/' },
    },
    {
      name: 'domain-knows-no-graphql',
      severity: 'error',
      comment:
        'Domain, policy, repository and entity files know no GraphQL: throw a UserError or a request error, and let the resolver shape the answer.',
      from: {
        path: '^services/(people|ideas|conversations)/',
        pathNot: '\\.(type|input|resolver|test)\\.ts$|/(subgraph|service|foreign-types)\\.ts$|\\.type\\.ts$',
      },
      to: { path: 'node_modules/(graphql|type-graphql)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'downward-only',
      severity: 'error',
      comment: 'resolver -> domain -> policy and repository -> entity: a lower layer never imports a higher one.',
      from: { path: '\\.(entity|policy|repository|loader)\\.ts$' },
      to: { path: '\\.(resolver|type|input)\\.ts$' },
    },
    {
      name: 'tests-are-not-shipped',
      severity: 'error',
      comment: 'Code that runs in production never imports test code.',
      from: { path: '^(services|gateway|schema)/', pathNot: '\\.(test|fixture|real-data|soak)\\.ts$|/testing/' },
      to: { path: '^test/|\\.(test|fixture)\\.ts$|/testing/' },
    },
    {
      name: 'declared-dependencies',
      severity: 'error',
      comment: 'Say in package.json what you use; production code may use no dev dependency.',
      from: { path: '^(services|gateway|schema)/', pathNot: '\\.(test|fixture)\\.ts$|/testing/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'require', 'node', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.json'],
    },
  },
};
