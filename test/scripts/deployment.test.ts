import t from 'tap'
import { namesDatabase } from '../../scripts/deployment.mjs'

t.test('What makes a start one in production', async t => {
  for (const name of ['DATABASE_URL', 'APP_DATABASE_URL', 'WORKER_DATABASE_URL'])
    t.equal(namesDatabase({ [name]: 'postgres://db.example/habeas' }), true, name)
  t.equal(namesDatabase({}), false, 'is a database of one’s own')
  t.equal(namesDatabase({ DATABASE_URL: '', APP_DATABASE_URL: ' ' }), false, 'and not an empty variable')
  t.equal(namesDatabase({ TEST_DATABASE_URL: 'postgres://db.example/habeas' }), false, 'nor one for tests')
})
