import t from 'tap'
import { packagesToInstall } from '../../scripts/installed-packages.mjs'

const wanted = {
  '': { version: '1.0.0' },
  'node_modules/service': { version: '1.2.3', integrity: 'sha512-a' },
  'node_modules/tool': { version: '4.5.6', integrity: 'sha512-b', dev: true },
  'node_modules/other-platform': { version: '7.8.9', integrity: 'sha512-c', optional: true }
}
const { '': _root, 'node_modules/other-platform': _other, ...installed } = wanted
const { 'node_modules/tool': _tool, ...withoutTools } = installed

t.test('nothing is missing when all but other platforms is there', async t => {
  t.same(packagesToInstall(wanted, installed, true), [])
})

t.test('everything that this platform needs is missing when nothing was installed', async t => {
  t.same(packagesToInstall(wanted, {}, true), ['node_modules/service', 'node_modules/tool'])
})

t.test('tools may be missing where they are not needed, and only there', async t => {
  t.same(packagesToInstall(wanted, withoutTools, false), [])
  t.same(packagesToInstall(wanted, withoutTools, true), ['node_modules/tool'])
})

t.test('another version is missing, and so is another archive of the same version', async t => {
  for (const other of [
    { version: '1.2.4', integrity: 'sha512-a' },
    { version: '1.2.3', integrity: 'sha512-z' }
  ]) {
    t.same(packagesToInstall(wanted, { ...installed, 'node_modules/service': other }, true), ['node_modules/service'])
  }
})
