// The floors of the house. A file may look down, never up, never across a party wall.
const floor = (name, may) => ({
  name: `${name}-looks-down`,
  severity: 'error',
  from: { path: `^src/${name}/` },
  to: { path: '^src/', pathNot: [`^src/${name}/`, ...may.map(path => `^src/${path}`)] }
})

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { pathNot: ['^src/domain/', 'temporal-polyfill', 'temporal-spec'] }
    },
    {
      name: 'one-date-library-in-one-file',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/domain/deadline/local-date\\.ts$' },
      to: { path: 'temporal-polyfill' }
    },
    floor('storage', ['domain/']),
    floor('letters', ['domain/']),
    floor('calendars', ['domain/']),
    floor('archive', ['domain/']),
    floor('inbound', ['domain/']),
    floor('outbound', ['domain/']),
    floor('actions', ['domain/', 'storage/', 'calendars/', 'letters/']),
    floor('http', ['domain/', 'storage/', 'actions/', 'calendars/', 'letters/', 'archive/', 'inbound/', 'clock\\.ts$']),
    floor('pages', ['domain/', 'storage/', 'actions/', 'calendars/', 'letters/', 'archive/', 'clock\\.ts$']),
    floor('jobs', [
      'domain/',
      'storage/',
      'actions/',
      'calendars/',
      'letters/',
      'archive/',
      'inbound/',
      'outbound/',
      'clock\\.ts$'
    ]),
    {
      name: 'settings-are-read-once',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/main\\.ts$' },
      to: { path: '^src/config\\.ts$' }
    },
    {
      name: 'the-service-does-not-know-its-scripts',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(scripts|test)/' }
    }
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] }
  }
}
